"""Files at addresses that other programs know by heart."""

import subprocess
from datetime import UTC, datetime

import pytest
import time_machine

from dateline.editions.models import Newsroom
from dateline.publishing.models import LogEntry
from dateline.publishing.verification import verify
from tests.publishing.factories import an_edition
from tests.website.machines.newsroom import published

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
SECURITY = "/.well-known/security.txt"


def newsroom(**values) -> None:
    Newsroom.objects.update_or_create(pk=Newsroom.load().pk, defaults=values)


def lines(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return response.content.decode().splitlines()


def test_robots_may_read_all_but_the_desk(client):
    assert lines(client, "/robots.txt") == [
        "User-agent: *",
        "Disallow: /desk/",
        "",
        "Sitemap: http://127.0.0.1:8000/sitemap.xml",
    ]


def test_without_a_contact_there_is_no_security_txt(client):
    assert client.get(SECURITY).status_code == 404


def test_security_txt_names_the_contact_and_when_it_ends(client):
    newsroom(security_contact="holes@paper.example")
    an_edition("iw")
    with time_machine.travel(MONDAY, tick=False):
        told = dict(line.split(": ", 1) for line in lines(client, SECURITY))
    assert told["Contact"] == "mailto:holes@paper.example"
    assert told["Preferred-Languages"] == "en, he"
    assert told["Expires"] == "2027-06-01T00:00:00Z"


def test_security_txt_never_lasts_a_year(client):
    newsroom(security_contact="https://paper.example/security")
    for month in range(1, 13):
        now = datetime(2026, month, 28, 23, 59, tzinfo=UTC)
        with time_machine.travel(now, tick=False):
            told = dict(line.split(": ", 1) for line in lines(client, SECURITY))
        ahead = datetime.fromisoformat(told["Expires"]) - now
        assert 150 < ahead.days < 220


@pytest.mark.parametrize(
    "contact", ["javascript:alert(1)", "call us", "https://x\nExpires: never", "a@b@c"]
)
def test_a_contact_that_is_no_address_is_not_told(client, contact):
    newsroom(security_contact=contact)
    assert client.get(SECURITY).status_code == 404


@pytest.mark.parametrize("path", ["/trust.txt", "/.well-known/trust.txt"])
def test_trust_txt_says_what_is_known_and_what_was_written(client, path):
    newsroom(
        trust_links="belongto=https://press.example/\n Member = https://m.example\n"
        "datatrainingallowed=NO\nnonsense=1\ncontrol=javascript:alert(1)\nsocial=\n",
        social_links="Mastodon https://social.example/@paper\n",
        email="desk@paper.example",
    )
    ownership = published(
        form="standing",
        purpose="ownership",
        headline="Who owns us",
        section=None,
        bylines=(),
    )
    assert lines(client, path) == [
        "member=https://m.example",
        "belongto=https://press.example/",
        "social=https://social.example/@paper",
        f"disclosure=http://127.0.0.1:8000{ownership.path}",
        "contact=mailto:desk@paper.example",
        "datatrainingallowed=no",
    ]


def test_without_anything_to_say_there_is_no_trust_txt(client):
    assert client.get("/trust.txt").status_code == 404


def test_the_head_of_the_log_is_there_for_strangers(client):
    published()
    told = client.get("/log/head.json").json()
    entry = LogEntry.objects.order_by("-sequence").first()
    assert (told["sequence"], told["hash"]) == (entry.sequence, entry.hash)
    assert verify(against=told["head"]).holds
    assert set(told) == {
        "sequence",
        "hash",
        "head",
        "signature",
        "recorded_at",
        "algorithm",
        "key",
        "key_id",
    }


def test_openssl_alone_can_check_the_head(client, tmp_path):
    published()
    told = client.get("/log/head.json").json()
    (tmp_path / "key.pem").write_bytes(client.get("/log/key.pem").content)
    (tmp_path / "hash").write_text(told["hash"])
    (tmp_path / "signature").write_bytes(bytes.fromhex(told["signature"]))
    asked = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "key.pem",
        "-rawin",
        "-in",
        "hash",
    ]
    answer = subprocess.run(
        [*asked, "-sigfile", "signature"], cwd=tmp_path, capture_output=True, check=True
    )
    assert b"Success" in answer.stdout


def test_an_empty_log_has_a_head_too(client):
    assert client.get("/log/head.json").json()["sequence"] == 0
