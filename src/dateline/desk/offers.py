"""Whom a statement without a source seems to cite, and which source that is."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from dateline.articles.statements.finding import Text
from dateline.articles.statements.vocabulary import Part
from dateline.articles.suggesting import Suggestion, suggest
from dateline.desk.finding import fold
from dateline.sources.models import Source

#: More text than a newspaper's longest article is not read while somebody types.
LONGEST_READ = 60_000
LONGEST_NAME = 200
_READ = frozenset({Part.SENTENCE, Part.LIST_ITEM, Part.LEDE, Part.QUOTATION})
_ARTICLE = re.compile(
    r"^(?:the|an?|le|la|les|l'|l’|el|los|las)\s+|^l['’]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Offer:
    """Someone whom a statement names, in its own words, and who that may be."""

    words: str
    cue: str
    source: Source | None = None


def offers(
    texts: Sequence[Text], wanted: Iterable[str], code: str, near: Sequence[Source]
) -> dict[str, Offer]:
    """
    Return whom each wanted statement, by its id, seems to cite.

    `near` are the sources of the article: a part of their name is enough.
    """
    asked = set(wanted)
    if not asked or sum(len(text.marked.text) for text in texts) > LONGEST_READ:
        return {}
    named = {
        statement: found
        for statement, found in _found(texts, code)
        if statement in asked and found.source
    }
    known = _known({found.source or "" for found in named.values()}, code, near)
    return {
        statement: Offer(name, found.cue or "", known.get(name))
        for statement, found in named.items()
        if (name := (found.source or "")[:LONGEST_NAME])
    }


def _found(texts: Sequence[Text], code: str) -> Iterator[tuple[str, Suggestion]]:
    """Yield each statement's id with what is suggested for it."""
    read = [text for text in texts if text.part in _READ]
    lines = [list(re.finditer(r"[^\n]+", text.marked.text)) for text in read]
    told = iter(suggest([line[0] for some in lines for line in some], code))
    for text, some in zip(read, lines, strict=True):
        found = [(line.start(), one) for line in some for one in next(told)]
        yield from _by_statement(text, found)


def _by_statement(
    text: Text, found: list[tuple[int, Suggestion]]
) -> Iterator[tuple[str, Suggestion]]:
    for one in text.statements:
        cited = (
            suggestion
            for start, suggestion in found
            if one.start <= start + suggestion.start < one.end and suggestion.cites
        )
        if first := next(cited, None):
            yield one.id, first


def _known(names: set[str], code: str, near: Sequence[Source]) -> Mapping[str, Source]:
    """Return the source that goes by each of these names, if one alone does."""
    tried = {name: _forms(name) for name in names if name}
    every = {form for forms in tried.values() for form in forms}
    by_form = _by_name(every, code)
    for source in near:
        for name in (source.name, source.name_in(code)):
            by_form.setdefault(fold(name), []).append(source)
    known: dict[str, Source] = {}
    for name, forms in tried.items():
        same = {row.pk: row for form in forms for row in by_form.get(fold(form), [])}
        rows = list(same.values()) or _partly(fold(forms[0]), code, near)
        if len(rows) == 1:
            known[name] = rows[0]
    return known


def _forms(name: str) -> list[str]:
    """Return a name without its article, as it stands, and with a capital."""
    bare = _ARTICLE.sub("", name)
    capital = bare[:1].upper() + bare[1:]
    return list(dict.fromkeys([bare, name, capital, f"The {bare}"]))


def _by_name(forms: set[str], code: str) -> dict[str, list[Source]]:
    found: dict[str, list[Source]] = {}
    if not forms:
        return found
    # SQLite folds the letters of ASCII alone, PostgreSQL all of them.
    folded = {form.casefold() for form in forms} | {_ascii_folded(f) for f in forms}
    wanted = Q(folded__in=folded) | Q(**{f"names__{code}__in": list(forms)})
    rows = Source.objects.standing().annotate(folded=Lower("name"))
    for row in rows.filter(wanted).order_by("pk")[:500]:
        for name in {row.name, row.name_in(code)}:
            found.setdefault(fold(name), []).append(row)
    return found


def _ascii_folded(text: str) -> str:
    return "".join(sign.lower() if sign.isascii() else sign for sign in text)


def _partly(name: str, code: str, near: Sequence[Source]) -> list[Source]:
    words = set(name.split())
    rows: dict[int, Any] = {
        row.pk: row for row in near if words <= set(fold(row.name_in(code)).split())
    }
    return list(rows.values())
