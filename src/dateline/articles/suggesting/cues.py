"""The reporting words of a language, read from its data file."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class VerbSense:
    """What must follow a verb for it to report, and who may be its subject."""

    kind: str
    needs: frozenset[str]
    who: str


@dataclass(frozen=True, slots=True)
class Idiom:
    """Several words that report together: “put the toll at”.

    A loose one lets adjectives stand between: “expressed grave concern”.
    """

    follows: tuple[tuple[str, ...], ...]
    who: str
    is_state: bool = False
    is_loose: bool = False


@dataclass(frozen=True, slots=True)
class Reporting:
    """All that the finder knows of one language."""

    strategy: str
    is_cased: bool
    inverted: str
    senses: dict[str, tuple[VerbSense, ...]]
    idioms: dict[str, tuple[Idiom, ...]]
    before_source: dict[str, tuple[tuple[str, ...], ...]]
    after_source: tuple[tuple[str, ...], ...]
    passive_by: str
    has_colon: bool
    nouns: frozenset[str]
    noun_links: frozenset[str]
    noun_needs: frozenset[str]
    words: dict[str, frozenset[str]] = field(default_factory=dict)

    def has(self, group: str, word: str) -> bool:
        return word in self.words.get(group, frozenset())

    def endings(self, group: str) -> tuple[str, ...]:
        """Return the endings of the group, for ``str.endswith``."""
        return tuple(self.words.get(group, ()))


@cache
def reporting(code: str) -> Reporting | None:
    """Return what is known of the language; None where it has no data file."""
    folder = files("dateline.articles") / "data" / "reporting"
    data = folder / f"{code}.toml"
    if not code.replace("-", "").isalnum() or not data.is_file():
        return None
    return _read(tomllib.loads(data.read_text("utf-8")))


def _read(record: dict[str, Any]) -> Reporting:
    phrases, nouns = record.get("phrases", {}), record.get("nouns", {})
    return Reporting(
        strategy=record["strategy"],
        is_cased=record.get("is_cased", True),
        inverted=record.get("inverted", "anywhere"),
        senses=_senses(record.get("verbs", [])),
        idioms=_idioms(record.get("idioms", [])),
        before_source=_by_first(phrases.get("before_source", [])),
        after_source=_split(phrases.get("after_source", [])),
        passive_by=phrases.get("passive_by", ""),
        has_colon=phrases.get("colon", False),
        nouns=frozenset(nouns.get("forms", "").split()),
        noun_links=frozenset(nouns.get("links", ())),
        noun_needs=frozenset(nouns.get("needs", ())),
        words={
            name: frozenset(words.split())
            for name, words in record.get("words", {}).items()
        },
    )


def _senses(groups: list[dict[str, Any]]) -> dict[str, tuple[VerbSense, ...]]:
    senses: dict[str, list[VerbSense]] = {}
    for group in groups:
        sense = VerbSense(
            group["kind"], frozenset(group.get("needs", ())), group.get("who", "any")
        )
        for form in group["forms"].split():
            senses.setdefault(form, []).append(sense)
    return {form: tuple(found) for form, found in senses.items()}


def _idioms(groups: list[dict[str, Any]]) -> dict[str, tuple[Idiom, ...]]:
    idioms: dict[str, list[Idiom]] = {}
    for group in groups:
        idiom = Idiom(
            _split(group["follows"]),
            group["who"],
            group.get("is_state", False),
            group.get("is_loose", False),
        )
        for head in group["heads"].split():
            idioms.setdefault(head, []).append(idiom)
    return {head: tuple(found) for head, found in idioms.items()}


def _split(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    # The longest first: "according to" must not win over "according to the".
    return tuple(sorted((tuple(p.split()) for p in phrases), key=len, reverse=True))


def _by_first(phrases: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {
        first: tuple(p for p in _split(phrases) if p[0] == first)
        for first in {phrase.split()[0] for phrase in phrases}
    }
