"""A small newsroom, and copy that may be published as it stands."""

from typing import Any, TypeVar

from django.db.models import Model

from dateline.articles.models import Article, ArticleByline, Section
from dateline.editions.models import Edition
from dateline.people.models import Contributor, User

Row = TypeVar("Row", bound=Model)
PARAGRAPH = (
    "<p>The harbour board closed two of its five berths on Monday, said Ina Brook, "
    "its chair. “We cannot risk a third,” she said.</p>"
)


def an_editor(name: str = "editor") -> User:
    """Someone who may use the door."""
    return User.objects.get_or_create(
        username=name, defaults={"is_superuser": True, "is_staff": True}
    )[0]


def a_reporter(name: str = "reporter") -> User:
    return User.objects.get_or_create(username=name)[0]


def an_edition(code: str = "en") -> Edition:
    told = {"title": f"The Paper ({code})", "is_live": True}
    return _standing(Edition, {"code": code}, told)


def a_section(slug: str = "harbour") -> Section:
    return _standing(Section, {"slug": slug}, {"names": {"en": slug.title()}})


def a_contributor(account: User) -> Contributor:
    told = {"name": account.username, "account": account}
    return _standing(Contributor, {"slug": account.username}, told)


def _standing(model: type[Row], key: dict[str, Any], told: dict[str, Any]) -> Row:
    """Return a row that is there before any page, so that to make it purges none."""
    found = model._base_manager.filter(**key).first()
    return found or model._base_manager.bulk_create([model(**key, **told)])[0]


def a_draft(
    *,
    by: User | None = None,
    bylines: tuple[Contributor, ...] | None = None,
    **values: Any,
) -> Article:
    """Return saved copy that passes every rule; `values` replace its fields."""
    by = by or a_reporter()
    language = values.setdefault("language", "en")
    an_edition(language)
    defaults = {
        "headline": "Two of five berths close at the harbour",
        "lede": "The board fears for the old quay.",
        "section": a_section(),
        "body": [{"type": "paragraph", "value": PARAGRAPH}],
        "created_by": by,
    }
    article = Article(**(defaults | values))
    for who in (a_contributor(by),) if bylines is None else bylines:
        article.bylines.add(ArticleByline(contributor=who))
    article.save()
    # To ask the database whether this may stand would take a third of the time.
    article.save_revision(user=by, clean=False)
    return article


def redraft(article: Article, *, by: User | None = None, **values: Any) -> Article:
    """Save a newer draft, as the editor's form does."""
    fresh = Article.objects.get(pk=article.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save_revision(user=by or a_reporter(), clean=False)
    return fresh


def paragraphs(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "paragraph", "value": f"<p>{text}</p>"} for text in texts]
