"""The newsroom as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

YOUNG, MIDDLE, OLD = 20_000, 20, 50
"""How many new objects, and rounds, before the collector looks at each generation."""


def without_pauses() -> None:
    """
    Have Python's collector look at what requests leave, and not at the house.

    Django and Wagtail are 200,000 objects that stay for ever. Each time the
    collector went through them a reader waited another 110 to 190 ms.
    """
    # The addresses bring every view with them.
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings.base")
application = get_wsgi_application()
without_pauses()
