"""Writing to the log. Only actions call this, inside their transaction."""

from typing import Any

from dateline.articles.models import Article
from dateline.pagestore.tags import once
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.publishing import signing
from dateline.publishing.chain import GENESIS, Link
from dateline.publishing.models import ChainHead, LogEntry
from dateline.publishing.vocabulary import Act


def take_turn() -> ChainHead:
    """
    Wait until no other act is under way, and hold the turn until this one ends.

    Rules look at what is public (an address that is taken, an article that is out).
    Without a turn two acts could each look before the other writes. Within one act
    the turn is taken once.
    """
    return once("log.head", _take_turn)


def _take_turn() -> ChainHead:
    head, _ = ChainHead.objects.select_for_update().get_or_create(
        id=1, defaults={"hash": GENESIS}
    )
    return head


def append(
    act: Act, article: Article, *, by: User, payload: dict[str, Any]
) -> LogEntry:
    """
    Chain, sign and keep one entry.

    The caller holds a transaction and its turn.
    """
    head = take_turn()
    link = Link(
        sequence=head.sequence + 1,
        act=act.value,
        recorded_at=clock.now(),
        article=str(article.uid),
        actor=by.pk,
        payload=payload,
        previous_hash=head.hash,
    )
    digest = link.digest()
    entry = LogEntry.objects.create(
        sequence=link.sequence,
        act=link.act,
        recorded_at=link.recorded_at,
        article=article,
        actor=by,
        payload=payload,
        previous_hash=link.previous_hash,
        hash=digest,
        signature=signing.sign(digest.encode()),
    )
    head.sequence, head.hash = entry.sequence, digest
    head.save(update_fields=["sequence", "hash"])
    return entry
