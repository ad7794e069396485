"""The margin beside the text in the editor, of what is typed and not saved yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from dateline import languages
from dateline.articles.models import Article, Attribution
from dateline.articles.statements.finding import placed
from dateline.articles.statements.standing import Judged, Tally, holds, tally
from dateline.articles.statements.vocabulary import IN_SPANS, Standing, Statement
from dateline.articles.vocabulary import Form, Genre, MarkKind
from dateline.desk.choices import FIELD, Choice, read_choices
from dateline.desk.numbers import number_in
from dateline.desk.offers import Offer, offers
from dateline.desk.wide_spans import Lowered, lowered, shared_handles
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.publishing.gating import policy
from dateline.publishing.judging import Laid, content_typed, mark_by
from dateline.sources.models import Picture

#: How much of a statement is told: enough to know it again.
EXCERPT = 90
MOST_BLOCKS, MOST_ITEMS = 1000, 200
_LONGEST_HEADLINE, _LONGEST_LEDE = 300, 2000

GLYPHS = {
    Standing.TRACED: "●",
    Standing.SINGLE_SOURCE: "◐",
    Standing.MARKED: "◆",
    Standing.RESTS_ON_TEXT: "≡",
    Standing.UNSOURCED: "○",
}


class NotAForm(ValueError):
    """What was sent is not the form of an article."""


def typed_copy(article: Article, sent: QueryDict) -> Article:
    """
    Return the article as the form has it. Nothing of it is ever saved.

    :raises NotAForm: it is not such a form
    """
    _refuse_endless(sent)
    code = sent.get("language") or article.language
    if code not in languages.LANGUAGES:
        raise NotAForm("Say in which language it is.")
    article.language = code
    article.headline = sent.get("headline", "")[:_LONGEST_HEADLINE]
    article.lede = sent.get("lede", "")[:_LONGEST_LEDE]
    article.lead_caption = sent.get("lead_caption", "")[:1000]
    article.lead_picture = _picture(sent.get("lead_picture", ""))
    if (genre := sent.get("genre", "")) in Genre.values:
        article.genre = genre
    article.body = _body(sent)
    return article


def _refuse_endless(sent: QueryDict) -> None:
    for name in sent:
        if name.startswith("body-") and name.endswith("-count"):
            count = number_in(str(sent.get(name)))
            most = MOST_BLOCKS if name == "body-count" else MOST_ITEMS
            if count is None or count > most:
                raise NotAForm("That is more than an article holds.")


def _picture(told: str) -> Picture | None:
    number = number_in(told)
    return None if number is None else Picture.objects.filter(pk=number).first()


def _body(sent: QueryDict) -> Any:
    stream: Any = Article._meta.get_field("body")
    files: MultiValueDict[str, Any] = MultiValueDict()
    try:
        return stream.stream_block.value_from_datadict(sent, files, "body")
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        raise NotAForm("The text did not come whole.") from fault


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the margin beside one statement."""

    judged: Judged
    #: Which text of its block it stands in: a list has many.
    place: int
    who: str = ""
    handles: tuple[str, ...] = ()
    offer: Offer | None = None
    #: What it shares on a span with other sentences.
    lowered: Lowered | None = None

    def as_record(self) -> dict[str, Any]:
        """Return the note as the editor's script takes it."""
        one, offer = self.judged.statement, self.offer
        record: dict[str, Any] = {
            "id": one.id,
            "handle": one.handle,
            "part": one.part.value,
            "place": self.place,
            "start": one.start,
            "end": one.end,
            "text": one.text[:EXCERPT],
            "standing": self.judged.standing.name.lower(),
            "glyph": GLYPHS[self.judged.standing],
            "words": self.words,
            "held": list(self.handles),
        }
        if offer:
            record["offer"] = {
                "words": offer.words,
                "cue": offer.cue,
                "source": offer.source.pk if offer.source else None,
                "name": offer.source.name if offer.source else offer.words,
            }
        return record

    @property
    def words(self) -> str:
        standing, mark = self.judged.standing, self.judged.mark
        shared = f"; {self.lowered}" if self.lowered else ""
        if standing is Standing.TRACED:
            return f"{self.who or 'given with the picture'}{shared}"
        if standing is Standing.SINGLE_SOURCE:
            return f"{self.who}, single source, unverified{shared}"
        if mark is not None:
            return f"{mark.kind.label}, {mark.by}"
        return "no source" if standing is Standing.UNSOURCED else standing.value


