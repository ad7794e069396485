"""Audio and video reach players whole and in parts; nothing runs in a browser."""

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from dateline.publishing import actions
from dateline.sources.media import address
from dateline.sources.models import MediaFile
from dateline.website.machines.files import _span
from tests.publishing.factories import a_draft, an_editor

SOUND = bytes(range(256)) * 40


@pytest.fixture
def sound(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return MediaFile.objects.create(
        title="The noon gun", file=ContentFile(SOUND, "noon-gun.mp3")
    )


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_an_article_plays_what_it_shows(client, sound):
    block = {
        "type": "audio",
        "value": {"file": sound.pk, "title": "", "transcript": ""},
    }
    draft = a_draft(body=[block])
    page = client.get(actions.publish_article(draft, by=an_editor()).path)
    assert f'src="{address(sound)}"' in page.content.decode()
    answer = client.get(address(sound))
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert body(answer) == SOUND
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "status", "told", "part"),
    [
        ("bytes=0-99", 206, "bytes 0-99/10240", SOUND[:100]),
        ("bytes=10000-", 206, "bytes 10000-10239/10240", SOUND[10000:]),
        ("bytes=-40", 206, "bytes 10200-10239/10240", SOUND[-40:]),
        ("bytes=10230-99999", 206, "bytes 10230-10239/10240", SOUND[10230:]),
        ("bytes=0-1,5-9", 200, None, SOUND),
        ("lines=1-2", 200, None, SOUND),
        ("bytes=nonsense", 200, None, SOUND),
    ],
)
def test_ranges(client, sound, asked, status, told, part):
    answer = client.get(address(sound), headers={"Range": asked})
    assert answer.status_code == status
    assert answer.headers.get("Content-Range") == told
    assert body(answer) == part
    assert answer.headers["Content-Length"] == str(len(part))


def test_a_range_beyond_the_end_is_refused(client, sound):
    answer = client.get(address(sound), headers={"Range": "bytes=10240-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == "bytes */10240"


def test_head_tells_the_length_and_sends_nothing(client, sound):
    answer = client.head(address(sound))
    assert answer.headers["Content-Length"] == "10240"
    assert answer.content == b""


def test_what_is_not_played_is_a_download_that_cannot_run(client, sound):
    page = MediaFile.objects.create(
        title="x", file=ContentFile(b"<script>alert(1)</script>", "page.html")
    )
    answer = client.get(address(page))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    body(answer)


@pytest.mark.parametrize(
    "path", ["/files/0000/noon-gun.mp3", "/files/x/../../etc/passwd"]
)
def test_what_is_not_there_is_not_found(client, sound, path):
    assert client.get(path).status_code == 404
    assert client.get(address(sound).replace("noon", "moon")).status_code == 404


@given(st.text(max_size=60), st.integers(0, 10**12))
def test_any_range_header_has_an_answer(header, size):
    span = _span(header, size)
    assert span is None or span == (0, 0) or 0 <= span[0] < span[1] <= size
