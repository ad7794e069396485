"""Each statement as its page lists it: what it rests on, and how well it is known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.articles.statements.standing import Judged
from dateline.articles.statements.vocabulary import Mark, Standing, Statement
from dateline.articles.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Known:
    """One source of a statement, and what the statement is called for it."""

    handle: str
    source: int
    name: str
    status: Status
    second: str = ""
    set_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StatementLine:
    statement: Statement
    standing: Standing
    mark: Mark | None
    known: tuple[Known, ...]


def statement_lines(
    judged: Iterable[Judged], content: Mapping[str, Any]
) -> list[StatementLine]:
    """Return the statements of a snapshot as judged, each with its sources."""
    told = content["attributions"]
    return [
        StatementLine(
            one.statement, one.standing, one.mark, tuple(_known(one.statement, told))
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
            set_by=setting.get("by", ""),
            reason=setting.get("reason", ""),
        )
