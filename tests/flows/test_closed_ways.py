"""Every way of Wagtail's, of Django's and of SQL's to the public, tried one by one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from wagtail.actions import action_registry
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import Page, Revision

from dateline.articles.models import Article
from dateline.plumbing import clock
from dateline.publishing import actions, rules
from dateline.publishing.models import (
    Correction,
    Listing,
    LogEntry,
    Publication,
    Schedule,
    Version,
)
from tests.desk.desk_forms import sent, signed_in
from tests.publishing.factories import a_draft, a_reporter, an_editor, redraft

pytestmark = pytest.mark.django_db

REFUSALS = (PermissionDenied, DatabaseError, rules.ActRefused)


def what_readers_have() -> dict[str, Any]:
    """Return every row that decides what a reader gets."""
    return {
        "publications": list(Publication.objects.order_by("pk").values()),
        "versions": list(Version.objects.order_by("pk").values()),
        "listings": list(Listing.objects.order_by("pk").values()),
        "corrections": list(Correction.objects.values()),
        "log": list(LogEntry.objects.values_list("hash", flat=True)),
        "schedules": list(Schedule.objects.values()),
        "live": list(
            Article.objects.order_by("pk").values_list("pk", "live", "slug", "uid")
        ),
    }


@pytest.fixture(scope="class")
def standing(class_db: None) -> dict[str, int]:
    """Return the number of an article that is no reader's, and of one that is."""
    draft = a_draft(headline="Not yet for readers")
    public = a_draft(headline="What readers have")
    actions.publish_article(public, by=an_editor())
    redraft(public, headline="A newer draft")
    return {"draft": draft.pk, "public": public.pk}


@pytest.fixture
def draft(standing: dict[str, int]) -> Article:
    """Copy that every rule would let through: only the way is wrong."""
    return Article.objects.get(pk=standing["draft"])


@pytest.fixture
def public(standing: dict[str, int]) -> Article:
    """A public article whose newest draft readers do not have."""
    return Article.objects.get(pk=standing["public"])


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def columns_of_a_live_copy(article: Article) -> None:
    names = [f.column for f in Article._meta.concrete_fields if f.column != "id"]
    taken = ["1" if n == "live" else "'x'" if n == "uid" else n for n in names]
    sql(
        f"INSERT INTO articles_article ({', '.join(names)}) "  # noqa: S608  (our own names)
        f"SELECT {', '.join(taken)} FROM articles_article WHERE id = %s",
        article.pk,
    )


def approved_to_go_live(article: Article) -> None:
    """Mark the draft as Wagtail's own scheduler wants it, and run that scheduler."""
    past = clock.now() - timedelta(minutes=5)
    Revision.objects.filter(pk=article.latest_revision_id).update(
        approved_go_live_at=past
    )
    call_command("publish_scheduled")


def finished_by_a_reporter(article: Article) -> None:
    article.get_workflow().start(article, a_reporter())
    article.current_workflow_state.finish(user=a_reporter())


TO_THE_PUBLIC: dict[str, Callable[[Article], object]] = {
    "revision.publish()": lambda a: a.latest_revision.publish(user=an_editor()),
    "revision.publish(skip)": lambda a: a.latest_revision.publish(
        user=an_editor(), skip_permission_checks=True
    ),
    "article.publish()": lambda a: a.publish(a.latest_revision, user=an_editor()),
    "Wagtail's action": lambda a: PublishRevisionAction(
        a.latest_revision, user=an_editor()
    ).execute(skip_permission_checks=True),
    "Wagtail's edit with publish": lambda a: action_registry.get_action_class(
        Article, "edit"
    )(a, user=an_editor(), publish=True).execute(skip_permission_checks=True),
    "publish_scheduled": approved_to_go_live,
    "a reporter's own approval": finished_by_a_reporter,
    "queryset.update(live=True)": lambda a: Article.objects.filter(pk=a.pk).update(
        live=True
    ),
    "save() with live=True": lambda a: (
        Article.objects.filter(pk=a.pk).get().save(update_fields=["live"])
        or Article(pk=a.pk, live=True, language="en", headline="x").save()
    ),
    "bulk_create(live=True)": lambda _a: Article.objects.bulk_create(
        [Article(live=True, language="en", headline="Bulk", slug="bulk")]
    ),
    "bulk_update(live=True)": lambda a: (
        setattr(a, "live", True),
        Article.objects.bulk_update([a], ["live"]),
    ),
    "go_live_at": lambda a: Article.objects.filter(pk=a.pk).update(
        go_live_at=clock.now()
    ),
    "SQL update": lambda a: sql(
        "UPDATE articles_article SET live = %s WHERE id = %s", True, a.pk
    ),
    "SQL insert": columns_of_a_live_copy,
}

