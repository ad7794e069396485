"""Which language is meant by a code, and which one suits a reader best."""

import re
from collections.abc import Collection, Iterator
from functools import cache

from dateline.languages.records import LANGUAGES
from dateline.languages.vocabulary import Language

LONGEST_TAG = 35
"""Characters that BCP 47 asks every implementation to accept in one tag."""
LONGEST_HEADER = 1_000
MOST_RANGES = 40
MOST_WISHES = 3
ANY = "*"

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.ASCII)
_QUALITY = re.compile(r"q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.ASCII)


def find(text: str) -> Language | None:
    """
    Return the language that a code, tag or former code names, or None.

    Case, `_` for `-`, and regions do not matter: `pt_BR` is Portuguese, `he` and
    `iw-IL` are Hebrew, `zh-Hant-HK` is Chinese in traditional characters.
    """
    tag = text.strip().lower().replace("_", "-")
    if len(tag) > LONGEST_TAG or not _TAG.fullmatch(tag):
        return None
    names = _names()
    while tag:
        if code := names.get(tag):
            return LANGUAGES[code]
        tag = tag.rpartition("-")[0]
    return None


def negotiate(
    accept_language: str | None, available: Collection[str], default: str
) -> str:
    """
    Return the code in `available` that an Accept-Language header asks for.

    An exact wish comes first, in the header's order of quality; then another script
    of a language wished for; then `default`. Whatever a header holds, this answers.
    """
    wishes = _wishes(accept_language or "")
    refused = {code for code, quality in wishes.items() if not quality}
    wanted = [code for code in wishes if code not in refused]
    offered = [code for code in available if code not in refused]
    for wish in wanted:
        if wish in offered:
            return wish
        if wish == ANY and offered:
            return default if default in offered else offered[0]
    return _other_script(wanted, offered) or default


def wishes(accept_language: str) -> str:
    """
    Return what an Accept-Language header comes down to: `uk,en`.

    At most three codes (or `*`), the dearest first. Headers that come down to the
    same get the same page; there are some hundred thousand different ones.
    """
    wanted = [code for code, quality in _wishes(accept_language).items() if quality]
    return ",".join(wanted[:MOST_WISHES])


def _other_script(wanted: list[str], offered: list[str]) -> str | None:
    languages = {_primary(code) for code in wanted if code != ANY}
    return next((code for code in offered if _primary(code) in languages), None)


def _primary(code: str) -> str:
    language = LANGUAGES.get(code)
    return language.tag.partition("-")[0] if language else code


def _wishes(header: str) -> dict[str, float]:
    """Return each code (or `ANY`) with its best quality, the dearest wish first."""
    best: dict[str, float] = {}
    for code, quality in _ranges(header):
        # `en-GB;q=0, en` refuses a region, which we do not tell apart, not English.
        best[code] = max(quality, best.get(code, 0.0))
    return dict(sorted(best.items(), key=lambda pair: -pair[1]))


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    if len(header) > LONGEST_HEADER:
        # The last range may be cut in half, and half a tag is another language.
        header = header[:LONGEST_HEADER].rpartition(",")[0]
    for part in header.split(",")[:MOST_RANGES]:
        tag, _, parameter = part.partition(";")
        quality = _quality(parameter)
        code = ANY if tag.strip() == ANY else _code(tag)
        if code and quality is not None:
            yield code, quality


def _code(tag: str) -> str | None:
    language = find(tag)
    return language.code if language else None


def _quality(parameter: str) -> float | None:
    """Return what `;q=` says: 1 where nothing is said, None where it is malformed."""
    parameter = parameter.strip().lower()
    if not parameter:
        return 1.0
    match = _QUALITY.fullmatch(parameter)
    return float(match[1]) if match else None


@cache
def _names() -> dict[str, str]:
    """Return every lower-case name of a language, to its code."""
    names: dict[str, str] = {}
    for language in LANGUAGES.values():
        for name in (language.code, language.tag, *language.aliases):
            names[name.lower()] = language.code
    return names
