"""What is done with pictures and links while nobody waits."""

from django_tasks import task

from dateline.sources.actions.signing import sign_unsigned
from dateline.sources.actions.watching import check_due_links, enroll_links
from dateline.sources.models import Picture
from dateline.sources.renditions import TYPES, get_or_make, widths_of


@task()
def make_renditions(picture_id: int) -> None:
    """Make every rendition of a picture that is not there yet."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        return
    for format in TYPES:
        for width in widths_of(picture):
            get_or_make(picture, width, format)


ROUNDS_BETWEEN_ENROLLING = 60
ITEMS_AT_ONCE = 100


def sign_some_items() -> None:
    """Sign a few of the items that came before there were signatures, or by another."""
    sign_unsigned(limit=ITEMS_AT_ONCE)


def watch_links(round_number: int) -> None:
    """Ask a few of the addresses that are due; every hour look for new ones."""
    if round_number % ROUNDS_BETWEEN_ENROLLING == 1:
        enroll_links()
    check_due_links()