@dataclass(frozen=True, slots=True)
class Margin:
    notes: Sequence[Note]
    tally: Tally
    is_asked: bool = True
    #: What hangs on each handle: a source's name, or what it is marked as.
    names: Mapping[str, str] = field(default_factory=dict)

    def as_record(self) -> dict[str, Any]:
        return {
            "count": told_count(self.tally),
            "is_asked": self.is_asked,
            "names": dict(self.names),
            "notes": [note.as_record() for note in self.notes],
        }


def told_count(counted: Tally) -> str:
    """Return the count that stands above the margin."""
    statements = counted.statements
    told = [f"{statements} statement{'' if statements == 1 else 's'}"]
    told += [f"{counted.unsourced} without a source"] if counted.unsourced else []
    single = counted.by_standing.get(Standing.SINGLE_SOURCE, 0)
    told += [f"{single} from a single source"] if single else []
    told += [f"{counted.marked} marked"] if counted.marked else []
    if statements and len(told) == 1:
        told.append("each with a source")
    return ", ".join(told)


def margin_of(article: Article, sent: QueryDict, *, by: User) -> Margin:
    """
    Return the margin of an article as the form has it.

    :raises NotAForm: what was sent is not its form
    """
    copy = typed_copy(article, sent)
    laid = Laid(copy, content_typed(copy))
    for handle, choice in read_choices(sent.get(FIELD, "")).items():
        _lay(laid, handle, choice, by)
    judged = laid.judged()
    is_asked = _is_asked(copy)
    found = _offers(laid, judged) if is_asked else {}
    notes = tuple(_notes(laid, judged, found))
    return Margin(notes, tally(judged), is_asked, dict(_names(laid)))


def _is_asked(copy: Article) -> bool:
    """Tell whether the gate asks of such a text on what it rests."""
    is_own_view = copy.genre in {Genre.OPINION, Genre.REVIEW}
    return copy.form == Form.ARTICLE and (not is_own_view or policy().asks_opinion)


def _lay(laid: Laid, handle: str, choice: Choice, by: User) -> None:
    if choice.source is not None:
        item = choice.citation.wire_item if choice.citation else None
        item = choice.copied.wire_item if choice.copied else item
        row = Attribution(
            span=handle,
            source=choice.source,
            citation=choice.citation,
            wire_item=item,
        )
        laid.attribute(handle, row)
    elif choice.mark is None:
        laid.lift(handle)
    else:
        _mark(laid, handle, choice.mark, by)


def _mark(laid: Laid, handle: str, kind: MarkKind, by: User) -> None:
    held = [one for one in laid.statements if holds(one, {handle})]
    if len(held) == 1:
        at, words = clock.now().isoformat(), held[0].words
        laid.mark(handle, mark_by(by, laid.copy, kind, at=at, words=words))


def _offers(laid: Laid, judged: Sequence[Judged]) -> dict[str, Offer]:
    wanted = [one.statement.id for one in judged if one.standing is Standing.UNSOURCED]
    near = {row.source_id: row.source for row in laid.rows.values()}
    return offers(laid.texts, wanted, laid.code, list(near.values()))


def _notes(
    laid: Laid, judged: Sequence[Judged], found: Mapping[str, Offer]
) -> Iterator[Note]:
    places = {
        one.id: place for text, place in placed(laid.texts) for one in text.statements
    }
    unverified = laid.unverified_to_readers(shared_handles(judged) & laid.rows.keys())
    shared = lowered(judged, unverified)
    for one in judged:
        handles = _handles(laid, one)
        names = dict.fromkeys(
            laid.rows[h].source.name_in(laid.code) for h in handles if h in laid.rows
        )
        yield Note(
            one,
            places[one.statement.id],
            ", ".join(names),
            handles,
            found.get(one.statement.id),
            shared.get(one.statement.id),
        )


def _names(laid: Laid) -> Iterator[tuple[str, str]]:
    for handle, row in laid.rows.items():
        yield handle, row.source.name
    for handle, mark in laid.marks.items():
        if handle not in laid.rows:
            yield handle, str(mark.kind.label)


def _handles(laid: Laid, one: Judged) -> tuple[str, ...]:
    """Return the handles by which something is laid to a statement."""
    if one.standing is Standing.MARKED:
        return tuple(h for h in one.statement.handles if h in laid.marks)
    return tuple(h for h in _own(one.statement) if h in laid.rows)


def _own(statement: Statement) -> tuple[str, ...]:
    # The block's own handle holds no single sentence of it.
    is_in_spans = statement.part in IN_SPANS
    return statement.handles[1:] if is_in_spans else statement.handles