FROM_THE_PUBLIC: dict[str, Callable[[Article], object]] = {
    "article.unpublish()": lambda a: a.unpublish(user=an_editor()),
    "Wagtail's action": lambda a: UnpublishAction(a, user=an_editor()).execute(
        skip_permission_checks=True
    ),
    "article.delete()": lambda a: a.delete(),
    "Wagtail's delete": lambda a: action_registry.get_action_class(Article, "delete")(
        a, user=an_editor()
    ).execute(skip_permission_checks=True),
    "queryset.delete()": lambda a: Article.objects.filter(pk=a.pk).delete(),
    "queryset._raw_delete()": lambda a: Article.objects.filter(pk=a.pk)._raw_delete(
        "default"
    ),
    "queryset.update(live=False)": lambda a: Article.objects.filter(pk=a.pk).update(
        live=False
    ),
    "expire_at": lambda a: Article.objects.filter(pk=a.pk).update(
        expire_at=clock.now() - timedelta(days=1)
    ),
    "SQL update": lambda a: sql(
        "UPDATE articles_article SET live = %s WHERE id = %s", False, a.pk
    ),
    "SQL delete": lambda a: sql("DELETE FROM articles_article WHERE id = %s", a.pk),
    "publication deleted": lambda a: a.publication.delete(),
    "publications deleted": lambda _a: Publication.objects.all()._raw_delete("default"),
    "log rewritten": lambda _a: LogEntry.objects.update(payload={}),
}


AS_IT_IS = {
    "Wagtail's action",
    "queryset.update(live=True)",
    "bulk_update(live=True)",
    "SQL update",
}
"""Ways that say of a live article that it is live: nothing to refuse, nothing done."""


def is_refused(way: Callable[[Article], object], article: Article) -> bool:
    try:
        with transaction.atomic():
            way(article)
    except REFUSALS:
        return True
    return False


ADDRESSES = (
    "articles/edit/{pk}/",
    "articles/unpublish/{pk}/",
    "articles/delete/{pk}/",
    "articles/copy/{pk}/",
    "articles/usage/{pk}/",
    "articles/history/{pk}/revisions/{revision}/unschedule/",
    "articles/history/{pk}/revisions/{revision}/revert/",
    "bulk/articles/article/delete/?id={pk}",
    "bulk/wagtailcore/page/publish/?id=1",
    "pages/add/wagtailcore/page/1/",
    "pages/1/publish/",
    "pages/1/unpublish/",
    "pages/1/delete/",
    "pages/1/copy/",
    "pages/1/edit/",
)


@pytest.mark.usefixtures("standing")
class TestNoOtherWay:
    @pytest.mark.parametrize("way", TO_THE_PUBLIC)
    def test_no_other_way_leads_to_the_public(self, draft, way):
        before = what_readers_have()

        assert is_refused(TO_THE_PUBLIC[way], draft)
        assert what_readers_have() == before

    @pytest.mark.parametrize("way", TO_THE_PUBLIC)
    def test_no_other_way_replaces_what_is_public(self, public, way):
        before = what_readers_have()

        assert is_refused(TO_THE_PUBLIC[way], public) or way in AS_IT_IS
        assert what_readers_have() == before

    @pytest.mark.parametrize("way", FROM_THE_PUBLIC)
    def test_no_other_way_takes_it_from_the_public(self, public, way):
        before = what_readers_have()

        assert is_refused(FROM_THE_PUBLIC[way], public)
        assert what_readers_have() == before

    @pytest.mark.parametrize("address", ADDRESSES)
    @pytest.mark.parametrize("stands", ["draft", "public"])
    def test_no_address_of_wagtails_does_it(self, address, stands, request):
        article: Article = request.getfixturevalue(stands)
        before = what_readers_have()
        desk: Client = signed_in(an_editor())
        url = address.format(pk=article.pk, revision=article.latest_revision_id)

        answer = desk.post(f"/desk/{url}", sent(article) | {"action-publish": "yes"})

        assert answer.status_code in {302, 403, 404}
        assert what_readers_have() == before


def test_a_new_article_cannot_be_published_as_it_is_made():
    before = what_readers_have()
    form = sent(headline="Straight out") | {"action-publish": "yes"}

    signed_in(an_editor()).post("/desk/articles/add/", form)

    assert what_readers_have() == before


def test_a_page_of_wagtails_reaches_nobody(client):
    before = what_readers_have()
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=Page(title="By the back", slug="by-the-back"))
    page.save_revision().publish()

    assert client.get("/by-the-back/").status_code in {302, 404}
    assert client.get("/en/by-the-back/").status_code == 404
    assert what_readers_have() == before
