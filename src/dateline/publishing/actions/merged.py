"""What the public pages of two sources are told once they are one, or two again."""

from typing import Any

from django.db import transaction
from django.db.models import Count

from dateline.articles.models import Attribution
from dateline.pagestore.actions import purge
from dateline.publishing import tags
from dateline.publishing.actions.passing import place_in_lists
from dateline.publishing.actions.sourcing import counts_in, recount
from dateline.publishing.models import Listing, Publication, PublicSource
from dateline.publishing.vocabulary import ListKind, PublicState
from dateline.sources import tags as source_tags
from dateline.sources.models import SourceMerge

_CHUNK = 200
ATTRIBUTED = f"{Attribution._meta.label}.source"


@transaction.atomic
def follow_merge(event: dict[str, Any]) -> None:
    """Have what stands under the twin stand under the other; again does no harm."""
    twin, into = str(event["twin"]), str(event["into"])
    under_twin = Listing.objects.filter(kind=ListKind.SOURCE, key=twin)
    held = Listing.objects.filter(kind=ListKind.SOURCE, key=into)
    twice = under_twin.filter(publication__in=held.values("publication"))
    twice.delete()
    rows = under_twin.order_by().values_list("language")
    moved = dict(rows.annotate(articles=Count("id")))
    under_twin.update(key=into)
    for row in PublicSource.objects.filter(key=twin):
        target, _ = PublicSource.objects.get_or_create(language=row.language, key=into)
        target.articles += moved.get(row.language, 0)
        target.statements += row.statements
        target.save()
        row.delete()
    _purge(twin, into)


@transaction.atomic
def follow_undoing(event: dict[str, Any]) -> None:
    """Give the twin back the articles whose public versions name it."""
    merges = SourceMerge.objects.filter(twin=event["twin"], into=event["into"])
    merge = merges.filter(undone_at__isnull=False).order_by("-undone_at").first()
    if merge is None:
        return
    keys = merge.moved.get(ATTRIBUTED, [])
    for start in range(0, len(keys), _CHUNK):
        rows = Attribution.objects.filter(pk__in=keys[start : start + _CHUNK])
        for publication in _resting_on(rows.values("article")):
            _part(publication, str(event["twin"]), str(event["into"]))
    _purge(str(event["twin"]), str(event["into"]))


def _resting_on(articles: Any) -> list[Publication]:
    """Return what is public of these articles, in every language."""
    originals = Publication.objects.filter(article__in=articles).values("original_uid")
    public = Publication.objects.filter(
        original_uid__in=originals, state=PublicState.PUBLIC
    )
    return list(public.select_related("version"))


def _part(publication: Publication, twin: str, into: str) -> None:
    counted = counts_in(publication.version.content)
    lists = Listing.objects.filter(publication=publication)
    held = set(lists.values_list("kind", "key"))
    is_parted = (ListKind.SOURCE.value, twin) in held
    if twin not in counted or is_parted:
        return
    both = {into: counted[twin] + counted.get(into, 0)}
    now = {key: counted[key] for key in (twin, into) if counted.get(key)}
    wanted = {(ListKind.SOURCE.value, key) for key in now}
    place_in_lists(publication, (held - {(ListKind.SOURCE.value, into)}) | wanted)
    recount(publication.language, both, now)


def _purge(twin: str, into: str) -> None:
    languages = PublicSource.objects.filter(key__in=(twin, into))
    told = {source_tags.source(int(key)) for key in (twin, into)}
    for language in set(languages.values_list("language", flat=True)):
        for key in (twin, into):
            told |= {tags.sourced(language, key), tags.sourced_count(language, key)}
    purge(told, cause=f"sources {twin} and {into}")
