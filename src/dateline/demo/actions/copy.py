"""From a piece on file to a working copy on the desk."""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from wagtail.models import Revision

from dateline.articles.actions import NotOneStatement
from dateline.articles.models import (
    Article,
    ArticleByline,
    ArticleTopic,
    Attribution,
    StatementMark,
)
from dateline.articles.statements.finding import find_statements
from dateline.articles.statements.standing import holds
from dateline.articles.vocabulary import Form, Genre, MarkKind, Settled, Status
from dateline.demo.actions.frame import OpenNewsroom
from dateline.demo.reading import MARKED, Block, Body, Piece
from dateline.people.models import User
from dateline.publishing.actions import set_status, settle_contradiction

NAMESPACE = uuid.UUID("3c5d0a52-5a2b-4a3e-9d4c-6a5f0c1e7a10")
GENRES = {
    "news": Genre.REPORT,
    "brief": Genre.REPORT,
    "feature": Genre.REPORT,
    "court-report": Genre.REPORT,
    "analysis": Genre.ANALYSIS,
    "data": Genre.ANALYSIS,
    "explainer": Genre.BACKGROUND,
    "opinion": Genre.OPINION,
    "column": Genre.OPINION,
    "review": Genre.REVIEW,
    "obituary": Genre.OBITUARY,
}
Linked = Callable[[str], int | None]


def uid_of(piece: Piece) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, piece.key)


class Copy:
    """The working copy of one piece, carried from version to version."""

    def __init__(
        self,
        piece: Piece,
        newsroom: OpenNewsroom,
        writers: list[User],
        editor: User,
    ) -> None:
        self.piece = piece
        self.newsroom = newsroom
        self.writers = writers
        self.editor = editor
        self.settled: set[str] = set()
        self.ids = _block_ids(piece)
        self.held: set[str] = set()
        self.article = Article(
            uid=uid_of(piece),
            language=piece.language,
            form=Form.STANDING if piece.purpose else Form.ARTICLE,
            purpose=piece.purpose,
            genre=GENRES[piece.genre],
            urgency=piece.urgency,
            section=newsroom.sections.get(piece.section),
            story=newsroom.stories.get(piece.story),
            place=newsroom.places.get(piece.place),
            slugline=piece.slugline,
            headline=piece.headline,
            lede=piece.lede,
            slug=piece.slug,
            dateline=piece.dateline,
            lead_picture=newsroom.pictures.get(piece.picture),
            lead_caption=piece.caption,
            lead_alt=piece.alt,
            ednote=piece.ednote,
            embargoed_until_at=piece.embargoed_until,
            created_by=writers[0],
        )

    def begin(self, at: datetime, linked: Linked) -> None:
        """Write the first version: each named writer has saved a draft of it."""
        piece, article = self.piece, self.article
        article.body = self._stream(0, linked)
        article.bylines = [
            ArticleByline(
                contributor=self.newsroom.contributors[slug], sort_order=place
            )
            for place, slug in enumerate(piece.byline)
        ]
        article.topic_links = [
            ArticleTopic(topic=self.newsroom.topics[code], sort_order=place)
            for place, code in enumerate(piece.topics)
        ]
        article.save()
        self._attribute(0, at)
        drafts = [self._save_draft(writer) for writer in self.writers]
        self._stamp(drafts, at, created_at=at)
        self._weigh(0)

    def turn_to(self, version: int, at: datetime, linked: Linked) -> None:
        """Write a later version as the newest draft."""
        self.article = Article.objects.get(pk=self.article.pk)
        self.article.body = self._stream(version, linked)
        self._attribute(version, at)
        self._stamp([self._save_draft(self.writers[0])], at)
        self._weigh(version)

    def _save_draft(self, writer: User) -> int:
        draft = self.article.save_revision(user=writer, clean=False, changed=True)
        return int(draft.pk)

    def _stamp(self, drafts: list[int], at: datetime, **created: datetime) -> None:
        """Set what Wagtail and Django stamp by the wall clock."""
        Revision.objects.filter(pk__in=drafts).update(created_at=at)
        Article.objects.filter(pk=self.article.pk).update(updated_at=at, **created)

    def _attribute(self, version: int, at: datetime) -> None:
        body = self.piece.bodies[version]
        whole = dict(self._whole(version))
        named = {handle: key for handle, key in whole.items() if key not in MARKED}
        marked = {h: MARKED[key] for h, key in whole.items() if key in MARKED}
        new = {
            h: k for h, k in (named | body.attributions).items() if h not in self.held
        }
        self.held |= new.keys()
        Attribution.objects.bulk_create(
            self._attribution(handle, key, at) for handle, key in new.items()
        )
        if marks := marked | body.marks:
            self._mark(marks, version, at)

    def _weigh(self, version: int) -> None:
        body = self.piece.bodies[version]
        self._settle(body)
        self._confirm(body)

    def _settle(self, body: Body) -> None:
        """Say, once all their passages stand in it, on what sources differ."""
        for difference in self.piece.differences:
            spans = [body.span_of(opening) for opening in difference.answers]
            told = zip(spans, difference.answers.values(), strict=True)
            answers = {span: answer for span, answer in told if span}
            if len(answers) == len(spans) and self._is_new(repr(difference)):
                settle_contradiction(
                    self.article,
                    answers,
                    by=self.editor,
                    question=difference.question,
                    state=Settled(difference.state),
                    reason=difference.reason,
                )

    def _confirm(self, body: Body) -> None:
        for opening, second in self.piece.confirmed.items():
            span = body.span_of(opening)
            if span and self._is_new(opening):
                set_status(
                    self.article,
                    span,
                    status=Status.CONFIRMED,
                    by=self.editor,
                    second=self.newsroom.sources[second],
                )

    def _is_new(self, what: str) -> bool:
        is_new = what not in self.settled
        self.settled.add(what)
        return is_new

    def _whole(self, version: int) -> Iterator[tuple[str, str]]:
        """Yield each handle that is attributed as a whole, with its key."""
        yield from self.piece.above().items()
        blocks = self.piece.bodies[version].blocks
        for block, block_id in zip(blocks, self.ids[version], strict=True):
            if block.rests_on:
                yield block_id, block.rests_on

    def _attribution(self, handle: str, key: str, at: datetime) -> Attribution:
        citation = self.newsroom.citations.get(key)
        return Attribution(
            article=self.article,
            span=handle,
            source=citation.source if citation else self.newsroom.sources[key],
            citation=citation,
            wire_item=citation.wire_item if citation else None,
            attributed_by=self.writers[0],
            attributed_at=at,
        )

    def _mark(self, marks: dict[str, MarkKind], version: int, at: datetime) -> None:
        """Mark statements as the desk does, all of an article at once."""
        statements = find_statements(self._told(version))
        rows = []
        for handle, kind in marks.items():
            near = (s for s in statements if handle in s.handles)
            held = [s for s in near if holds(s, frozenset({handle}))]
            if len(held) != 1:
                raise NotOneStatement(
                    f"{self.piece.key}: a mark ({kind}) on {len(held)} statements"
                )
            rows.append(
                StatementMark(
                    article=self.article,
                    span=handle,
                    kind=kind,
                    words=held[0].words,
                    marked_by=self.writers[0],
                    marked_at=at,
                )
            )
        StatementMark.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["article", "span"],
            update_fields=["kind", "words"],
        )

    def _told(self, version: int) -> dict[str, Any]:
        piece = self.piece
        return {
            "language": piece.language,
            "headline": piece.headline,
            "lede": piece.lede,
            "picture": {"caption": piece.caption} if piece.picture else None,
            "body": self._raw(version, lambda _group: None),
        }

    def _stream(self, version: int, linked: Linked) -> Any:
        return Article._meta.get_field("body").to_python(self._raw(version, linked))

    def _raw(self, version: int, linked: Linked) -> list[dict[str, Any]]:
        raw = []
        for block, block_id in zip(
            self.piece.bodies[version].blocks, self.ids[version], strict=True
        ):
            value = self._value(block, block_id, linked)
            if value is not None:
                raw.append({"type": block.type, "value": value, "id": block_id})
        return raw

    def _value(self, block: Block, block_id: str, linked: Linked) -> Any:
        value = block.value
        match block.type:
            case "paragraph":
                value = _keyed(value, block_id)
            case "quotation" | "fact_box":
                value = value | {"text": _keyed(value["text"], block_id)}
            case "picture":
                value = self._picture(value)
            case "gallery":
                value = value | {"pictures": self._items(value["pictures"], block_id)}
            case "list":
                value = value | {"items": self._items(value["items"], block_id)}
            case "related":
                article = linked(value)
                value = article and {"article": article, "title": "", "url": ""}
        return value

    def _items(self, values: list[Any], block_id: str) -> list[dict[str, Any]]:
        ids = [_derived(f"{block_id} {place}") for place in range(len(values))]
        return [
            {
                "type": "item",
                "id": item_id,
                "value": _keyed(value, item_id)
                if isinstance(value, str)
                else self._picture(value),
            }
            for item_id, value in zip(ids, values, strict=True)
        ]

    def _picture(self, value: dict[str, str]) -> dict[str, Any]:
        picture = self.newsroom.pictures[value["picture"]]
        alts = picture.alt_texts
        return {
            "picture": picture.pk,
            "caption": value["caption"],
            "alt": alts.get(self.piece.language) or picture.alt_text,
        }


