"""Who comes to the desk, and what the editor's form sends."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from dateline.articles.models import Article
from dateline.people.models import User


def a_member(name: str, group: str) -> User:
    user = User.objects.create(username=name, first_name=name.title())
    user.groups.add(Group.objects.get(name=group))
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(article: Article | None = None, **changed: Any) -> dict[str, Any]:
    """Return the form's fields as a browser would send them for this article."""
    values: dict[str, Any] = {"headline": "", "lede": "", "language": "en"}
    bylines: list[dict[str, Any]] = []
    held = 0
    if article is not None:
        values |= {
            "headline": article.headline,
            "lede": article.lede,
            "language": article.language,
            "section": article.section_id or "",
            "slug": article.slug,
        }
        bylines = [
            {"id": row.pk, "contributor": row.contributor_id}
            for row in article.bylines.all()
        ]
        held = len(bylines)
        if article.latest_revision:
            values["loaded_revision_id"] = str(article.latest_revision_id)
            values["loaded_revision_created_at"] = (
                article.latest_revision.created_at.isoformat()
            )
    values |= {"genre": "report", "urgency": "5"}
    body = changed.pop("body", "<p>The harbour board closed two berths.</p>")
    blocks = body if isinstance(body, list) else [("paragraph", rich_text(body))]
    return nested_form_data(
        {
            **values,
            **changed,
            "body": streamfield(blocks),
            "bylines": inline_formset(bylines, initial=held),
            "topic_links": inline_formset([]),
        }
    )
