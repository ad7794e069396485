"""Caches as the operator names them."""

import pytest

from dateline.pagestore.adapters.choosing import parse
from dateline.pagestore.adapters.vocabulary import Cache, Kind, Secrets


@pytest.mark.parametrize(
    ("text", "cache"),
    [
        (
            "varnish+http://127.0.0.1:6083",
            Cache(Kind.VARNISH, "http://127.0.0.1:6083"),
        ),
        ("nginx+https://cache.lan/", Cache(Kind.NGINX, "https://cache.lan")),
        ("varnish+http://[::1]:6083", Cache(Kind.VARNISH, "http://[::1]:6083")),
        ("fastly://SU1Z0isx", Cache(Kind.FASTLY, "https://api.fastly.com", "SU1Z0isx")),
        (
            "cloudflare://023e105f",
            Cache(Kind.CLOUDFLARE, "https://api.cloudflare.com/client/v4", "023e105f"),
        ),
        (
            "fastly+https://purges.example/v2/SU1Z",
            Cache(Kind.FASTLY, "https://purges.example/v2", "SU1Z"),
        ),
        (
            "fastly+http://127.0.0.1:9/S",
            Cache(Kind.FASTLY, "http://127.0.0.1:9", "S"),
        ),
    ],
)
def test_a_cache_is_named_in_one_line(text, cache):
    assert parse(text) == cache
    assert parse(str(cache)) == cache
    # What has a name of its own is called by it.
    assert str(cache).startswith(text.partition("://")[0])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://127.0.0.1:6083",
        "varnish://127.0.0.1",
        "varnish+ftp://127.0.0.1",
        "varnish+http://",
        "varnish+http://127.0.0.1:port",
        "varnish+http://127.0.0.1:99999",
        "varnish+http://127.0.0.1/path",
        "varnish+http://ina:secret@127.0.0.1",
        "squid+http://127.0.0.1",
        "fastly://",
        "fastly://a/b",
        "fastly://SU1Z?token=x",
        "cloudflare+http://purges.example/zone",
        "cloudflare://../../accounts",
        "fastly://" + "x" * 300,
    ],
)
def test_what_names_no_cache_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        parse(text)


def test_secrets_are_never_shown():
    secrets = Secrets(fastly="s3cret", cloudflare="s3cret")
    assert "s3cret" not in f"{secrets} {secrets!r}"
