"""Each statement as its page lists it: what it rests on, and how well it is known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.articles.models import Article, Contradiction
from dateline.articles.statements.finding import find_statements
from dateline.articles.statements.standing import Judged
from dateline.articles.statements.vocabulary import Mark, Standing, Statement
from dateline.articles.vocabulary import Status
from dateline.desk.wide_spans import Lowered, lowered
from dateline.publishing.differing import contradictions_of
from dateline.publishing.rules import GateFacts


@dataclass(frozen=True, slots=True)
class Known:
    """One source of a statement, and what the statement is called for it."""

    handle: str
    source: int
    name: str
    status: Status
    second: str = ""
    second_id: int | None = None
    set_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StatementLine:
    statement: Statement
    standing: Standing
    mark: Mark | None
    known: tuple[Known, ...]
    lowered: Lowered | None = None


@dataclass(frozen=True, slots=True)
class SettledSide:
    handle: str
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class SettledRow:
    """What was said of sources that differ; lapsed once a statement says else."""

    row: Contradiction
    sides: tuple[SettledSide, ...]
    is_lapsed: bool


def open_sides(gate: GateFacts) -> list[list[tuple[str, str, str]]]:
    """Return each pair that may differ: of both the text, the handle, the number."""
    return [
        [
            (one.text, handle, says)
            for one, handle, says in zip(
                pair.statements, pair.handles, pair.says, strict=True
            )
        ]
        for pair in gate.differing
    ]


def settled_rows(article: Article, content: Mapping[str, Any]) -> list[SettledRow]:
    """Return what was said already of sources that differ in an article."""
    told = content["attributions"]
    standing = {
        row.pk: len(sides)
        for row, sides in contradictions_of(article, find_statements(content), told)
    }
    return [
        SettledRow(
            row,
            tuple(
                SettledSide(s["handle"], _name(told.get(s["handle"])), s["says"])
                for s in row.sides
            ),
            standing.get(row.pk) != len(row.sides),
        )
        for row in article.contradictions.select_related("settled_by")
    ]


def _name(row: Mapping[str, Any] | None) -> str:
    return str(row["source"]["name"]) if row else "Nobody"


def statement_lines(
    judged: Sequence[Judged], content: Mapping[str, Any]
) -> list[StatementLine]:
    """Return the statements of a snapshot as judged, each with its sources."""
    told = content["attributions"]
    unverified = {h for h, row in told.items() if row["status"] == Status.UNVERIFIED}
    shared = lowered(judged, unverified)
    return [
        StatementLine(
            one.statement,
            one.standing,
            one.mark,
            tuple(_known(one.statement, told)),
            shared.get(one.statement.id),
        )
        for one in judged
    ]


def _known(
    statement: Statement, told: Mapping[str, Mapping[str, Any]]
) -> Iterator[Known]:
    for handle in statement.handles:
        row = told.get(handle)
        if row is None:
            continue
        setting = row.get("status_set", {})
        yield Known(
            handle=handle,
            source=row["source"]["id"],
            name=row["source"]["name"],
            status=Status(row["status"]),
            second=setting.get("second", {}).get("name", ""),
            second_id=setting.get("second", {}).get("id"),
            set_by=setting.get("by", ""),
            reason=setting.get("reason", ""),
        )
