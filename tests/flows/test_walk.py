"""
From a page outside to a tombstone, over HTTP, as an editor and a reader walk it.

`scripts/walk FILE…` walks any files in place of the invented pages below.
"""

import html
import os
import re
from pathlib import Path

import httpx
import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from dateline.articles.models import Article
from dateline.desk.vocabulary import EDITORS
from dateline.editions.models import Edition
from dateline.languages import LANGUAGES
from dateline.people.models import Contributor, User
from dateline.publishing.models import Publication
from dateline.publishing.verification import verify
from dateline.sources.models import WireItem
from tests.publishing.factories import a_section, an_edition

SAMPLES = Path(__file__).parents[1] / "wire_samples"
INVENTED = (
    "sahil-alyawm/bare_text-agency.txt",
    "tideline/ninjs-one.ninjs",
    "brisk-agency/web_page-linked-data.html",
)
WALKED = os.environ.get("WALK", "").split("\n") if os.environ.get("WALK") else [
    str(SAMPLES / name) for name in INVENTED
]  # fmt: skip
PASSWORD = "a long enough password 7"
CORRECTION = "An earlier version of this article misspelt a name in its first line."
REASON = "The page that this rested on was withdrawn, and we could not confirm it."


@pytest.fixture
def newsroom(transactional_db):
    for code in LANGUAGES:
        if code in {"en", "ar", "uk", "fr", "es", "hi", "zh-CN"}:
            an_edition(code)
    Edition.objects.filter(code="en").update(is_default=True)
    a_section("world")
    editor = User.objects.create_user("editor", password=PASSWORD)
    editor.groups.add(Group.objects.get(name=EDITORS))
    Contributor.objects.create(slug="editor", name="Ed Itor", account=editor)
    return editor


class Desk:
    """A browser at the desk: keeps cookies, sends each form with its token."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, follow_redirects=True, timeout=30)

    def post(self, path, data=None, files=None):
        token = self.http.cookies.get("dateline_csrf") or ""
        answer = self.http.post(
            path,
            data={**(data or {}), "csrfmiddlewaretoken": token},
            files=files,
            headers={"Referer": str(self.http.base_url.join(path))},
        )
        assert answer.status_code < 400, words(answer.text)[:3000]
        return answer

    def act(self, article, name, **fields):
        article.refresh_from_db()
        seen = {"seen_revision": article.latest_revision_id}
        return self.post(f"/desk/articles/{article.pk}/{name}/", {**seen, **fields})


@pytest.fixture
def desk(live_server):
    desk = Desk(live_server.url)
    with desk.http:
        yield desk


@pytest.fixture
def reader(live_server):
    with httpx.Client(base_url=live_server.url, timeout=30) as reader:
        yield reader


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


@pytest.mark.parametrize("file", WALKED, ids=lambda file: Path(file).name)
def test_a_page_from_outside_is_published_corrected_and_killed(  # noqa: PLR0915  (one walk)
    file, newsroom, desk, reader
):
    desk.http.get("/desk/login/")
    desk.post("/desk/login/", {"username": "editor", "password": PASSWORD})

    # Receive it.
    desk.post(
        "/desk/receive/", files={"file": (Path(file).name, Path(file).read_bytes())}
    )
    item = WireItem.objects.get()
    told = [p["text"] for p in item.content["paragraphs"] if p["kind"] == "paragraph"]
    assert item.headline
    assert len(told) > 1

    # Draft from it: every paragraph is attributed to its source.
    page = desk.http.get(f"/desk/wire/{item.pk}/").text
    assert words(told[0]) in words(page)
    language = "en" if item.language not in LANGUAGES else item.language
    section = a_section("world").pk
    desk.post(
        f"/desk/wire/{item.pk}/",
        {"language": language, "new_source": "A paper elsewhere", "section": section},
    )
    article = Article.objects.get()
    assert article.attributions.filter(wire_item=item).count() >= len(told)

    # A draft is nowhere.
    assert article.headline not in html.unescape(reader.get(f"/{language}/").text)

    # Finish and publish it.
    edit = reverse(article.snippet_viewset.get_url_name("edit"), args=[article.pk])
    assert words(article.headline) in words(desk.http.get(edit).text)
    write(article, newsroom, lede="What a paper elsewhere says of it.")
    desk.act(article, "publish")
    path = Publication.objects.get().path
    public = reader.get(path)
    assert public.status_code == 200
    for paragraph in told:
        assert words(paragraph) in words(public.text)
    assert "A paper elsewhere" in public.text
    for where in (f"/{language}/", f"/{language}/feed.rss", f"/{language}/latest/"):
        assert words(article.headline) in words(reader.get(where).text)

    # Correct it.
    write(article, newsroom, lede="What a paper elsewhere reports of it.")
    desk.act(article, "correct", reason=CORRECTION)
    for where in (
        path,
        f"/{language}/corrections/",
        f"/{language}/corrections/feed.rss",
    ):
        assert CORRECTION in reader.get(where).text
    assert "<ins>reports</ins>" in reader.get(f"{path}versions/1-2/").text

    # Kill it.
    desk.act(article, "kill", desk="Foreign desk", reason=REASON)
    for where in (path, f"{path}versions/", f"{path}versions/1/"):
        gone = reader.get(where)
        assert gone.status_code == 410
        assert REASON in gone.text
        assert words(told[0]) not in words(gone.text)
    assert words(article.headline) not in words(reader.get(f"/{language}/").text)
    assert verify().holds


def write(article, by, **values):
    """Save a newer draft."""
    fresh = Article.objects.get(pk=article.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save_revision(user=by)
