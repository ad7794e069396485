"""What is cited is kept: pages as WARC, files, recordings and mails, all bounded."""

import gzip
import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from fastwarc.warc import ArchiveIterator, WarcRecordType

from dateline.plumbing import fetching
from dateline.sources import queries, refusals
from dateline.sources.actions import cite, keep_page, keep_upload
from dateline.sources.models import KeptCopy, Source
from dateline.sources.originals import read_original
from dateline.sources.vocabulary import KeptForm
from tests.sources.a_web import PAGE, web

__all__ = ["web"]

pytestmark = pytest.mark.django_db
MAIL = """From: =?utf-8?q?=D0=86=D0=BD=D0=B0?= <ina@port.example>
To: desk@news.example
Subject: The quay
Date: Mon, 2 Mar 2026 09:00:00 +0000
Message-ID: <1@port.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

We close two berths. «Лід».
--b
Content-Type: text/html; charset=utf-8

<p onclick="spy()">We close <b>two</b> berths.</p><script>spy()</script>
--b--
"""


def records(kept):
    """Read a kept WARC with a reader that is none of ours, checking its digests."""
    stream = BytesIO(read_original(kept.original_path))
    found = []
    for record in ArchiveIterator(stream, parse_http=False):
        assert record.verify_block_digest()
        record.parse_http()
        if record.record_type == WarcRecordType.response:
            assert record.verify_payload_digest()
        http = record.http_headers
        found.append(
            {
                "type": record.headers["WARC-Type"],
                "headers": dict(record.headers.items()),
                "status": http.status_code if http else None,
                "http": {n.lower(): v for n, v in http.items()} if http else {},
                "body": record.reader.read(),
            }
        )
    return found


def test_a_page_is_kept_with_what_was_asked_and_answered(web):
    kept = keep_page(f"{web.address}/page", by=None)

    info, answer, question = records(kept)
    assert [info["type"], answer["type"], question["type"]] == [
        "warcinfo",
        "response",
        "request",
    ]
    assert answer["headers"]["WARC-Target-URI"] == f"{web.address}/page"
    assert answer["headers"]["WARC-Date"].endswith("Z")
    assert answer["status"] == 200
    assert answer["http"]["etag"] == '"berth"'
    assert answer["body"] == PAGE.encode()
    assert question["http"]["user-agent"].startswith("Dateline/")
    concurrent = question["headers"]["WARC-Concurrent-To"]
    assert concurrent == answer["headers"]["WARC-Record-ID"]
    original = read_original(kept.original_path)
    assert gzip.decompress(original).startswith(b"WARC/1.1\r\n")
    assert hashlib.sha256(original).hexdigest() == kept.original_hash
    assert kept.form == KeptForm.PAGE
    assert kept.title == "Пором стоїть"
    assert kept.headers["etag"] == '"berth"'
    assert "set-cookie" not in kept.headers


def test_what_can_be_read_of_it_is_text_and_nothing_else(web):
    kept = keep_page(f"{web.address}/page", by=None)

    assert kept.text.splitlines() == [
        "Пором стоїть",
        "«Лід тримає пором», — сказала Іна Брук.",
    ]


def test_a_citation_gives_the_text_it_is_cited_from(web):
    from dateline.sources.actions.citing import CitedFrom

    source = Source.objects.create(name="The harbour board")
    kept = keep_page(f"{web.address}/page", by=None)
    cited = cite(source, by=None, found_in=CitedFrom(kept_copy=kept, place="line 2"))

    assert "«Лід тримає пором»" in queries.text_of(cited)
    assert queries.steps(cited)[0].is_kept


def test_a_packed_answer_is_kept_packed_and_read_unpacked(web):
    kept = keep_page(f"{web.address}/packed", by=None)

    answer = records(kept)[1]
    assert answer["http"]["content-encoding"] == "gzip"
    assert gzip.decompress(answer["body"]) == PAGE.encode()
    assert "«Лід тримає пором»" in kept.text


def test_chunks_are_joined_and_the_header_says_so(web):
    kept = keep_page(f"{web.address}/chunked", by=None)

    answer = records(kept)[1]
    assert answer["body"] == b"Two of five berths close."
    assert "transfer-encoding" not in answer["http"]
    assert answer["http"]["x-archive-orig-transfer-encoding"] == "chunked"
    assert kept.text == "Two of five berths close."


def test_every_redirect_is_kept(web):
    kept = keep_page(f"{web.address}/onward", by=None)

    answers = [one for one in records(kept) if one["type"] == "response"]
    assert [one["status"] for one in answers] == [301, 200]
    assert answers[0]["body"] == b"Over there."
    assert kept.address == f"{web.address}/page"
    assert kept.headers["x-asked-for"] == f"{web.address}/onward"


def test_what_has_no_text_is_kept_all_the_same(web):
    kept = keep_page(f"{web.address}/report", by=None)

    assert records(kept)[1]["body"].startswith(b"%PDF-1.7")
    assert kept.text == ""
    assert kept.headers["x-unread"] == "Of application/pdf no text is read here."


def test_a_bomb_is_kept_packed_and_never_unpacked(web):
    kept = keep_page(f"{web.address}/bomb", by=None)

    assert kept.original_size < 200_000
    assert "unpacks to more" in kept.headers["x-unread"]


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("large", fetching.AnswerTooLarge),
        ("flood", fetching.AnswerTooLarge),
        ("gone", fetching.AnswerRefused),
        ("round", fetching.TooManyRedirects),
        ("inside", fetching.AddressInsideNetwork),
    ],
)
def test_what_is_not_kept_says_why(web, path, refusal):
    with pytest.raises(refusal):
        keep_page(f"{web.address}/{path}", by=None)
    assert not KeptCopy.objects.exists()


