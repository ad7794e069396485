"""What every act at the door does: take the copy, write the version, tell."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import connection

from dateline.articles.models import Article, ArticleByline, ArticleTopic
from dateline.articles.vocabulary import Form
from dateline.editions.actions import mark_fresh, mark_translations_stale
from dateline.editions.queries import original_uid, timezone
from dateline.pagestore.actions import purge
from dateline.people.models import User
from dateline.plumbing import clock, outbox
from dateline.plumbing.prepared import Prepared, fill_relation
from dateline.publishing import log, rules
from dateline.publishing.actions import stale
from dateline.publishing.actions.sourcing import (
    count_sources,
    is_of_source,
    source_lists,
)
from dateline.publishing.actions.stale import Shown
from dateline.publishing.chain import new_nonce, version_hash
from dateline.publishing.gating import gate_facts
from dateline.publishing.lists import listing_keys, slug_hash
from dateline.publishing.models import (
    FormerAddress,
    Listing,
    LogEntry,
    Publication,
    PublicDay,
    Version,
)
from dateline.publishing.vocabulary import Act, PublicState

Found = TypeVar("Found")


def take(article: Article) -> Article:
    """Return the working copy as the database has it, locked until the act ends."""
    log.take_turn()
    copy = _COPY.first(article=article.pk)
    if copy is None:
        raise Article.DoesNotExist(f"There is no article {article.pk} any more.")
    fill_relation(copy, "bylines", _BYLINES(article=copy.pk))
    fill_relation(copy, "topic_links", _TOPICS(article=copy.pk))
    return copy


_COPY = Prepared(
    lambda *, article: (
        Article.objects.select_for_update(of=("self",))
        # What few articles have is asked for where one has it.
        .select_related("section", "lead_picture__source", "translation_of")
        .filter(pk=article)
    )
)
_BYLINES = Prepared(
    lambda *, article: ArticleByline.objects.select_related("contributor").filter(
        article_id=article
    )
)
_TOPICS = Prepared(
    lambda *, article: ArticleTopic.objects.select_related("topic").filter(
        article_id=article
    )
)


def settled(found: Found | None) -> Found:
    """Return what the rules have made sure of."""
    if found is None:
        msg = "A rule let an act pass on something that is not there."
        raise RuntimeError(msg)
    return found


def write_version(
    act: Act, copy: Article, content: dict[str, Any], *, by: User, note: str = ""
) -> Version:
    """
    Log the act and keep what becomes public by it.

    Whoever comes here by another way than an act meets the gate all the same.

    :raises rules.ActRefused: the gate refuses the text
    """
    gate = gate_facts(copy, content, by=by)
    rules.raise_if_any(rules.refuse_at_gate(gate))
    nonce = new_nonce()
    content_hash = version_hash(content, note, nonce)
    number = copy.versions.count() + 1
    payload = {
        "version": number,
        "content_hash": content_hash,
        "gate": rules.gate_record(gate),
    }
    entry = log.append(act, copy, by=by, payload=payload)
    return Version.objects.create(
        article=copy,
        number=number,
        act=act,
        entry=entry,
        content=content,
        content_hash=content_hash,
        nonce=nonce,
        note=note,
        published_at=entry.recorded_at,
    )


def first_publication(copy: Article, version: Version) -> tuple[Publication, set[str]]:
    """Make an article public that never was; return what that makes stale too."""
    now = version.published_at
    publication = Publication(
        article=copy,
        uid=copy.uid,
        original_uid=original_uid(copy),
        language=copy.language,
        form=copy.form,
        purpose=copy.purpose,
        date=now.astimezone(timezone()).date(),
        published_at=now,
    )
    fill(publication, copy, version)
    publication.save(force_insert=True)
    count_day(publication)
    listed = place(publication, version.content)
    return publication, listed | stale.by_appearing(publication)


def next_publication(
    publication: Publication, copy: Article, version: Version
) -> set[str]:
    """Put a new version in the old one's place; return what that makes stale."""
    shown = Shown.of(publication)
    if publication.slug != copy.slug:
        remember_address(publication)
    fill(publication, copy, version)
    publication.save()
    count_day(publication)
    listed = place(publication, version.content)
    return listed | stale.by_version(publication, shown, version.number)


def fill(publication: Publication, copy: Article, version: Version) -> None:
    content = version.content
    publication.version = version
    publication.entry = version.entry
    publication.slug = content["slug"]
    publication.headline = content["headline"]
    publication.lede = content["lede"]
    publication.byline = content["byline"]
    publication.genre = content["genre"]
    publication.urgency = content["urgency"]
    publication.section = copy.section
    publication.story = copy.story
    publication.place = copy.place
    publication.picture = copy.lead_picture
    publication.updated_at = version.published_at