def _derived(text: str) -> str:
    return str(uuid.uuid5(NAMESPACE, text))


def _keyed(html: str, block_id: str) -> str:
    """Give each element the key that the desk's editor gives it."""
    count = iter(range(10_000))

    def key(found: re.Match[str]) -> str:
        short = _derived(f"{block_id} {next(count)}")[:5]
        return f'<{found[1]} data-block-key="{short}">'

    return re.sub(r"<(p|li)>", key, html)


def _block_ids(piece: Piece) -> list[list[str]]:
    """Return the ids of each version's blocks; a block keeps its id while it lasts."""
    newest = [
        _derived(f"{piece.key} {place}") for place in range(len(piece.body.blocks))
    ]
    ids = [newest]
    for later, body in zip(piece.bodies[:0:-1], piece.bodies[-2::-1], strict=True):
        ids.insert(0, _carried(ids[0], later, body, piece.key))
    return ids


def _carried(later_ids: list[str], later: Body, body: Body, key: str) -> list[str]:
    ids = [
        _derived(f"{key} {len(later_ids)} {place}") for place in range(len(body.blocks))
    ]
    texts = [[repr(block) for block in side.blocks] for side in (body, later)]
    matcher = SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    for name, start, end, later_start, later_end in matcher.get_opcodes():
        if name in {"equal", "replace"}:
            span = min(end - start, later_end - later_start)
            ids[start : start + span] = later_ids[later_start : later_start + span]
    return ids
