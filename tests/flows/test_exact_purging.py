"""
An act purges every page that it changes, and few others.

`python -m tests.flows.exact_purging` watches all pages through many more acts.
"""

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
from dateline.sources.models import Picture
from tests.desk.desk_forms import signed_in
from tests.flows.exact_purging import MOST_NEEDLESS, Watch, small_pages
from tests.flows.generated_newsroom import House
from tests.sources.picture_files import jpeg

SOME_PURGES = 40
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
        if tally.purged.total() >= SOME_PURGES:
            assert tally.share <= MOST_NEEDLESS, str(tally)


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