def remember_address(publication: Publication) -> None:
    FormerAddress.objects.get_or_create(
        language=publication.language,
        date=publication.date,
        slug_hash=slug_hash(publication.slug),
        defaults={"publication": publication},
    )


def place(publication: Publication, content: dict[str, Any] | None) -> set[str]:
    """
    Have it stand in the lists of what readers get now; None is nothing.

    Returns what that makes stale.
    """
    if content is None:
        return place_in_lists(publication, {})
    plain = dict.fromkeys(listing_keys(content), 1)
    return place_in_lists(publication, plain | source_lists(content))


def place_sources(publication: Publication, content: dict[str, Any]) -> set[str]:
    """Have it stand in the lists of its sources alone anew, and in the others still."""
    others = {place: 1 for place in listed_in(publication) if not is_of_source(place)}
    return place_in_lists(publication, others | source_lists(content))


def listed_in(publication: Publication) -> dict[tuple[str, str], int]:
    """Return the lists that it stands in, with its weight in each."""
    rows = _LISTED_IN(publication=publication.pk)
    return {(kind, key): weight for kind, key, weight in rows}


_LISTED_IN = Prepared(
    lambda *, publication: Listing.objects.filter(
        publication_id=publication
    ).values_list("kind", "key", "weight")
)


def place_in_lists(
    publication: Publication, lists: Mapping[tuple[str, str], int]
) -> set[str]:
    """Have it stand in these lists and no other; return what that makes stale."""
    rows, before = (
        Listing.objects.filter(publication=publication),
        listed_in(publication),
    )
    entered, left = lists.keys() - before.keys(), before.keys() - lists.keys()
    for kind, key in left:
        rows.filter(kind=kind, key=key).delete()
    Listing.objects.bulk_create(
        Listing(
            language=publication.language,
            kind=kind,
            key=key,
            weight=lists[kind, key],
            published_at=publication.published_at,
            publication=publication,
        )
        for kind, key in sorted(entered)
    )
    for kind, key in lists.keys() & before.keys():
        if lists[kind, key] != before[kind, key]:
            rows.filter(kind=kind, key=key).update(weight=lists[kind, key])
    counted = count_sources(publication.language, before, lists)
    return stale.by_listing(publication, entered, left) | counted


def count_day(publication: Publication) -> None:
    """Keep what the index of sitemaps says of the day an article stands under."""
    if publication.form != Form.ARTICLE:
        return
    told = {
        "day": publication.date.isoformat(),
        "form": Form.ARTICLE.value,
        "state": PublicState.PUBLIC.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_DAY, told)
        if not cursor.rowcount:
            PublicDay.objects.filter(date=publication.date).delete()


_COUNT_DAY = """
    INSERT INTO publishing_publicday (date, articles, updated_at)
    SELECT date, COUNT(id), MAX(updated_at) FROM publishing_publication
    WHERE form = %(form)s AND state = %(state)s AND date = %(day)s
    GROUP BY date
    ON CONFLICT (date) DO UPDATE
    SET articles = excluded.articles, updated_at = excluded.updated_at
"""


def mark_live(copy: Article, publication: Publication, *, revision: int | None) -> None:
    """Have the desk's copy say that it is public, and whether it has moved on."""
    Article.objects.filter(pk=copy.pk).update(
        live=True,
        live_revision_id=revision,
        first_published_at=publication.published_at,
        last_published_at=publication.updated_at,
        has_unpublished_changes=revision != copy.latest_revision_id,
        # The slug of what is public is the slug of the copy.
        slug=publication.slug,
    )


def settle_translations(copy: Article) -> None:
    mark_fresh(copy)
    mark_translations_stale(copy)


def tell(
    name: str,
    publication: Publication,
    entry: LogEntry,
    tags: set[str],
    *,
    hard: bool = False,
) -> None:
    """Record the event, and purge the pages that the act made stale."""
    told = sorted(tags)
    outbox.record(
        name,
        {
            "article": publication.article_id,
            "uid": str(publication.uid),
            "language": publication.language,
            "sequence": entry.sequence,
            "head": f"{entry.sequence}:{entry.hash}",
            "at": clock.now().isoformat(),
            "tags": told,
        },
    )
    purge(told, hard=hard, cause=f"{name} {publication.article_id}")
