"""
An act purges every page that it changes, and few others.

`python -m tests.flows.exact_purging` watches all pages through many more acts.
"""

from functools import partial
from random import Random

import pytest
from django.core.files.base import ContentFile
from django.forms import FileField
from hypothesis import given, settings
from hypothesis.extra.django import TestCase
from hypothesis.strategies import randoms

from dateline.articles.models import Section
from dateline.pagestore.models import Purge
from dateline.people.models import Contributor
from dateline.publishing import actions
from dateline.sources.models import Picture
from tests.desk.desk_forms import signed_in
from tests.flows.exact_purging import MOST_NEEDLESS, OLDER, Watch, small_pages
from tests.flows.generated_newsroom import REASON, House
from tests.sources.picture_files import jpeg

# A newsroom's new name purges each page, and a few acts are no average.
FEW_ACTS = 30
FORMS = ("rss", "atom", "json")
pytestmark = pytest.mark.django_db


class TestWhateverIsDone(TestCase):
    @settings(max_examples=2, deadline=None)
    @given(randoms(use_true_random=True))
    def test_no_page_stays_stale_and_few_are_purged_for_nothing(self, random):
        with small_pages():
            watch = Watch(House(random, articles=4), most=30)
            for _ in range(5):
                watch.step()
        tally = watch.tally
        most = MOST_NEEDLESS * tally.purged.total() + FEW_ACTS
        assert tally.needless.total() <= most, str(tally)


@pytest.fixture
def watch():
    with small_pages():
        # Dice, not keys.
        yield Watch(House(Random(7), articles=4), most=25)  # noqa: S311


def fields_of(form):
    """Return what a browser would send back of a form that nobody touched."""
    return {
        name: value
        for name, field in form.fields.items()
        if (value := field.prepare_value(form.get_initial_for_field(field, name)))
        not in (None, "")
        and value is not False
        and not isinstance(field, FileField)
    }


def test_what_the_desk_edits_in_its_forms_purges_what_shows_it(watch):
    desk = signed_in(watch.house.editor)
    section, who = Section.objects.first(), Contributor.objects.first()
    forms = {
        f"/desk/sections/edit/{section.pk}/": {"names": "en = Waterfront"},
        f"/desk/contributors/edit/{who.pk}/": {"biographies": "en = They keep watch."},
        "/desk/editions/edit/en/": {"title": "The Morning Paper"},
        "/desk/settings/editions/newsroom/": {"social_links": "Us https://us.example"},
    }
    for address, changed in forms.items():
        page = desk.get(address, follow=True)
        fields = fields_of(page.context["form"]) | changed
        saved_by(desk, watch, page.request["PATH_INFO"], fields)


def test_a_picture_with_another_credit_purges_what_shows_it(watch):
    picture = Picture.objects.first()
    picture.file.storage.save(picture.file.name, ContentFile(jpeg()))
    fields = ("title", "rights", "alt_text", "collection_id")
    sent = {name.removesuffix("_id"): getattr(picture, name) for name in fields}
    address = f"/desk/images/{picture.pk}/"
    desk = signed_in(watch.house.editor)
    saved_by(desk, watch, address, sent | {"credit": "Somebody else"})


def saved_by(desk, watch, address, fields):
    """Send a form, and see that it purges once and that no page stays stale."""

    def save():
        answer = desk.post(address, fields)
        assert answer.status_code == 302, answer.context["form"].errors

    before = Purge.objects.count()
    watch.compare(address, save)
    assert Purge.objects.count() == before + 1, address


def test_what_readers_do_not_see_purges_nothing(watch):
    who = Contributor.objects.first()
    before = Purge.objects.count()
    who.email = "desk@news.example"
    who.save()
    watch.house.draft()
    assert Purge.objects.count() == before


def purged_by(watch, do):
    """Return the tags that an act purges, and whether it does so hard."""
    with watch.house.at_its_time():
        do()
    newest = Purge.objects.first()
    return set(newest.tags), newest.is_hard


def lists_of(publication):
    home = f"/{publication.language}/"
    section = f"{home}sections/{publication.section.slug}/"
    return [home, f"{home}latest/", section]


def test_a_new_text_purges_the_article_and_its_feeds_and_no_list(watch, client):
    house = watch.house
    copy = house.redrafted(house.public(), body=house.body())
    path, lists = copy.publication.path, lists_of(copy.publication)
    tags = {where: client.get(where).page_tags for where in (path, *lists)}
    feed = client.get(f"{lists[0]}feed.atom").page_tags
    update = partial(actions.update_article, copy, by=house.editor)
    purged, is_hard = purged_by(watch, update)
    assert not is_hard
    assert purged & tags[path]
    assert purged & feed
    assert not any(purged & tags[where] for where in lists)


def test_a_kill_withdraws_all_that_showed_the_article(watch, client):
    house = watch.house
    article = house.public()
    path, lists = article.publication.path, lists_of(article.publication)
    sitemap = f"/sitemaps/{article.publication.date:%Y/%m/%d}.xml"
    feeds = [f"{where}feed.{form}" for where in (lists[0], lists[2]) for form in FORMS]
    shown = (path, f"{path}versions/1/", *lists, *feeds, sitemap)
    tags = {where: client.get(where).page_tags for where in shown}
    kill = partial(actions.kill_article, article, by=house.editor, desk="Desk")
    purged, is_hard = purged_by(watch, partial(kill, reason=REASON))
    assert is_hard
    assert [where for where in shown if not purged & tags[where]] == []


def test_a_new_article_leaves_the_older_pages_of_its_lists_alone(watch, client):
    house = watch.house
    older = OLDER.findall(client.get("/en/latest/").content)
    while not older:
        with house.at_its_time():
            actions.publish_article(house.draft(language="en"), by=house.editor)
        house.wait()
        older = OLDER.findall(client.get("/en/latest/").content)
    tags = client.get(older[0].decode()).page_tags
    draft = house.draft(language="en")
    publish = partial(actions.publish_article, draft, by=house.editor)
    purged, _ = purged_by(watch, publish)
    assert purged & client.get("/en/latest/").page_tags
    assert not purged & tags