def test_an_address_inside_a_network_is_refused(db):
    with pytest.raises(fetching.AddressInsideNetwork):
        keep_page("http://127.0.0.1:1/", by=None)
    with pytest.raises(fetching.AddressMalformed):
        keep_page("file:///etc/hostname", by=None)


def a_file(name, content):
    return SimpleUploadedFile(name, content)


def test_a_mail_is_kept_with_its_headers():
    kept = keep_upload(a_file("quay.eml", MAIL.encode()), by=None)

    assert kept.form == KeptForm.MAIL
    assert kept.title == "The quay"
    assert kept.headers["from"] == "Іна <ina@port.example>"
    assert kept.headers["date"].startswith("Mon, 2 Mar 2026")
    assert "We close two berths. «Лід»." in kept.text
    assert "spy" not in kept.text
    assert read_original(kept.original_path) == MAIL.encode()


def test_letters_that_no_encoding_was_told_for_are_read():
    head = "From: Іна <ina@port.example>\nSubject: Причал\n".encode()
    kept = keep_upload(a_file("raw.eml", head + b"X: \xff\n\nFog."), by=None)
    wrong = keep_upload(a_file("wrong.eml", b"From: \xff\xfe\n\nFog."), by=None)

    assert kept.headers["from"] == "Іна <ina@port.example>"
    assert kept.title == "Причал"
    assert wrong.headers["from"] == "\ufffd\ufffd"


def test_a_mail_of_a_million_parts_is_kept_and_its_headers_read():
    parts = "--b\r\n\r\nx\r\n" * 200_000
    head = MAIL.partition("\n\n")[0]
    kept = keep_upload(a_file("many.eml", f"{head}\n\n{parts}".encode()), by=None)

    assert (kept.title, kept.text) == ("The quay", "")
    assert kept.headers["x-unread"].startswith("It has more parts")


def test_a_mail_within_a_mail_without_end_is_refused():
    letter = "From: a@b.example\nContent-Type: message/rfc822\n\n" * 3_000
    with pytest.raises(refusals.MailUnreadable):
        keep_upload(a_file("deep.eml", letter.encode()), by=None)


def test_a_recording_and_a_file_are_kept():
    recording = keep_upload(a_file("call.MP3", b"ID3\x04 words"), by=None)
    notes = keep_upload(a_file("notes.txt", "Крига".encode()), by=None)

    assert (recording.form, recording.original_type) == ("recording", "audio/mpeg")
    assert (notes.form, notes.text) == ("file", "Крига")


def test_a_web_archive_is_kept_and_its_page_read(web):
    ours = keep_page(f"{web.address}/packed", by=None)
    archive = read_original(ours.original_path)

    kept = keep_upload(a_file("page.warc.gz", archive), by=None)

    assert kept.address == f"{web.address}/packed"
    assert "«Лід тримає пором»" in kept.text
    assert kept.original_hash == ours.original_hash
    assert kept.headers["x-captured-at"].startswith("20")


class Announced(SimpleUploadedFile):
    """A file of which only the size is there."""

    def __init__(self, name, size):
        super().__init__(name, b"WARC/1.1\r\n")
        self.size = size

    def chunks(self, _size=None):
        msg = "What is too large is not read."
        raise AssertionError(msg)


def a_warc_bomb():
    """Four records that unpack to 240 MB, in less than 400 KB."""
    head = (
        b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:"
        b"12345678-1234-1234-1234-123456789012>\r\nWARC-Date: 2026-01-01T00:00:00Z"
        b"\r\nContent-Length: 60000000\r\n\r\n"
    )
    return gzip.compress(head + bytes(60_000_000) + b"\r\n\r\n", 9) * 4


@pytest.mark.parametrize(
    ("file", "refusal", "says"),
    [
        (Announced("a.warc", 500_000_000), refusals.ArchiveTooLarge, "Keep the one"),
        (Announced("a.mp3", 300_000_001), refusals.CopyTooLarge, "At most 300 MB"),
        (Announced("a.pdf", 50_000_001), refusals.CopyTooLarge, "At most 50 MB"),
        (a_file("a.txt", b""), refusals.CopyEmpty, "nothing in it"),
        (a_file("a.warc", b"no archive"), refusals.ArchiveUnreadable, "as WARC"),
        (a_file("a.warc.gz", b"\x1f\x8b\x08broken"), refusals.KeepRefusal, "archive"),
        (a_file("a.eml", b"\x00\x01 no mail"), refusals.MailUnreadable, "as one"),
    ],
    ids=["warc", "recording", "file", "empty", "no warc", "torn", "no mail"],
)
def test_a_file_that_is_refused_says_why(file, refusal, says):
    with pytest.raises(refusal, match=says):
        keep_upload(file, by=None)
    assert not KeptCopy.objects.exists()


def test_an_archive_that_unpacks_to_too_much_is_refused():
    with pytest.raises(refusals.ArchiveUnpacksTooLarge):
        keep_upload(a_file("bomb.warc.gz", a_warc_bomb()), by=None)


def test_an_archive_without_a_page_is_refused(web):
    head = (
        "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        "WARC-Date: 2026-01-01T00:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    )
    with pytest.raises(refusals.ArchiveWithoutPage):
        keep_upload(a_file("info.warc", head.encode()), by=None)


def test_no_half_of_a_file_stays_behind(tmp_path, settings):
    settings.DATELINE_DATA = tmp_path

    class Torn(SimpleUploadedFile):
        def chunks(self, _size=None):
            yield b"half"
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011  (the one raised above)
        keep_upload(Torn("a.txt", b"whole"), by=None)
    assert [path for path in Path(tmp_path).rglob("*") if path.is_file()] == []
