"""The lists an edition has, by their addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dateline import languages
from dateline.articles.models import Named, Place, Section, Story, Topic
from dateline.articles.tags import looked_up
from dateline.editions.models import Edition
from dateline.editions.queries import live_edition
from dateline.pagestore.tags import read
from dateline.people.models import Contributor
from dateline.people.tags import OTHER, contributor
from dateline.plumbing.prepared import Prepared
from dateline.publishing.vocabulary import ListKind

FOLDERS = {
    "sections": ListKind.SECTION,
    "topics": ListKind.TOPIC,
    "places": ListKind.PLACE,
    "stories": ListKind.STORY,
    "by": ListKind.CONTRIBUTOR,
}
_FOLDER_OF = {kind: folder for folder, kind in FOLDERS.items()}
_TOPIC_PREFIX = "medtop:"


@dataclass(frozen=True, slots=True)
class ListOfArticles:
    """One list of an edition; the latest of all has neither key nor name."""

    code: str
    kind: ListKind
    key: str = ""
    name: str = ""

    @property
    def path(self) -> str:
        if self.kind == ListKind.LATEST:
            return f"/{self.code}/"
        slug = self.key.removeprefix(_TOPIC_PREFIX)
        return f"/{self.code}/{_FOLDER_OF[self.kind]}/{slug}/"


def find_edition(code: str) -> Edition | None:
    """Return the edition if readers can open it."""
    return live_edition(code)


def canonical_code(code: str) -> str | None:
    """Return the paper's own code for another name of a language: `he` is `iw`."""
    language = languages.find(code)
    return language.code if language else None


def find_list(code: str, folder: str, slug: str) -> ListOfArticles | None:
    """Return the list at an address, or None where there is none."""
    if not folder:
        return ListOfArticles(code, ListKind.LATEST)
    kind = FOLDERS.get(folder)
    if kind is None:
        return None
    key = _TOPIC_PREFIX + slug if kind == ListKind.TOPIC else slug
    name = _NAMES[kind](key, code)
    return ListOfArticles(code, kind, key, name) if name else None


def _named_by_slug(kind: ListKind, rows: QuerySet[Any]) -> Callable[[str, str], str]:
    found = Prepared(lambda *, slug: rows.filter(slug=slug)[:1])

    def name(slug: str, code: str) -> str:
        row: Named | None = found.first(slug=slug)
        read(*(row.tags_in(code) if row else looked_up(kind.value, slug, code)))
        return row.name_in(code) if row else ""

    return name


def _topic(key: str, code: str) -> str:
    row = _TOPIC.first(code=key)
    read(*(row.tags_in(code) if row else looked_up("topic", key, code)))
    return row.name_in(code) if row else ""


def _contributor(slug: str, code: str) -> str:
    row = _CONTRIBUTOR.first(slug=slug)
    own, common = contributor(slug, code), contributor(slug, OTHER)
    read(*((own,) if row and row.names.get(code) else (own, common)))
    return (row.names.get(code) or row.name) if row else ""


_TOPIC = Prepared(lambda *, code: Topic.objects.filter(code=code)[:1])
_CONTRIBUTOR = Prepared(lambda *, slug: Contributor.objects.filter(slug=slug)[:1])
_NAMES: dict[ListKind, Callable[[str, str], str]] = {
    ListKind.SECTION: _named_by_slug(ListKind.SECTION, Section.objects.all()),
    ListKind.TOPIC: _topic,
    ListKind.PLACE: _named_by_slug(ListKind.PLACE, Place.objects.all()),
    ListKind.STORY: _named_by_slug(ListKind.STORY, Story.objects.all()),
    ListKind.CONTRIBUTOR: _contributor,
}
