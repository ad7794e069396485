"""What the public pages of two sources are told once they are one, or two again."""

from typing import Any

from django.db import transaction
from django.db.models import Count, F

from dateline.articles.models import Attribution, StatusSetting
from dateline.pagestore.actions import purge
from dateline.publishing import log, tags
from dateline.publishing.actions.passing import place_sources
from dateline.publishing.actions.sourcing import leads_of
from dateline.publishing.models import Listing, Publication, PublicSource
from dateline.publishing.vocabulary import ListKind, PublicState
from dateline.sources import tags as source_tags
from dateline.sources.models import SourceMerge

_CHUNK = 200
_NAMING: tuple[tuple[type[Attribution | StatusSetting], str], ...] = (
    (Attribution, "source"),
    (StatusSetting, "second"),
)
"""What names a source in an article."""


@transaction.atomic
def follow_merge(event: dict[str, Any]) -> None:
    """
    Have what stands under the twin stand under what it is now.

    Again does no harm, nor does coming late: it goes by what the twin is by then.
    """
    log.take_turn()
    twin = str(event["twin"])
    into = leads_of({event["twin"]}).get(event["twin"])
    if into is None:
        return
    under = Listing.objects.filter(kind=ListKind.SOURCE, key=twin)
    held = Listing.objects.filter(kind=ListKind.SOURCE, key=str(into))
    twice = under.filter(publication__in=held.values("publication"))
    for row in twice:
        held.filter(publication=row.publication_id).update(
            weight=F("weight") + row.weight
        )
    twice.delete()
    told = under.order_by().values_list("language").annotate(articles=Count("id"))
    moved = dict(told)
    under.update(key=str(into))
    for had in PublicSource.objects.filter(key=twin):
        PublicSource.objects.get_or_create(language=had.language, key=str(into))
        PublicSource.objects.filter(language=had.language, key=str(into)).update(
            articles=F("articles") + moved.get(had.language, 0),
            statements=F("statements") + had.statements,
        )
        had.delete()
    _purge(twin, str(into))


@transaction.atomic
def follow_undoing(event: dict[str, Any]) -> None:
    """Give the twin back the articles whose public versions name it."""
    log.take_turn()
    merges = SourceMerge.objects.filter(twin=event["twin"], into=event["into"])
    merge = merges.filter(undone_at__isnull=False).order_by("-undone_at").first()
    if merge is None:
        return
    for model, field in _NAMING:
        keys = merge.moved.get(f"{model._meta.label}.{field}", [])
        for start in range(0, len(keys), _CHUNK):
            rows = model._default_manager.filter(pk__in=keys[start : start + _CHUNK])
            for publication in _resting_on(rows.values("article")):
                place_sources(publication, publication.version.content)
    _purge(str(event["twin"]), str(event["into"]))


def _resting_on(articles: Any) -> list[Publication]:
    """Return what is public of these articles, in every language."""
    originals = Publication.objects.filter(article__in=articles).values("original_uid")
    public = Publication.objects.filter(
        original_uid__in=originals, state=PublicState.PUBLIC
    )
    return list(public.select_related("version"))


def _purge(twin: str, into: str) -> None:
    languages = PublicSource.objects.filter(key__in=(twin, into))
    told = {source_tags.source(int(key)) for key in (twin, into)}
    for language in set(languages.values_list("language", flat=True)):
        for key in (twin, into):
            told |= {tags.sourced(language, key), tags.sourced_count(language, key)}
    purge(told, cause=f"sources {twin} and {into}")
