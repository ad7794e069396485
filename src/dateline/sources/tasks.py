"""What is done with pictures while nobody waits."""

from django_tasks import task

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
