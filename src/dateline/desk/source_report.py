"""What a period's articles rest on: kinds, unnamed sources, single sources."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Min, QuerySet

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
    # Asked from the articles of the period: there are fewer of them than statements.
    laid = Attribution.objects.filter(article_id__in=public.values("article_id"))
    shares = _shares(laid)
    single = _single(laid)
    articles = public.count()
    return SourceReport(
        first=first,
        last=last,
        articles=articles,
        statements=sum(share.statements for share in shares),
        shares=shares,
        unnamed=_unnamed(laid),
        single=_newest(public, single),
        single_count=single.count(),
        none_count=articles - laid.values("article_id").distinct().count(),
    )


def _shares(laid: QuerySet[Attribution]) -> list[Share]:
    rows = laid.values_list("source").annotate(statements=Count("pk")).order_by()
    by_source: dict[int, int] = dict(rows)
    counted: Counter[str] = Counter()
    for pk, kind in Source.objects.values_list("pk", "kind"):
        counted[kind] += by_source.get(pk, 0)
    total = counted.total() or 1
    return [
        Share(str(SourceKind(kind).label), count, 100 * count / total)
        for kind, count in counted.most_common()
        if count
    ]


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


def _single(laid: QuerySet[Attribution]) -> Any:
    """Return the ids of the articles whose statements all rest on one source."""
    sources = laid.values("article_id").annotate(
        least=Min("source"), most=Max("source")
    )
    return sources.filter(least=F("most")).values_list("article_id", flat=True)


def _newest(public: QuerySet[Publication], single: Any) -> list[Publication]:
    rows = public.filter(article_id__in=single).defer("lede", "byline")
    return list(rows.order_by("-date", "-pk")[:MOST_LISTED])
