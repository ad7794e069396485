"""The desk's pages run no inline script, whatever Wagtail writes into them."""

import re

import pytest

from tests.publishing.factories import a_draft

pytestmark = pytest.mark.django_db

EXECUTED = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:application/json|text/x))"
)
HANDLER = re.compile(r"<[a-z][^>]*\son[a-z]+=", re.IGNORECASE)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "articles/",
        "articles/add/",
        "articles/edit/{pk}/",
        "articles/history/{pk}/",
        "articles/{pk}/publish/",
        "receive/",
        "wire/",
        "sections/add/",
        "contributors/add/",
        "images/add/",
        "account/",
    ],
)
def test_no_page_of_the_desk_runs_an_inline_script(editors_desk, reporter, address):
    article = a_draft(by=reporter)

    answer = editors_desk.get(f"/desk/{address.format(pk=article.pk)}")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert not EXECUTED.search(page)
    assert not HANDLER.search(page)
    policy = answer.headers["Content-Security-Policy"]
    scripts = next(d for d in policy.split(";") if d.strip().startswith("script-src"))
    assert "unsafe" not in scripts
