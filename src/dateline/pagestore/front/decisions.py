"""What to do with a request for a page: pure, with the clock handed in."""

from dateline.pagestore.front.vocabulary import Verdict
from dateline.pagestore.vocabulary import Found

LONGEST_STALE_SECONDS = 10.0
"""How old a change may be that a served page does not show, while Django answers."""


def decide(found: Found | None, *, now: float, is_up: bool) -> Verdict:
    """
    Tell whether a kept page may be served.

    A fresh one always. A stale one for a few seconds while a new one is rendered, and
    without bound while Django is down: an old page is better than none. One that was
    withdrawn is never found.
    """
    if found is None:
        return Verdict.RENDER
    since = stale_since(found, now=now)
    if since is None:
        return Verdict.SERVE
    if not is_up:
        return Verdict.SERVE
    if now - since < LONGEST_STALE_SECONDS:
        return Verdict.SERVE_AND_RENEW
    return Verdict.RENEW_FIRST


def stale_since(found: Found, *, now: float) -> float | None:
    """Return since when a page has been stale, by a purge or by its own date."""
    expired_at = found.page.expires_at
    if expired_at is None or expired_at > now:
        return found.purged_at
    return expired_at if found.purged_at is None else min(found.purged_at, expired_at)
