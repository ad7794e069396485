"""Whether a kept page may be served."""

import pytest

from dateline.pagestore.front.decisions import LONGEST_STALE_SECONDS, decide
from dateline.pagestore.front.vocabulary import Verdict
from dateline.pagestore.vocabulary import Found, Page

NOW = 1_000_000.0
JUST_NOW = NOW - 1
LONG_AGO = NOW - LONGEST_STALE_SECONDS


def found(purged_at=None, expires_at=None):
    page = Page(status=200, headers=(), etag="", plain=b"x", expires_at=expires_at)
    return Found(page, purged_at)


@pytest.mark.parametrize(
    ("page", "up", "down"),
    [
        (None, Verdict.RENDER, Verdict.RENDER),
        (found(), Verdict.SERVE, Verdict.SERVE),
        (found(expires_at=NOW + 1), Verdict.SERVE, Verdict.SERVE),
        (found(purged_at=JUST_NOW), Verdict.SERVE_AND_RENEW, Verdict.SERVE),
        (found(expires_at=JUST_NOW), Verdict.SERVE_AND_RENEW, Verdict.SERVE),
        (found(purged_at=LONG_AGO), Verdict.RENEW_FIRST, Verdict.SERVE),
        (found(expires_at=LONG_AGO), Verdict.RENEW_FIRST, Verdict.SERVE),
        # What counts is the older of the two changes that it does not show.
        (found(JUST_NOW, expires_at=LONG_AGO), Verdict.RENEW_FIRST, Verdict.SERVE),
        (found(LONG_AGO, expires_at=JUST_NOW), Verdict.RENEW_FIRST, Verdict.SERVE),
    ],
)
def test_a_page_is_served_by_its_age_and_by_whether_django_is_there(page, up, down):
    assert decide(page, now=NOW, is_up=True) is up
    assert decide(page, now=NOW, is_up=False) is down
