"""What a period's articles rest on: kinds, unnamed sources, single sources."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from dateline.articles.models import Attribution
from dateline.articles.vocabulary import Form
from dateline.publishing.models import Publication
from dateline.publishing.vocabulary import PublicState
from dateline.sources.models import Source
from dateline.sources.vocabulary import SourceKind

MOST_DAYS = 366
MOST_LISTED = 100


@dataclass(frozen=True)
class Share:
    """How much of what was published rests on one kind of source."""

    kind: str
    statements: int
    percent: float


@dataclass(frozen=True)
class UnnamedUse:
    """A source that is not named, and how much rests on it."""

    source: Source
    statements: int


@dataclass(frozen=True)
class SourceReport:
    """
    The public articles first published in a period.

    A statement is counted where it is laid to a source; what is laid to none is
    counted by the gate, not here.
    """

    first: date
    last: date
    articles: int
    statements: int
    shares: list[Share]
    unnamed: list[UnnamedUse]
    single: list[Publication]
    single_count: int
    none_count: int


def report(first: date, last: date) -> SourceReport:
    """Read the report of a period, both days included."""
    public = Publication.objects.filter(
        form=Form.ARTICLE, state=PublicState.PUBLIC, date__range=(first, last)
    )
    laid = Attribution.objects.filter(
        article__publication__form=Form.ARTICLE,
        article__publication__state=PublicState.PUBLIC,
        article__publication__date__range=(first, last),
    )
    shares = _shares(laid)
    sources = public.annotate(
        sources=Count("article__attributions__source", distinct=True)
    )
    figures: dict[str, Any] = sources.aggregate(
        articles=Count("pk"),
        single=Count("pk", filter=Q(sources=1)),
        none=Count("pk", filter=Q(sources=0)),
    )
    return SourceReport(
        first=first,
        last=last,
        articles=figures["articles"],
        statements=sum(share.statements for share in shares),
        shares=shares,
        unnamed=_unnamed(laid),
        single=list(_single(sources)),
        single_count=figures["single"],
        none_count=figures["none"],
    )


def _shares(laid: QuerySet[Attribution]) -> list[Share]:
    rows = laid.values("source__kind").annotate(statements=Count("pk")).order_by()
    counted = {row["source__kind"]: row["statements"] for row in rows}
    total = sum(counted.values()) or 1
    shares = [
        Share(str(SourceKind(kind).label), count, 100 * count / total)
        for kind, count in counted.items()
    ]
    return sorted(shares, key=lambda share: (-share.statements, share.kind))


def _unnamed(laid: QuerySet[Attribution]) -> list[UnnamedUse]:
    used = (
        laid.filter(source__kind=SourceKind.UNNAMED)
        .values("source")
        .annotate(statements=Count("pk"))
        .order_by("-statements", "source")[:MOST_LISTED]
    )
    counts = {row["source"]: row["statements"] for row in used}
    sources = Source.objects.select_related("known_to").in_bulk(list(counts))
    return [UnnamedUse(sources[pk], count) for pk, count in counts.items()]


def _single(sources: Any) -> Any:
    rows = sources.filter(sources=1).defer("lede", "byline")
    return rows.order_by("-date", "-pk")[:MOST_LISTED]
