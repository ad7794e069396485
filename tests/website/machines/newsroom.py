"""Public articles as feeds, sitemaps and cards meet them."""

from typing import Any

from dateline.articles.models import Article
from dateline.publishing import actions
from dateline.publishing.models import Publication
from tests.publishing.factories import a_draft, an_editor, redraft

ARABIC = {
    "language": "ar",
    "headline": "NATO تغلق رصيفين & اثنين <في> الميناء",
    "lede": "تخشى الهيئة على الرصيف القديم.",
    "body": [
        {
            "type": "paragraph",
            "value": "<p>أغلقت هيئة الميناء رصيفين من خمسة يوم الاثنين.</p>",
        }
    ],
}


def published(**values: Any) -> Publication:
    """Return an article that readers can get."""
    return actions.publish_article(a_draft(**values), by=an_editor())


def updated(publication: Publication, **values: Any) -> Publication:
    return actions.update_article(_redrafted(publication, values), by=an_editor())


def amended(publication: Publication, **values: Any) -> Publication:
    return actions.amend_article(_redrafted(publication, values), by=an_editor())


def corrected(publication: Publication, text: str, **values: Any) -> Publication:
    draft = _redrafted(publication, values)
    return actions.correct_article(draft, by=an_editor(), text=text)


def killed(publication: Publication, reason: str = "It was not true.") -> None:
    actions.kill_article(
        publication.article, by=an_editor(), desk="News desk", reason=reason
    )


def _redrafted(publication: Publication, values: dict[str, Any]) -> Article:
    return redraft(publication.article, **values)
