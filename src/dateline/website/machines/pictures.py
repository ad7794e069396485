"""
Pictures as readers get them: our own renditions, made when first asked for.

No original is served here. The desk's small previews are renditions too, kept by
Wagtail under names of their own.
"""

import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from PIL import UnidentifiedImageError

from dateline.people.models import Contributor
from dateline.sources import renditions
from dateline.sources.models import Picture
from dateline.sources.pictures import PictureRefused

log = logging.getLogger(__name__)

FOR_EVER = "public, max-age=31536000, immutable"
PORTRAIT_WIDTHS = (96, 192, 320)
PREVIEW_FOLDER = "images"
TYPES = renditions.TYPES | {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
}


def portrait_address(contributor: Contributor, width: int = 96) -> str:
    """Return where a contributor's portrait is found, or nothing if there is none."""
    if not contributor.portrait:
        return ""
    version = _portrait_version(contributor)
    return f"{settings.MEDIA_URL}by/{contributor.slug}/{version}/{width}.webp"


def _in_few_words(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Answer for a picture that is not there without making a page of it."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, **rest: Any) -> HttpResponseBase:
        try:
            return view(request, **rest)
        except Http404:
            return HttpResponse("No such picture.\n", "text/plain", status=404)

    return answered


@_in_few_words
def rendition(
    request: HttpRequest, uid: UUID, version: str, width: int, extension: str
) -> HttpResponse:
    """Answer with one size of a picture; an outdated address leads to today's."""
    picture = get_object_or_404(Picture, uid=uid)
    if width not in renditions.WIDTHS or extension not in renditions.TYPES:
        raise Http404
    nearest = max(w for w in renditions.widths_of(picture) if w <= width)
    today = renditions.address(picture, nearest, extension)
    if request.path != today:
        return HttpResponseRedirect(today)
    try:
        made = renditions.get_or_make(picture, width, extension)
        with made.file.open() as file:
            return _picture(file.read(), extension, FOR_EVER)
    except (OSError, PictureRefused, UnidentifiedImageError) as error:
        log.exception("A picture cannot be shown.", extra={"picture": picture.pk})
        raise Http404 from error


@_in_few_words
def portrait(request: HttpRequest, slug: str, version: str, width: int) -> HttpResponse:
    """Answer with a contributor's portrait, re-encoded."""
    contributor = get_object_or_404(Contributor, slug=slug)
    if width not in PORTRAIT_WIDTHS or not contributor.portrait:
        raise Http404
    today = portrait_address(contributor, width)
    if request.path != today:
        return HttpResponseRedirect(today)
    try:
        return _picture(_kept_portrait(contributor, width), "webp", FOR_EVER)
    except (OSError, PictureRefused) as error:
        raise Http404 from error


@_in_few_words
def preview(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with a rendition that the desk shows, by its file's name."""
    extension = PurePosixPath(name).suffix.lstrip(".").lower()
    if extension not in TYPES:
        raise Http404
    try:
        with default_storage.open(f"{PREVIEW_FOLDER}/{name}") as file:
            return _picture(file.read(), extension, "private, max-age=600")
    except (OSError, ValueError) as error:
        raise Http404 from error


def _kept_portrait(contributor: Contributor, width: int) -> bytes:
    path = (
        f"portraits/kept/{contributor.slug}-{_portrait_version(contributor)}"
        f"-{width}.webp"
    )
    if not default_storage.exists(path):
        with contributor.portrait.open() as original:
            made = renditions.encode(original.read(), width=width, format="webp")
        default_storage.save(path, ContentFile(made))
        return made
    with default_storage.open(path) as file:
        kept: bytes = file.read()
    return kept


def _portrait_version(contributor: Contributor) -> str:
    # Storage gives every upload a name of its own.
    return hashlib.sha256(str(contributor.portrait.name).encode()).hexdigest()[:12]


def _picture(content: bytes, extension: str, kept: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPES[extension])
    answer.headers["Cache-Control"] = kept
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
