"""Bring the Topic rows up to the Media Topics that the package carries."""

from collections.abc import Iterable, Iterator, Mapping

from django.db import transaction

from dateline.articles import mediatopics
from dateline.articles.mediatopics import MediaTopic
from dateline.articles.models import Topic
from dateline.articles.tags import OTHER, named
from dateline.pagestore.actions import purge
from dateline.pagestore.edits import changes

# Rows go in few statements, or the first start of a newsroom would wait for them.
_BATCH = 500
_BEYOND_IPTC = 100_000_000

_State = tuple[dict[str, str], str | None, bool]
_Kept = tuple[int, _State]


def sync_topics() -> int:
    """
    Add new topics and change those that differ; return how many rows were written.

    Topics that the file does not know stay, since articles may carry them. A second
    call reads the table once and writes nothing.
    """
    kept = {
        code: (pk, (names, parent, is_retired))
        for pk, code, names, parent, is_retired in Topic.objects.values_list(
            "pk", "code", "names", "parent__code", "is_retired"
        )
    }
    topics = mediatopics.load()
    changed = [
        topic
        for topic in topics
        if topic.code not in kept or kept[topic.code][1] != _state(topic)
    ]
    if not changed:
        return 0
    keys = _keys(topics, {code: pk for code, (pk, _) in kept.items()})
    with transaction.atomic():
        Topic.objects.bulk_create(
            [_row(topic, keys) for topic in changed],
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["names", "parent", "is_retired"],
        )
        purge(_renamed(changed, kept), cause="media topics")
    return len(changed)


def _state(topic: MediaTopic) -> _State:
    return topic.names, topic.parent, topic.is_retired


def _renamed(changed: Iterable[MediaTopic], kept: Mapping[str, _Kept]) -> Iterator[str]:
    """Yield the tags of pages that call a topic otherwise than it is called now."""
    for topic in changed:
        before = kept.get(topic.code)
        old = Topic(code=topic.code, names=before[1][0]).readings() if before else {}
        new = Topic(code=topic.code, names=topic.names).readings()
        # Of a topic that is new, there are only pages that say it is not there.
        yield from changes(old, new) if old else [named("topic", topic.code, OTHER)]


def _keys(topics: Iterable[MediaTopic], kept: dict[str, int]) -> dict[str, int]:
    """
    Return the primary key of each code, in the database or about to be.

    IPTC's own number is the key of a new row, so that a parent's is known before it is
    written and one pass is enough.
    """
    keys = dict(kept)
    taken = set(kept.values())
    for code in (topic.code for topic in topics if topic.code not in kept):
        key = int(code.removeprefix("medtop:"))
        while key in taken:
            # SQLite counts on from the highest key: a topic of the newsroom's own may
            # have the number that IPTC has since given to another.
            key += _BEYOND_IPTC
        keys[code] = key
        taken.add(key)
    return keys


def _row(topic: MediaTopic, keys: dict[str, int]) -> Topic:
    return Topic(
        pk=keys[topic.code],
        code=topic.code,
        names=topic.names,
        parent_id=keys[topic.parent] if topic.parent else None,
        is_retired=topic.is_retired,
    )
