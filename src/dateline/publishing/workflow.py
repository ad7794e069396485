"""The end of Wagtail's workflow, led through the door."""

from typing import Any


def finish_workflow(workflow_state: Any, user: Any) -> None:
    """
    Publish what the last task of a workflow approved.

    Wagtail reads this function while its own models load, hence the late imports.

    :raises rules.ActRefused: the approved draft may not be public
    """
    from dateline.articles.models import Article
    from dateline.publishing.actions import publish_article, update_article
    from dateline.publishing.models import Publication

    article = workflow_state.content_object
    if not isinstance(article, Article):
        return
    if Publication.objects.filter(article=article).exists():
        update_article(article, by=user)
    else:
        publish_article(article, by=user)
