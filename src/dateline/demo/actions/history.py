"""The paper's past: every act of its articles, through the door and in its order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from wagtail.models import WorkflowState

from dateline.articles.models import Article
from dateline.demo.actions.copy import Copy
from dateline.demo.actions.frame import OpenNewsroom
from dateline.demo.reading import Change, Paper, Piece
from dateline.editions.actions import link_translation
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.publishing.actions import (
    amend_article,
    correct_article,
    kill_article,
    publish_article,
    schedule_article,
    spike_article,
    update_article,
)

CHIEF = "edda-marrish"
MAIN_LANGUAGE = "en"
WRITING = timedelta(minutes=50)
FIRST_DAY = timedelta(days=30)
BEFORE_LOAD = {
    "draft": timedelta(hours=2),
    "in_review": timedelta(hours=3),
    "returned": timedelta(hours=5),
    "spiked": timedelta(days=2),
    "embargoed": timedelta(hours=4),
    "scheduled": timedelta(hours=6),
}


@dataclass(frozen=True)
class Act:
    """Something that is done at a moment of the paper's past."""

    at: datetime
    order: int
    do: Callable[[], object]


class Desk:
    """The staff at work: who writes a piece, who passes it, what is already out."""

    def __init__(self, paper: Paper, newsroom: OpenNewsroom, at: datetime) -> None:
        self.paper = paper
        self.newsroom = newsroom
        self.at = at
        self.copies: dict[str, Copy] = {}

    def writers(self, piece: Piece) -> list[User]:
        """Return who writes it; a desk's or a pseudonym's copy is filed by others."""
        users = self.newsroom.users
        named = [users[slug] for slug in piece.byline if slug in users]
        return named or self._filing(piece) or [self._editor_of(piece.language)]

    def _filing(self, piece: Piece) -> list[User]:
        if piece.language != MAIN_LANGUAGE:
            return []
        entries = (self.paper.contributors[slug] for slug in piece.byline)
        slugs = dict.fromkeys(e["filed_by"] for e in entries if "filed_by" in e)
        return [self.newsroom.users[slug] for slug in slugs]

    def editor(self, piece: Piece) -> User:
        """Return who passes it: the chief, or where she wrote it herself, another."""
        writers = self.writers(piece)
        chief = self.newsroom.users[CHIEF]
        others = (user for _, user in self._editors())
        return next(user for user in (chief, *others) if user not in writers)

    def _editors(self) -> Iterator[tuple[str, User]]:
        for slug, entry in self.paper.contributors.items():
            if entry.get("editor"):
                yield slug, self.newsroom.users[slug]

    def _editor_of(self, language: str) -> User:
        entries = self.paper.contributors
        for slug, user in self._editors():
            if entries[slug]["languages"] == [language]:
                return user
        return self.newsroom.users[CHIEF]

    def linked(self, piece: Piece) -> Callable[[str], int | None]:
        """Return how a related group becomes an article: only what is public by now."""

        def find(group: str) -> int | None:
            copy = self.copies.get(f"{group}/{piece.language}")
            if copy is None:
                return None
            is_live = Article.objects.filter(pk=copy.article.pk, live=True).exists()
            return copy.article.pk if is_live else None

        return find


def live_through(paper: Paper, newsroom: OpenNewsroom, at: datetime) -> None:
    """Do, in the order of time, all that was ever done to the paper's articles."""
    desk = Desk(paper, newsroom, at)
    acts = [act for piece in paper.pieces for act in _acts(desk, piece)]
    for act in sorted(acts, key=lambda act: (act.at, act.order)):
        with clock.set_to(act.at):
            act.do()


def _acts(desk: Desk, piece: Piece) -> Iterator[Act]:
    begun = _begun(desk, piece)
    yield Act(begun, 0, lambda: _begin(desk, piece, begun))
    ready = begun + WRITING
    if piece.state in {"published", "killed"}:
        yield Act(ready, 1, lambda: _publish(desk, piece))
        for version, change in enumerate(piece.changes, start=1):
            yield Act(change.at, 2, partial(_change, desk, piece, version, change))
        if piece.kill:
            yield Act(piece.kill.at, 3, lambda: _kill(desk, piece))
    elif piece.state != "draft":
        yield Act(ready, 1, lambda: ENDS[piece.state](desk, piece))


def _begun(desk: Desk, piece: Piece) -> datetime:
    if piece.purpose:
        return desk.at - FIRST_DAY
    if piece.state in BEFORE_LOAD:
        return desk.at - BEFORE_LOAD[piece.state]
    if piece.published is None:
        raise ValueError(f"{piece.key} is published, and no one says when")
    return piece.published - WRITING


def _begin(desk: Desk, piece: Piece, at: datetime) -> None:
    copy = Copy(piece, desk.newsroom, desk.writers(piece), desk.editor(piece))
    copy.begin(at, desk.linked(piece))
    desk.copies[piece.key] = copy
    _link_translations(desk, piece)


def _link_translations(desk: Desk, piece: Piece) -> None:
    """Tie the pieces of a group to its English one, whichever is begun first."""
    if piece.purpose:
        return
    members = [
        copy
        for key, copy in desk.copies.items()
        if copy.piece.group == piece.group and not copy.piece.purpose
    ]
    original = next((copy for copy in members if copy.piece.language == "en"), None)
    if original is None:
        return
    others = [original] if piece.language != "en" else []
    targets = (
        [desk.copies[piece.key]]
        if others
        else [c for c in members if c is not original]
    )
    for copy in targets:
        link_translation(original.article, copy.article)


def _publish(desk: Desk, piece: Piece) -> None:
    publish_article(desk.copies[piece.key].article, by=desk.editor(piece))


def _change(desk: Desk, piece: Piece, version: int, change: Change) -> None:
    copy = desk.copies[piece.key]
    copy.turn_to(version, change.at, desk.linked(piece))
    editor = desk.editor(piece)
    if change.kind == "correction":
        correct_article(copy.article, by=editor, text=change.note)
    elif change.kind == "update":
        update_article(copy.article, by=editor)
    else:
        amend_article(copy.article, by=editor)


def _kill(desk: Desk, piece: Piece) -> None:
    if piece.kill is None:
        return
    name = desk.newsroom.contributors[piece.kill.desk]
    kill_article(
        desk.copies[piece.key].article,
        by=desk.editor(piece),
        desk=name.names.get(piece.language) or name.name,
        reason=piece.kill.reason,
    )


def _schedule(desk: Desk, piece: Piece) -> None:
    due_at = piece.embargoed_until or piece.published
    if due_at is None:
        raise ValueError(f"{piece.key} waits for no moment")
    schedule_article(
        desk.copies[piece.key].article, by=desk.editor(piece), due_at=due_at
    )


def _spike(desk: Desk, piece: Piece) -> None:
    spike_article(desk.copies[piece.key].article, by=desk.editor(piece))


def _submit(desk: Desk, piece: Piece) -> WorkflowState:
    article = Article.objects.get(pk=desk.copies[piece.key].article.pk)
    return article.get_workflow().start(article, desk.writers(piece)[0])


def _return(desk: Desk, piece: Piece) -> None:
    state = _submit(desk, piece)
    task_state = state.current_task_state
    task_state.task.specific.on_action(
        task_state, desk.editor(piece), "reject", comment=piece.ednote
    )


ENDS: dict[str, Callable[[Desk, Piece], object]] = {
    "in_review": _submit,
    "returned": _return,
    "spiked": _spike,
    "embargoed": _schedule,
    "scheduled": _schedule,
}
