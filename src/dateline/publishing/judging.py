"""What each statement of a working copy rests on, saved or not yet."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from dateline.articles.models import (
    Article,
    Attribution,
    StatusSetting,
)
from dateline.articles.statements.finding import Text, find_texts
from dateline.articles.statements.standing import Grounds, Judged, judge
from dateline.articles.statements.vocabulary import Mark, Statement
from dateline.articles.vocabulary import MarkKind, Status
from dateline.people.models import User
from dateline.publishing.before_an_act import marks_laid
from dateline.publishing.grading import Grade, grades
from dateline.publishing.kept_texts import KeptTexts
from dateline.publishing.pictures_shown import pictures_in
from dateline.publishing.snapshots import (
    SHAPES,
    attributions_of,
    handles_in,
    name_of,
)
from dateline.publishing.tracing import traced
from dateline.sources.models import Picture


def content_typed(copy: Article) -> dict[str, Any]:
    """
    Return what a copy states, in the shape of a snapshot.

    A block that is not whole yet, a picture's that has no picture, states nothing.
    """
    stream: Any = copy.body
    return {
        "language": copy.language,
        "headline": copy.headline.strip(),
        "lede": copy.lede.strip(),
        "picture": _lead_picture(copy),
        "body": [_block(child) for child in stream if _is_whole(child.value)],
    }


def _block(child: Any) -> dict[str, Any]:
    shape = SHAPES.get(child.block_type)
    value = (
        shape(child.value)
        if shape
        else str(getattr(child.value, "source", child.value))
    )
    return {"id": str(child.id), "type": child.block_type, "value": value}


def _is_whole(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return True
    shown = [value, *value.get("pictures", ())]
    return all(
        one.get(name, one) is not None
        for one in shown
        for name in ("picture", "file", "rows")
    )


def _lead_picture(copy: Article) -> dict[str, Any] | None:
    picture = copy.lead_picture
    if picture is None:
        return None
    own = picture.captions.get(copy.language) or picture.caption
    return {"id": picture.pk, "caption": copy.lead_caption or own}


class Laid:
    """What has been laid to the statements of a copy, in the database or just now."""

    def __init__(self, copy: Article, content: Mapping[str, Any]) -> None:
        self.copy = copy
        self.code: str = content["language"]
        self.content = content
        self.texts: list[Text] = find_texts(content)
        self.rows = attributions_of(copy, handles_in(content)) if copy.pk else {}
        self.marks = marks_of(copy) if copy.pk else {}

    @property
    def statements(self) -> list[Statement]:
        return [one for text in self.texts for one in text.statements]

    def attribute(self, handle: str, row: Attribution) -> None:
        """Lay a handle to a source, here and for this look only."""
        self.rows[handle] = row
        self.marks.pop(handle, None)

    def mark(self, handle: str, mark: Mark) -> None:
        """Have somebody stand for what a handle holds, for this look only."""
        self.marks[handle] = mark
        self.rows.pop(handle, None)

    def lift(self, handle: str) -> None:
        self.rows.pop(handle, None)
        self.marks.pop(handle, None)

    def judged(self) -> list[Judged]:
        """Return each statement with what it rests on."""
        kept = KeptTexts(self.rows, self.code)
        return judged_on(
            self.statements,
            self.content,
            rows=self.rows,
            marks=self.marks,
            kept=kept,
            confirmed=self._confirmed(),
        )

    def unverified_to_readers(self, handles: Collection[str]) -> frozenset[str]:
        """Return which of these unverified spans nobody has called otherwise."""
        if not handles:
            return frozenset()
        called = {
            handle
            for handle, grade in self._grades(handles).items()
            if grade.status is not Status.UNVERIFIED
        }
        return frozenset(handles) - called

    def _confirmed(self) -> frozenset[str]:
        """Return the handles for which somebody named a second source."""
        articles = {row.article_id for row in self.rows.values() if row.pk}
        named = StatusSetting.objects.filter(
            article__in=articles | {self.copy.pk}, second__isnull=False
        )
        if not articles or not named.exists():
            return frozenset()
        return frozenset(
            handle
            for handle, grade in self._grades(self.rows).items()
            if grade.setting is not None and grade.setting.second_id
        )

    def _grades(self, handles: Collection[str]) -> dict[str, Grade]:
        """Return how well is known what is saved of these."""
        saved = {h: self.rows[h] for h in handles if self.rows[h].pk}
        steps = traced(saved.values(), self.code)
        return grades(self.copy, self.content, saved, steps)


def judged_on(
    statements: list[Statement],
    content: Mapping[str, Any],
    *,
    rows: Mapping[str, Attribution],
    marks: Mapping[str, Mark],
    kept: KeptTexts,
    confirmed: frozenset[str],
) -> list[Judged]:
    """Return each statement with what it rests on: a row, a mark, or the text."""
    code: str = content["language"]
    grounds = Grounds(
        attributed=frozenset(rows),
        unverified=frozenset(_unverified(statements, kept, confirmed)),
        marks=marks,
        given_captions=_given_captions(content),
        names=tuple({row.source.name_in(code) for row in rows.values()}),
    )
    return judge(statements, grounds, code=code)


def _unverified(
    statements: list[Statement], kept: KeptTexts, confirmed: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Yield statement and handle where a wire item's own sentence cites nobody."""
    for statement in statements:
        for handle in statement.handles:
            if handle not in confirmed and kept.is_unverified(
                handle, statement.text, statement.words
            ):
                yield statement.id, handle


def marks_of(copy: Article) -> dict[str, Mark]:
    """Return the marks of an article by the handles that they hang on."""
    return {
        span: mark_by(
            row.marked_by,
            copy,
            MarkKind(row.kind),
            at=row.marked_at.isoformat(),
            words=row.words,
        )
        for span, row in marks_laid(copy).items()
    }


def mark_by(user: User, copy: Article, kind: MarkKind, *, at: str, words: str) -> Mark:
    """Return a mark under the name by which readers know its maker."""
    return Mark(kind, name_of(user, copy), at, words)


def _given_captions(content: Mapping[str, Any]) -> frozenset[str]:
    """Return the captions that came with the pictures, if it is said from whom."""
    shown = [picture["id"] for picture, _ in pictures_in(content)]
    if not shown:
        return frozenset()
    rows = Picture.objects.filter(pk__in=shown)
    return frozenset(
        caption
        for row in rows
        if row.credit or row.source_id
        for caption in (row.caption, *row.captions.values())
        if caption
    )
