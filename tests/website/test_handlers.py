"""What is made ready once an article is out."""

import io
from datetime import timedelta

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from dateline.plumbing import clock, outbox
from dateline.sources.models import Picture, PictureRendition
from dateline.sources.pictures import receive_picture
from dateline.website.handlers import STILL_NEWS, prepare_pictures
from tests.publishing.factories import an_editor
from tests.sources.picture_files import jpeg
from tests.website.machines.newsroom import published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def a_picture() -> Picture:
    content = io.BytesIO(jpeg(width=700, height=400))
    told = {"credit": "Quay", "rights": "© Quay", "alt_text": "Two cranes"}
    return receive_picture(content, title="Cranes", by=an_editor(), **told)


def work_off() -> None:
    while outbox.deliver_due():
        pass
    # The worker itself closes its connection between tasks, and the test's with it.
    for queued in DBTaskResult.objects.ready():
        queued.task.call(*queued.args_kwargs["args"])


def test_the_pictures_of_what_is_published_are_ready_before_readers_ask(client):
    published(lead_picture=a_picture())
    work_off()
    made = set(PictureRendition.objects.values_list("filter_spec", flat=True))
    assert made == {
        f"width-{width}|format-{format}"
        for width in (320, 640)
        for format in ("avif", "webp", "jpeg")
    }


def test_delivered_twice_they_are_made_once():
    publication = published(lead_picture=a_picture())
    work_off()
    before = set(PictureRendition.objects.values_list("pk", flat=True))
    prepare_pictures({"article": publication.article_id, "at": clock.now().isoformat()})
    work_off()
    assert set(PictureRendition.objects.values_list("pk", flat=True)) == before


def test_an_archive_that_is_loaded_is_left_to_its_readers():
    with time_machine.travel(clock.now() - STILL_NEWS - timedelta(minutes=1)):
        published(lead_picture=a_picture())
    work_off()
    assert not PictureRendition.objects.exists()


def test_an_article_without_pictures_asks_for_nothing():
    published()
    work_off()
    assert not PictureRendition.objects.exists()
