"""Everything around the articles: settings, editions, lists, people, sources."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db.models import QuerySet

from dateline.articles.models import Place, Section, Story, Topic
from dateline.demo.drawing import encoded, portrait
from dateline.demo.reading import Paper
from dateline.editions.models import Edition, Newsroom
from dateline.people.models import Contributor, User
from dateline.people.vocabulary import ContributorKind
from dateline.sources.models import Citation, Picture, Source

PORTRAIT = 480


@dataclass
class OpenNewsroom:
    """What stands ready for the articles, by the keys of the paper's files."""

    sections: dict[str, Section]
    stories: dict[str, Story]
    places: dict[str, Place]
    users: dict[str, User]
    contributors: dict[str, Contributor]
    topics: dict[str, Topic]
    sources: dict[str, Source] = field(default_factory=dict)
    citations: dict[str, Citation] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)


def open_newsroom(paper: Paper, picture_width: int) -> OpenNewsroom:
    """Write the newsroom's frame. Call it inside the load's transaction."""
    portraits = min(PORTRAIT, picture_width)
    _settings(paper.newsroom)
    _editions(paper.editions)
    users = _users(paper.contributors)
    return OpenNewsroom(
        sections={
            slug: Section.objects.create(slug=slug, names=names, position=position)
            for position, (slug, names) in enumerate(paper.sections.items())
        },
        stories={
            slug: Story.objects.create(slug=slug, names=names)
            for slug, names in paper.stories.items()
        },
        places={
            slug: Place.objects.create(slug=slug, **place)
            for slug, place in paper.places.items()
        },
        users=users,
        contributors=_contributors(paper.contributors, users, portraits),
        topics={topic.code: topic for topic in _topics(paper)},
    )


def _topics(paper: Paper) -> QuerySet[Topic]:
    codes = {code for piece in paper.pieces for code in piece.topics}
    return Topic.objects.filter(code__in=codes)


def _settings(entry: dict[str, Any]) -> None:
    newsroom = Newsroom.load()
    for name, value in entry.items():
        setattr(newsroom, name, value)
    newsroom.founded_date = date.fromisoformat(entry["founded_date"])
    newsroom.save()


def _editions(entries: dict[str, dict[str, Any]]) -> None:
    Edition.objects.filter(is_default=True).update(is_default=False)
    for position, (code, entry) in enumerate(entries.items()):
        Edition.objects.update_or_create(
            code=code, defaults={**entry, "is_live": True, "position": position}
        )


def _users(entries: dict[str, dict[str, Any]]) -> dict[str, User]:
    """Make an account for each person; none can be signed in to as it stands."""
    # The newsroom's own groups; the desk's migrations make them.
    reporters, editors = (
        Group.objects.get(name=name) for name in ("Reporters", "Editors")
    )
    users = {}
    for slug, entry in entries.items():
        if entry["kind"] != "person":
            continue
        first, _, last = entry["name"].partition(" ")
        user = User(username=slug, first_name=first, last_name=last)
        user.set_unusable_password()
        user.save()
        user.groups.add(editors if entry.get("editor") else reporters)
        users[slug] = user
    return users


def _contributors(
    entries: dict[str, dict[str, Any]], users: dict[str, User], width: int
) -> dict[str, Contributor]:
    made = {}
    for slug, entry in entries.items():
        contributor = Contributor(
            slug=slug,
            kind=ContributorKind(entry["kind"]),
            name=entry["name"],
            names=entry["names"],
            roles=entry["roles"],
            biographies=entry["biographies"],
            account=users.get(slug),
            vouched_by=users.get(entry.get("vouched_by", "")),
            vouched_reason=entry.get("vouched_reason", ""),
        )
        storage = Contributor._meta.get_field("portrait").storage
        name = f"portraits/{slug}.jpg"
        # A load that was cut short may have left the file.
        storage.delete(name)
        contributor.portrait = storage.save(
            name, ContentFile(encoded(portrait(slug, width)))
        )
        contributor.save()
        made[slug] = contributor
    return made
