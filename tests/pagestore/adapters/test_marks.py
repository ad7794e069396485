"""What answers tell the caches in front."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.pagestore.adapters.choosing import parse
from dateline.pagestore.adapters.marks import (
    CROWDED,
    EVERY_PAGE,
    FIELDS,
    fields_for,
    not_kept,
    purged_marks,
    written,
)

VARNISH = parse("varnish+http://127.0.0.1:6083")
NGINX = parse("nginx+http://127.0.0.1:6084")
FASTLY = parse("fastly://SERVICE")
CLOUDFLARE = parse("cloudflare://ZONE")


def fields(tags, *caches):
    return fields_for(tags, caches, lifetime=86_400, lifetime_by_address=60)


@given(st.text())
def test_a_written_tag_has_only_what_is_safe_everywhere(tag):
    assert re.fullmatch(r"[A-Za-z0-9_.~:/%-]{1,200}", written(tag))


@given(st.text(), st.text())
def test_two_tags_are_never_written_alike(one, other):
    assert (written(one) == written(other)) == (one == other)


@pytest.mark.parametrize("tag", ["article:17", "list:en:section:harbour", "log:head"])
def test_a_plain_tag_is_written_as_it_is(tag):
    assert written(tag) == tag


def test_each_cache_is_told_in_the_fields_that_it_reads():
    told = fields(["article:17", "list:ar:section:ميناء"], VARNISH)
    assert told == {
        "Surrogate-Key": (
            "article:17 list:ar:section:%D9%85%D9%8A%D9%86%D8%A7%D8%A1 every-page"
        ),
        "Surrogate-Control": "max-age=86400, stale-while-revalidate=10",
    }
    assert fields(["a", "b"], FASTLY)["Surrogate-Key"] == "a b every-page"
    assert fields(["a", "b"], CLOUDFLARE) == {
        "Cache-Tag": "a,b,every-page",
        "Cloudflare-CDN-Cache-Control": "max-age=86400",
    }
    assert fields(["a"], NGINX) == {"X-Accel-Expires": "60"}
    assert len(fields(["a"], VARNISH, NGINX, FASTLY, CLOUDFLARE)) == len(FIELDS)


def test_no_cache_keeps_for_longer_what_it_may_have_from_nginx():
    told = fields(["a"], VARNISH, NGINX, CLOUDFLARE)
    assert told["Surrogate-Control"].startswith("max-age=60,")
    assert told["Cloudflare-CDN-Cache-Control"] == "max-age=60"


def test_without_a_cache_or_a_tag_nothing_is_said():
    assert fields(["a"]) == {}
    assert fields([], VARNISH, NGINX, CLOUDFLARE) == {}


@pytest.mark.parametrize(
    ("cache", "field", "count", "fits"),
    [
        (VARNISH, "Surrogate-Key", 190, True),
        (VARNISH, "Surrogate-Key", 200, False),
        (FASTLY, "Surrogate-Key", 390, True),
        (FASTLY, "Surrogate-Key", 400, False),
        (CLOUDFLARE, "Cache-Tag", 390, True),
        (CLOUDFLARE, "Cache-Tag", 400, False),
    ],
)
def test_a_page_is_told_by_all_of_its_tags_or_by_one_that_all_purges_name(
    cache, field, count, fits
):
    tags = [f"group:{number:034}" for number in range(count)]
    said = re.split("[ ,]", fields(tags, cache)[field])
    assert said == [*(tags if fits else [CROWDED]), EVERY_PAGE]
    assert CROWDED in purged_marks(["article:1"])


def test_cloudflare_counts_tags_too():
    tags = [f"a{number:04}" for number in range(1_000)]
    assert fields(tags, CLOUDFLARE)["Cache-Tag"] == f"{CROWDED},{EVERY_PAGE}"
    told = fields(tags[1:], CLOUDFLARE)["Cache-Tag"]
    assert told == ",".join([*tags[1:], EVERY_PAGE])


def test_the_strictest_of_several_caches_counts():
    tags = [f"group:{number:034}" for number in range(300)]
    crowded = f"{CROWDED} {EVERY_PAGE}"
    assert fields(tags, FASTLY)["Surrogate-Key"] != crowded
    assert fields(tags, FASTLY, VARNISH)["Surrogate-Key"] == crowded


def test_an_answer_that_was_overtaken_is_kept_by_no_cache_in_front():
    told = fields(["a"], VARNISH, NGINX, CLOUDFLARE)
    headers = [("etag", '"1"'), *((k.lower(), v) for k, v in told.items())]
    assert not_kept(headers) == [
        ("etag", '"1"'),
        ("surrogate-control", "no-store"),
        ("cloudflare-cdn-cache-control", "no-store"),
        ("x-accel-expires", "0"),
    ]
