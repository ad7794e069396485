"""The whole load: pictures first, then one transaction."""

from datetime import datetime

from django.db import transaction

from dateline.articles.mediatopics_sync import sync_topics
from dateline.articles.models import Article
from dateline.demo.actions import history
from dateline.demo.actions.frame import open_newsroom
from dateline.demo.actions.ledger import open_ledger
from dateline.demo.actions.pictures import draw_all, keep_pictures
from dateline.demo.actions.wire import receive_wire
from dateline.demo.reading import read_paper
from dateline.editions.models import Newsroom
from dateline.plumbing import clock


class NewsroomNotEmpty(Exception):
    """The newsroom has articles of its own: invented news must not stand among them."""


def load_demonstration(
    *, at: datetime | None = None, picture_width: int = 1600
) -> bool:
    """
    Fill an empty newsroom with the demonstration paper; return whether it did.

    All of it is one transaction: a load that is cut short leaves nothing, and can be
    begun again. Where the paper is already loaded, nothing is done.

    :raises NewsroomNotEmpty: there are articles that are not the demonstration's
    """
    if Newsroom.objects.filter(is_demonstration=True).exists():
        return False
    if Article.objects.exists():
        raise NewsroomNotEmpty(
            "This newsroom has articles of its own. The demonstration paper only "
            "goes into an empty one: choose another data folder."
        )
    at = at or clock.now()
    paper = read_paper(at)
    drawn = draw_all(picture_width)
    with transaction.atomic():
        sync_topics()
        newsroom = open_newsroom(paper, picture_width)
        newsroom.pictures = keep_pictures(drawn)
        receive_wire(paper)
        open_ledger(paper, newsroom)
        history.live_through(paper, newsroom, at)
        Newsroom.objects.update(is_demonstration=True)
    return True
