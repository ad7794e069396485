"""A public snapshot as a page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from dateline.articles.models import Named, Place, Section, Story, Topic
from dateline.articles.tags import looked_up
from dateline.editions.queries import live_editions
from dateline.languages import LANGUAGES
from dateline.languages.reading import reading_minutes
from dateline.pagestore.tags import read
from dateline.people.models import Contributor
from dateline.people.tags import portrait, profile
from dateline.plumbing.prepared import Prepared
from dateline.publishing import queries
from dateline.publishing.live import events_address
from dateline.publishing.models import Publication, Version
from dateline.publishing.vocabulary import Act
from dateline.sources.models import Picture
from dateline.sources.renditions import pictures_by_id
from dateline.website import ledger, presentation
from dateline.website.cards import picture_view
from dateline.website.machines.lists import FOLDERS
from dateline.website.machines.pictures import portrait_address
from dateline.website.pages import (
    ArticleView,
    Block,
    Byline,
    CorrectionView,
    Link,
    PictureView,
)


def article_view(publication: Publication, version: Version) -> ArticleView:
    """Return an article in one of its versions, with what stands round it now."""
    content = version.content
    translations = _translations(publication)
    at_hand = (publication.section, publication.story, publication.place)
    redactions = queries.redactions_of(publication)
    return ArticleView(
        **_copy(content),
        **_filing(content, *at_hand),
        url=publication.path,
        published_at=publication.published_at,
        updated_at=_changed_at(publication, version),
        corrections=tuple(
            CorrectionView(row.text, row.corrected_at)
            for row in queries.corrections_of(publication)
        ),
        redactions=tuple(
            CorrectionView(row.reason, row.redacted_at) for row in redactions
        ),
        translations=_others(publication, translations),
        original=_original(publication, translations),
        version=version.number,
        entry_number=version.entry.sequence,
        entry_hash=version.entry.hash,
        uid=str(publication.uid),
        last_entry=max([version.entry_id, *(row.entry_id for row in redactions)]),
        events=events_address(publication.uid),
    )


def version_view(publication: Publication, version: Version) -> ArticleView:
    """Return an article as it stood: its copy, and nothing of where it is filed now."""
    return ArticleView(
        **_copy(version.content),
        url=publication.path,
        published_at=publication.published_at,
        updated_at=version.published_at,
        translations=_others(publication, _translations(publication)),
    )


def title_view(publication: Publication) -> ArticleView:
    """Return an article for a page that does no more than lead to it."""
    return ArticleView(
        headline=publication.headline,
        url=publication.path,
        published_at=publication.published_at,
        updated_at=publication.published_at,
    )


def drafted_view(content: Mapping[str, Any], *, at: Any) -> ArticleView:
    """Return a snapshot that is not public, for the desk's preview."""
    told = _copy(content) | _filing(content)
    return ArticleView(**told, url="", published_at=at, updated_at=at)


def _changed_at(publication: Publication, version: Version) -> Any:
    """Return when a version last changed in substance, as its feeds say it too."""
    if version.act != Act.AMEND:
        return version.published_at
    # An amendment changes no fact, so it is no news.
    changed_at = queries.changed_at([publication])[publication.article_id]
    return min(changed_at, version.published_at)


def _copy(content: Mapping[str, Any]) -> dict[str, Any]:
    code = content["language"]
    pictures = pictures_by_id(_picture_ids(content))
    return {
        "headline": content["headline"],
        "lede": content["lede"],
        "dateline": content["dateline"],
        "picture": _shown(content["picture"], pictures, code),
        "body": tuple(
            _with_pictures(block, pictures, code)
            for block in _with_links(presentation.blocks(content))
        ),
    }


def _filing(
    content: Mapping[str, Any],
    section: Section | None = None,
    story: Story | None = None,
    place: Place | None = None,
) -> dict[str, Any]:
    """Return where a snapshot is filed; the rows given may be those that it names."""
    code = content["language"]
    return {
        "genre": content["genre"],
        "byline_note": content["byline_note"],
        "section": _named(Section, content["section"], code, section),
        "story": _named(Story, content["story"], code, story),
        "place": _named(Place, content["place"], code, place),
        "topics": _topics(content["topics"], code),
        "byline": bylines(content["byline"], code),
        "sources": ledger.source_lines(content),
        "differences": tuple(chain(*ledger.differences(content).values())),
        "marks": ledger.mark_lines(content),
        "disclosures": tuple(row["text"] for row in content.get("disclosures", ())),
        "overrides": ledger.override_reasons(content),
        "minutes": max(
            1, reading_minutes(code, " ".join(presentation.words_of(content["body"])))
        ),
    }


FILED_UNDER = {Section: "sections", Story: "stories", Place: "places"}


