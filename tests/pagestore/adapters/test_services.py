"""Purging services are told as their documentation wants it."""

import socket

import pytest

from dateline.pagestore.adapters.choosing import adapter_for, parse
from dateline.pagestore.adapters.marks import CROWDED
from dateline.pagestore.adapters.vocabulary import (
    CacheBusy,
    CacheNotTold,
    CacheRefused,
    CacheTooSlow,
    CacheUnreachable,
    SecretRefused,
    Secrets,
)
from tests.pagestore.adapters import services

ODD = ["two words", "a,b", "ميناء", "line\r\nX: 1", "x" * 3_000, "per%cent"]


@pytest.fixture(params=["fastly", "cloudflare"])
def kind(request):
    return request.param


@pytest.fixture
def service(kind):
    with services.opened(getattr(services, kind)) as service:
        yield service


def adapter(kind, port, *, token=services.TOKEN, seconds=5.0):
    paths = {
        "fastly": "SU1Z0isxPaozGVKXdv0eY",
        "cloudflare": "client/v4" + "/023e105f4ecef8ad9ca31a8372d0c353",
    }
    cache = parse(f"{kind}+http://127.0.0.1:{port}/{paths[kind]}")
    secrets = Secrets(fastly=token, cloudflare=token)
    return adapter_for(cache, secrets, seconds=seconds)


def test_tags_are_purged_in_as_few_calls_as_they_take(kind, service):
    tags = [f"article:{number}" for number in range(600)]
    adapter(kind, service.port).purge(tags, [], hard=True)
    assert service.purged() == {*tags, CROWDED}
    assert len(service.calls) == {"fastly": 3, "cloudflare": 7}[kind]
    assert not any(soft for _, soft in service.calls)


def test_tags_of_any_kind_are_taken(kind, service):
    adapter(kind, service.port).purge(ODD, [], hard=False)
    assert len(service.purged()) == len(ODD) + 1


def test_fastly_is_told_that_a_purge_is_soft():
    with services.opened(services.fastly) as service:
        adapter("fastly", service.port).purge(["article:1"], [], hard=False)
        assert [soft for _, soft in service.calls] == [True]


def test_a_wrong_token_is_named_and_not_shown(kind, service):
    with pytest.raises(SecretRefused, match="token") as refused:
        adapter(kind, service.port, token="a-wrong-one").purge(["a"], [], hard=True)
    assert "a-wrong-one" not in str(refused.value)
    assert not service.calls


def test_without_a_token_nothing_is_sent(kind, service):
    with pytest.raises(SecretRefused, match=f"purge_{kind}_token"):
        adapter(kind, service.port, token="").purge(["a"], [], hard=True)
    assert not service.calls


def test_a_service_that_asks_to_wait_says_how_long(kind, service):
    service.refusals.append((429, {"Retry-After": "17"}, b"slow down"))
    with pytest.raises(CacheBusy) as busy:
        adapter(kind, service.port).purge(["a"], [], hard=True)
    assert busy.value.wait_seconds == 17


@pytest.mark.parametrize("status", [302, 400, 404, 500, 502])
def test_other_answers_are_refusals_in_one_short_line(kind, service, status):
    said = b"<p>no\r\n\x1b[31m" + b"y" * 100_000
    service.refusals.append((status, {"Location": "http://127.0.0.1:1/"}, said))
    with pytest.raises(CacheRefused, match=str(status)) as refused:
        adapter(kind, service.port).purge(["a"], [], hard=True)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 400


def test_an_answer_that_does_not_say_success_is_none():
    with services.opened(services.cloudflare) as service:
        service.refusals.append((200, {}, b'{"success": false}'))
        with pytest.raises(CacheRefused):
            adapter("cloudflare", service.port).purge(["a"], [], hard=True)


def test_a_purge_that_failed_half_way_can_be_told_again(kind, service):
    tags = [f"article:{number}" for number in range(600)]
    told = adapter(kind, service.port)
    told.purge(tags[:300], [], hard=True)
    service.refusals.append((500, {}, b""))
    with pytest.raises(CacheRefused):
        told.purge(tags, [], hard=True)
    told.purge(tags, [], hard=True)
    assert service.purged() == {*tags, CROWDED}


def test_nobody_there_is_told_as_such(kind):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(CacheUnreachable, match="purge_caches"):
            adapter(kind, port).purge(["a"], [], hard=True)


@pytest.mark.parametrize("kind", ["fastly", "varnish", "nginx"])
def test_one_who_never_answers_is_left_in_time(kind):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        path = "/SERVICE" if kind == "fastly" else ""
        cache = parse(f"{kind}+http://127.0.0.1:{port}{path}")
        told = adapter_for(cache, Secrets(fastly="x"), seconds=0.2)
        with pytest.raises(CacheTooSlow, match=r"0\.2 s"):
            told.purge(["a"], ["https://news.example/"], hard=True)


def test_every_refusal_is_one_of_a_kind():
    kinds = (CacheBusy, CacheRefused, CacheTooSlow, CacheUnreachable, SecretRefused)
    assert all(issubclass(kind, CacheNotTold) for kind in kinds)
    assert len({kind.message for kind in kinds}) == len(kinds)
