"""The days with public articles, counted once for an archive that is there already."""

from importlib import import_module

import pytest
from django.apps import apps

from dateline.publishing import actions
from dateline.publishing.models import PublicDay
from tests.publishing.factories import a_draft, an_editor

pytestmark = pytest.mark.django_db
REASON = "It turned out to be wrong all through."


def test_the_migration_counts_what_the_acts_would_have_counted():
    editor = an_editor()
    for slug in ("berth-1", "berth-2", "berth-3"):
        actions.publish_article(a_draft(slug=slug), by=editor)
    about = {"form": "standing", "purpose": "about", "section": None, "slug": "about"}
    actions.publish_article(a_draft(**about), by=editor)
    killed = a_draft(slug="berth-4")
    actions.publish_article(killed, by=editor)
    actions.kill_article(killed, by=editor, desk="Desk", reason=REASON)
    kept = list(PublicDay.objects.values())
    PublicDay.objects.all().delete()
    import_module("dateline.publishing.migrations.0004_public_day").count(apps, None)
    assert list(PublicDay.objects.values()) == kept
    assert [row["articles"] for row in kept] == [3]
