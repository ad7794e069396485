"""
Which of the newsroom's declared interests a text names, and what readers are told.

A name is found in small or large letters, with an ending of two letters (of three, and
another last one, outside the Latin alphabet), behind a letter or three of Arabic's, and
anywhere in a script without spaces; where a language bends it further, an alias does.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from dateline.articles.models import Article
from dateline.articles.statements.finding import words_of
from dateline.articles.statements.splitting import UNSPACED
from dateline.articles.vocabulary import Form
from dateline.pagestore.tags import once
from dateline.plumbing.prepared import Prepared
from dateline.publishing.before_an_act import content_readers_have
from dateline.publishing.hands import accounts_that_acted
from dateline.publishing.models import Interest, Namesake
from dateline.publishing.pictures_shown import pictures_in
from dateline.publishing.rules import InterestFact
from dateline.sources.likeness import plain_letters

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_](?:[\w\u0900-\u0dff])*")
#: A shorter word has no ending of its own: “Sun” is not in “Sunday”.
_SHORTEST_BENT = 5
_CONTEXT = 30
_END = "\n"
_MOST_NAMED = 50
_DECLARED = Prepared(lambda: Interest.objects.filter(is_declared=True)[:_MOST_NAMED])


@dataclass(frozen=True, slots=True)
class Named:
    """An interest that a text names, and the hash of the passages."""

    interest: Interest
    words: str


def named_in(content: Mapping[str, Any]) -> list[Named]:
    """Return the declared interests that a snapshot of an article names."""
    if content["form"] == Form.STANDING:
        return []
    rows = once("interests", _DECLARED)
    if not rows:
        return []
    text = plain_letters("\n".join(_strings(content)))
    return [named for row in rows if (named := _named(row, text))]


def disclosures(copy: Article, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what readers are told of at the foot of a text, for its snapshot."""
    code = content["language"]
    told = [(one, one.interest.disclosures.get(code)) for one in named_in(content)]
    if not told:
        return []
    namesakes = {row.interest_id: row.words for row in _namesakes(copy)}
    return [
        {"interest": one.interest.pk, "name": one.interest.name, "text": text}
        for one, text in told
        if text and namesakes.get(one.interest.pk) != one.words
    ]


def interest_facts(copy: Article, content: Mapping[str, Any]) -> list[InterestFact]:
    """Return each interest that a text names, and if its snapshot discloses it."""
    named = named_in(content)
    if not named:
        return []
    shown = {row["interest"]: row["text"] for row in content.get("disclosures", ())}
    namesakes = {row.interest_id: row for row in _namesakes(copy)}
    wrote = accounts_that_acted(copy)
    facts = [
        _fact(one, shown, namesakes.get(one.interest.pk), wrote, content["language"])
        for one in named
    ]
    public = _public(copy) if not all(fact.is_disclosed for fact in facts) else set()
    return [
        replace(fact, article=copy.pk, is_public=(fact.interest, fact.words) in public)
        for fact in facts
    ]


def _public(copy: Article) -> set[tuple[int, str]]:
    """Return the interests that readers have named already, and where."""
    content = content_readers_have(copy)
    named = named_in(content) if content else []
    return {(one.interest.pk, one.words) for one in named}


def _fact(
    one: Named,
    shown: Mapping[int, str],
    namesake: Namesake | None,
    wrote: set[int],
    code: str,
) -> InterestFact:
    said = namesake if namesake and namesake.words == one.words else None
    declared = one.interest.disclosures.get(code)
    return InterestFact(
        article=0,
        interest=one.interest.pk,
        name=one.interest.name,
        kind=one.interest.get_kind_display(),
        words=one.words,
        is_disclosed=bool(declared) and shown.get(one.interest.pk) == declared,
        is_namesake=said is not None,
        namesake_by_other=said is not None and said.said_by_id not in wrote,
    )


def _namesakes(copy: Article) -> Iterator[Namesake]:
    yield from Namesake.objects.filter(article_id=copy.pk)


def _strings(content: Mapping[str, Any]) -> Iterator[str]:
    yield from (content["headline"], content["lede"], content.get("byline_note", ""))
    for picture, _ in pictures_in(content):
        yield from (picture["caption"], picture["alt"])
    for block in content["body"]:
        if block["type"] not in {"picture", "gallery"}:
            # A name that is half in bold is one name.
            yield from (_TAG.sub("", text) for text in _inside(block["value"]))


def _inside(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _inside(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _inside(item)


def _named(row: Interest, text: str) -> Named | None:
    found: list[str] = []
    for name in row.all_names():
        for match in _pattern(name).finditer(text):
            before = text[max(0, match.start() - _CONTEXT) : match.start()]
            behind = text[match.end() : match.end() + _CONTEXT]
            line = f"{before.rpartition(_END)[2]}{match[0]}{behind.partition(_END)[0]}"
            found.append(line)
    if not found:
        return None
    passages = sorted(set(map(words_of, found)))
    return Named(row, words_of(" ".join(passages)))


@lru_cache(maxsize=1024)
def _pattern(name: str) -> re.Pattern[str]:
    plain = plain_letters(name)
    if UNSPACED.search(plain):
        return re.compile(re.escape(plain))
    words = _WORD.findall(plain)
    joined = r"[\s\W]{1,3}".join(map(_bent, words))
    before = "(?:[وفبلك]?(?:ال)?)" if re.search("[\u0600-\u06ff]", plain) else ""
    return re.compile(rf"(?<!\w){before}{joined}(?!\w)")


def _bent(word: str) -> str:
    if len(word) < _SHORTEST_BENT:
        return re.escape(word)
    if word.isascii():
        return rf"{re.escape(word)}\w{{0,2}}"
    return rf"{re.escape(word[:-1])}\w{{0,4}}"
