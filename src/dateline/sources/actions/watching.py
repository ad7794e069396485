"""Asking addresses again, politely, and remembering what they answered."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet

from dateline.plumbing import clock
from dateline.plumbing.fetching import (
    AddressInsideNetwork,
    AddressMalformed,
    FetchRefusal,
)
from dateline.sources import rules
from dateline.sources.capturing import Probed, probe
from dateline.sources.models import KeptCopy, Source, WatchedLink

AT_ONCE = 5
"""How many addresses one round asks: a round ends within a minute, come what may."""

_ENROLLED_AT_ONCE = 500
_BETWEEN = timedelta(seconds=60)
_CLAIM = timedelta(minutes=15)
_LOOKED_AT = 200
_MOST_SECONDS = 30 * 86_400
_LONGEST_HOST = 255


def watch_addresses(addresses: Iterable[str]) -> int:
    """Have these addresses asked from now on; return how many are new."""
    now = clock.now()
    rows = {row.address_hash: row for row in _rows(addresses, now)}
    known = WatchedLink.objects.filter(address_hash__in=rows)
    for digest in known.values_list("address_hash", flat=True):
        del rows[digest]
    # Another process may come first: that row is as good.
    WatchedLink.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return len(rows)


def _rows(addresses: Iterable[str], now: datetime) -> Iterator[WatchedLink]:
    for address in addresses:
        host = _host(address)
        if host:
            yield WatchedLink(
                address=address,
                address_hash=hash_of(address),
                host=host,
                next_check_at=now,
            )


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    is_of_the_web = parts.scheme in {"http", "https"} and len(host) <= _LONGEST_HOST
    return host if is_of_the_web else ""


def hash_of(address: str) -> str:
    """Return the key of an address: no index is asked to hold 2,000 characters."""
    return hashlib.sha256(address.encode()).hexdigest()


def enroll_links() -> int:
    """Watch the addresses of sources and kept copies that are not watched yet."""
    sources = Source.objects.standing().exclude(url="")
    return _enroll(sources, "url") + _enroll(
        KeptCopy.objects.exclude(address=""), "address"
    )


def _enroll(rows: QuerySet[Source] | QuerySet[KeptCopy], field: str) -> int:
    watched = WatchedLink.objects.values("address")
    missing = rows.exclude(**{f"{field}__in": watched}).order_by("-pk")
    return watch_addresses(missing.values_list(field, flat=True)[:_ENROLLED_AT_ONCE])


def check_due_links(limit: int = AT_ONCE) -> int:
    """
    Ask some of the addresses that are due; return how many.

    A host is asked once a round, and not again within a minute.
    """
    asked = 0
    hosts: set[str] = set()
    now = clock.now()
    due = WatchedLink.objects.filter(next_check_at__lte=now)
    for link in due.order_by("next_check_at", "id")[:_LOOKED_AT]:
        if asked >= limit:
            break
        if link.host in hosts or not _may_ask(link, now):
            continue
        hosts.add(link.host)
        check_link(link)
        asked += 1
    return asked


def _may_ask(link: WatchedLink, now: datetime) -> bool:
    lately = WatchedLink.objects.filter(host=link.host, checked_at__gt=now - _BETWEEN)
    if lately.exists():
        return False
    # Whoever claims it first asks; if it dies at that, the claim runs out.
    due = WatchedLink.objects.filter(pk=link.pk, next_check_at=link.next_check_at)
    return bool(due.update(next_check_at=now + _CLAIM, checked_at=now))


def check_link(link: WatchedLink) -> WatchedLink:
    """Ask one address now, and write down what became of it."""
    status, says, may_ask, retry = _ask(link.address)
    now = clock.now()
    facts = rules.LinkFacts(
        failures=link.failures,
        failing_since_at=link.failing_since_at,
        status=status,
        may_ask=may_ask,
        retry_after=retry,
    )
    verdict = rules.judge_link(facts, now=now)
    link.state, link.failures = verdict.state, verdict.failures
    link.failing_since_at = verdict.failing_since_at
    link.next_check_at = verdict.next_check_at
    link.status, link.says, link.checked_at = status, says[:300], now
    link.save()
    return link


def _ask(address: str) -> tuple[int | None, str, bool, timedelta]:
    try:
        answer = probe(address, allowed_networks=settings.DATELINE_ALLOWED_NETWORKS)
    except (AddressInsideNetwork, AddressMalformed) as refusal:
        return None, str(refusal), False, timedelta(0)
    except FetchRefusal as refusal:
        return None, str(refusal), True, timedelta(0)
    return answer.status, "", True, _retry_after(answer)


def _retry_after(answer: Probed) -> timedelta:
    """Read RFC 9110's ``Retry-After``: seconds or a date; nonsense is no wait."""
    told = answer.retry_after.strip()
    if told.isdecimal():
        return timedelta(seconds=min(int(told[:12]), _MOST_SECONDS))
    try:
        until = parsedate_to_datetime(told)
        return max(timedelta(0), until - clock.now())
    except (ValueError, TypeError, OverflowError):
        return timedelta(0)
