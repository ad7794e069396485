"""
What an amendment may not touch: names, numbers, dates, quotations, attributions.

An amendment is for spelling and style and carries no notice, so the comparison
errs towards refusing. In scripts with capitals a name is a capitalized word; a
word that also stands in small letters in either text is not taken for one at
the start of a sentence. Scripts without capitals do not show which word is a
name, so there an amendment may change only spaces, punctuation and marks.
"""

import html as entities
import re
import unicodedata
from collections import Counter
from typing import Any

from dateline.languages.numerals import ascii_digits
from dateline.publishing.wording import counting_words, date_words

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+(?:[’'\u2019-][^\W_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,:٫٬/\u00a0\u202f]\d+)*[%‰€$£¥₴₹]?|[%‰€$£¥₴₹]\d+")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟]['\"»”’)\]]*\s*$|^\s*$|[:«“\"„]\s*$|\n\s*$")
_QUOTED = re.compile(
    r"«([^»]+)»|“([^”“]+)[”“]|„([^“”]+)[“”]|「([^」]+)」|『([^』]+)』|\"([^\"]+)\""
)
_NEVER_AMENDED = (
    "language",
    "form",
    "purpose",
    "genre",
    "section",
    "story",
    "topics",
    "place",
    "dateline",
    "byline",
    "byline_note",
    "picture",
)


def changed_facts(
    old: dict[str, Any], new: dict[str, Any], *, tag: str = "en"
) -> list[str]:
    """Return what an amendment from `old` to `new` would change and may not."""
    before, after = _texts(old), _texts(new)
    found = [name for name in _NEVER_AMENDED if old[name] != new[name]]
    if _attributed(old) != _attributed(new):
        found.append("attributions")
    if old.get("contradictions") != new.get("contradictions"):
        found.append("contradictions")
    found += [
        name
        for name, facts in (
            ("number", _numbers),
            ("quotation", _quotations),
        )
        if facts(before) != facts(after)
    ]
    if _shape(old) != _shape(new):
        found.append("block")
    if _counting(before, tag) != _counting(after, tag):
        found.append("date, count or denial in words")
    if _names_differ(before, after):
        found.append("name")
    return found


def _attributed(content: dict[str, Any]) -> dict[str, Any]:
    """Return whom each passage rests on, and what somebody called it."""
    # The rules' own word may change with them; and older snapshots have none.
    return {
        handle: {name: value for name, value in row.items() if name != "status"}
        for handle, row in content["attributions"].items()
    }


def plain(html: str) -> str:
    """Return the text of a block's HTML."""
    return entities.unescape(
        _TAG.sub("", html.replace("</p>", "\n").replace("<br", "\n<br"))
    )


def _texts(content: dict[str, Any]) -> str:
    body = "\n".join(_strings(block["value"]) for block in content["body"])
    return "\n".join([content["headline"], content["lede"], plain(body)])


def _strings(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "\n".join(_strings(value[key]) for key in sorted(value))
    if isinstance(value, list):
        return "\n".join(map(_strings, value))
    return "" if value is None or isinstance(value, bool) else str(value)


def _numbers(text: str) -> Counter[str]:
    return Counter(ascii_digits(match) for match in _NUMBER.findall(text))


def _quotations(text: str) -> Counter[str]:
    groups = (next(filter(None, match), "") for match in _QUOTED.findall(text))
    return Counter(" ".join(quoted.split()) for quoted in groups)


def _shape(content: dict[str, Any]) -> list[Any]:
    """Return what is not prose: quotation blocks, pictures, files, addresses."""
    fixed = {
        "quotation",
        "picture",
        "gallery",
        "audio",
        "video",
        "embed",
        "related",
        "table",
    }
    return [
        (
            block["type"],
            block["value"] if block["type"] in fixed else _links(block["value"]),
        )
        for block in content["body"]
    ]


def _links(value: Any) -> list[str]:
    return re.findall(r'href="([^"]*)"', _strings(value))


def _counting(text: str, tag: str) -> Counter[str]:
    guarded = counting_words(tag) | date_words(tag)
    words = (word.casefold() for word in _WORD.findall(text))
    return Counter(word for word in words if word in guarded)


def _names_differ(before: str, after: str) -> bool:
    small = _small_words(before) | _small_words(after)
    return _names(before, small) != _names(after, small) or (
        _caseless(before) != _caseless(after)
    )


def _small_words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text) if word.islower()}


def _names(text: str, small: set[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for match in _WORD.finditer(text):
        word = match.group()
        if word == word.lower() or not word[0].isalpha():
            continue
        opens = _SENTENCE_END.search(text[max(0, match.start() - 6) : match.start()])
        if not (opens and word.lower() in small):
            found[word] += 1
    return found


def _caseless(text: str) -> list[str]:
    """Return the letters of words in scripts without capitals, marks left out."""
    return [
        bare
        for word in _WORD.findall(text)
        if word.lower() == word.upper()
        and (bare := "".join(c for c in word if unicodedata.category(c)[0] == "L"))
    ]
