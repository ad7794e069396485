"""What readers get through a Varnish and an nginx in front, before and after an act."""

import pytest

from dateline.pagestore.adapters.choosing import parse
from dateline.pagestore.opened import page_store
from dateline.pagestore.telling import tell_due
from dateline.publishing import actions
from tests.pagestore.adapters import debian
from tests.publishing.factories import a_draft, an_editor, redraft

pytestmark = [pytest.mark.caches, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(live_server, settings, tmp_path):
    """A house with pages of its own, without a front."""
    settings.DATELINE_PAGES = tmp_path / "pages"
    settings.ALLOWED_HOSTS = ["*"]
    store = page_store()
    store.trust()
    yield live_server
    store.close()


@pytest.fixture(params=["varnish", "nginx"])
def front(request, house, settings, tmp_path):
    with getattr(debian, request.param)(tmp_path, house.thread.port) as front:
        cache = parse(f"{request.param}+http://127.0.0.1:{front.purges}")
        settings.DATELINE_PURGE_CACHES = (cache,)
        # It is met before the first act, as by a worker that has just begun.
        tell_due(cache)
        yield front


def tell(settings):
    """Do what the worker does within half a second of an act."""
    for cache in settings.DATELINE_PURGE_CACHES:
        while tell_due(cache):
            pass


def published(**values):
    article = a_draft(**values)
    return article, actions.publish_article(article, by=an_editor()).path


def is_kept(front, path):
    front.get(path)
    return front.get(path)[1] == "hit"


def test_an_update_is_seen_and_other_pages_stay(front, settings):
    article, path = published(headline="Two of five berths close", slug="berths")
    # Pages of another edition show nothing of it.
    _, other = published(headline="Une cloche neuve", slug="cloche", language="fr")
    tell(settings)
    assert is_kept(front, path)
    assert is_kept(front, other)

    redraft(article, headline="Three of five berths close", slug="berths")
    actions.update_article(article, by=an_editor())
    tell(settings)
    # A soft purge: the old copy may be shown once, while the new one is fetched.
    assert any("Three of five" in front.get(path)[0] for _ in range(500))

    assert is_kept(front, path)
    assert "Two of five" not in front.get(path)[0]
    assert front.get(other)[1] == "hit"


def test_a_list_shows_a_new_article(front, settings):
    published(headline="Two of five berths close", slug="berths")
    tell(settings)
    assert is_kept(front, "/en/")
    assert is_kept(front, "/en/feed.atom")
    published(headline="A new bell for the chapel", slug="bell")
    tell(settings)
    for path in ("/en/", "/en/feed.atom"):
        assert any("A new bell" in front.get(path)[0] for _ in range(500))


def test_nobody_reads_a_withdrawn_article_once_the_act_returns(front, settings):
    article, path = published(headline="Two of five berths close", slug="berths")
    tell(settings)
    for kept in (path, "/en/", "/en/feed.rss"):
        assert is_kept(front, kept)

    actions.kill_article(article, by=an_editor(), desk="News", reason="A mistake.")

    # No worker has done anything yet.
    for kept in (path, "/en/", "/en/feed.rss"):
        assert "Two of five" not in front.get(kept)[0]


def test_a_missing_page_appears_when_it_is_published(front, settings):
    article = a_draft(headline="Two of five berths close", slug="berths")
    assert front.get("/en/")[0]
    path = actions.publish_article(article, by=an_editor()).path
    tell(settings)
    assert any("Two of five" in front.get("/en/")[0] for _ in range(500))
    assert "Two of five" in front.get(path)[0]