def _named(
    model: type[Named], slug: str | None, code: str, at_hand: Named | None
) -> Link | None:
    if not slug:
        return None
    folder = FILED_UNDER[model]
    known = at_hand is not None and at_hand.slug == slug
    row = at_hand if known else model._default_manager.filter(slug=slug).first()
    if row is None:
        read(*looked_up(FOLDERS[folder].value, slug, code))
        return None
    read(*row.tags_in(code))
    return Link(row.name_in(code), f"/{code}/{folder}/{slug}/")


def _topics(codes: Sequence[str], code: str) -> tuple[Link, ...]:
    if not codes:
        return ()
    rows = {row.code: row for row in _TOPICS(codes=list(codes))}
    for one in codes:
        found = rows.get(one)
        read(*(found.tags_in(code) if found else looked_up("topic", one, code)))
    return tuple(
        Link(rows[one].name_in(code), f"/{code}/topics/{rows[one].slug}/")
        for one in codes
        if one in rows
    )


_TOPICS = Prepared(lambda *, codes: Topic.objects.filter(code__in=codes))
_CONTRIBUTORS = Prepared(lambda *, slugs: Contributor.objects.filter(slug__in=slugs))


def bylines(names: Sequence[Mapping[str, Any]], code: str) -> tuple[Byline, ...]:
    """Return the names over a text, with what their contributors say of themselves."""
    slugs = [who["slug"] for who in names]
    rows = {row.slug: row for row in _CONTRIBUTORS(slugs=slugs)} if slugs else {}
    return tuple(_byline(who, rows.get(who["slug"]), code) for who in names)


def _byline(who: Mapping[str, Any], row: Contributor | None, code: str) -> Byline:
    read(profile(who["slug"], code), portrait(who["slug"]))
    return Byline(
        name=who["name"],
        url=f"/{code}/by/{who['slug']}/",
        kind=who["kind"],
        role=row.roles.get(code, "") if row else "",
        portrait=portrait_address(row) if row else "",
        biography=row.biographies.get(code, "") if row else "",
    )


def _picture_ids(content: Mapping[str, Any]) -> set[int]:
    found = [content["picture"]] if content["picture"] else []
    for block in content["body"]:
        if block["type"] == "picture":
            found.append(block["value"])
        elif block["type"] == "gallery":
            found += block["value"]["pictures"]
    return {picture["id"] for picture in found}


def _shown(
    told: Mapping[str, Any] | None, pictures: Mapping[int, Picture], code: str
) -> PictureView | None:
    """Return a picture with the words that were published beside it."""
    row = pictures.get(told["id"]) if told else None
    if told is None or row is None:
        return None
    view = picture_view(
        row, code, alt=told["alt"], caption=told["caption"], credit=told["credit"]
    )
    taken_on = told.get("taken_on")
    return replace(
        view,
        archive=bool(told.get("archive")),
        taken_on=date.fromisoformat(taken_on) if taken_on else None,
    )


def _with_pictures(block: Block, pictures: Mapping[int, Picture], code: str) -> Block:
    if block.type == "picture":
        return _replaced(block, _shown(block.value, pictures, code))
    if block.type == "gallery":
        shown = [_shown(one, pictures, code) for one in block.value["pictures"]]
        return _replaced(block, {**block.value, "pictures": [s for s in shown if s]})
    return block


def _with_links(blocks: Sequence[Block]) -> list[Block]:
    """Give related links the address and headline that their articles have now."""
    uids = [
        b.value["article"] for b in blocks if b.type == "related" and b.value["article"]
    ]
    public = queries.by_uid(uids) if uids else {}
    return [linked for block in blocks if (linked := _linked(block, public))]


def _linked(block: Block, public: Mapping[str, Publication]) -> Block | None:
    if block.type != "related":
        return block
    found = public.get(str(block.value["article"]))
    if found:
        value = {**block.value, "title": found.headline, "url": found.path}
        return _replaced(block, value)
    # A link to an article that is not public, or no longer, leads nowhere.
    return block if block.value["url"] else None


def _replaced(block: Block, value: Any) -> Block:
    return replace(block, value=value)


def _translations(publication: Publication) -> list[Publication]:
    """Return the article in each language in which readers can open it."""
    # An edition that is closed has pages that nobody can open.
    live = {edition.code for edition in live_editions()}
    found = queries.public_translations(publication)
    return [row for row in found if row.language in live]


def _others(
    publication: Publication, translations: Sequence[Publication]
) -> tuple[Link, ...]:
    return tuple(_in_language(row) for row in translations if row.pk != publication.pk)


def _original(
    publication: Publication, translations: Sequence[Publication]
) -> Link | None:
    """Return what the article was translated from, if readers can get it."""
    if publication.uid == publication.original_uid:
        return None
    originals = (r for r in translations if r.uid == publication.original_uid)
    return next((_in_language(row) for row in originals), None)


def _in_language(row: Publication) -> Link:
    language = LANGUAGES[row.language]
    return Link(language.autonym, row.path, lang=language.tag)
