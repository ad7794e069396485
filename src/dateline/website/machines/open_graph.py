"""What a page looks like where somebody shares it: Open Graph, and a card's size."""

from collections.abc import Iterator
from dataclasses import dataclass

from babel.core import get_global
from django.templatetags.static import static

from dateline.languages import LANGUAGES
from dateline.sources.renditions import FALLBACK_WIDTH
from dateline.website.machines.addresses import absolute
from dateline.website.machines.xml_text import rfc3339
from dateline.website.pages import (
    ArticlePage,
    ArticleView,
    ListPage,
    Page,
    Paper,
    PictureView,
    StandingPage,
    VersionPage,
    VersionsPage,
)

CARD = "website/card.png"
CARD_SIZE = (1200, 630)

Property = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SharedPicture:
    """The one picture that stands for a page elsewhere."""

    url: str
    type: str
    width: int
    height: int
    alt: str


def open_graph(page: Page) -> list[Property]:
    """Return each property with its content, in the order of the page's head."""
    article = _article(page)
    told = [
        ("og:site_name", page.paper.name),
        ("og:title", article.headline if article else page.head.title),
        ("og:type", _type(page)),
        ("og:url", _url(page, article)),
        ("og:description", page.head.description),
        *_locales(page.paper, article),
        *_picture(shown_picture(article.picture if article else None, page.paper)),
    ]
    if isinstance(page, ArticlePage):
        told += _article_properties(page.article)
    return [(name, content) for name, content in told if content]


def shown_picture(picture: PictureView | None, paper: Paper) -> SharedPicture:
    """Return the lead picture, or the card that stands where there is none."""
    if picture is None:
        width, height = CARD_SIZE
        return SharedPicture(
            absolute(static(CARD)), "image/png", width, height, paper.name
        )
    # `src` is the JPEG: whoever shares a page may read neither AVIF nor WebP.
    width = min(FALLBACK_WIDTH, picture.width)
    height = max(1, round(picture.height * width / picture.width))
    return SharedPicture(
        absolute(picture.src), "image/jpeg", width, height, picture.alt
    )


def locale(tag: str) -> str:
    """Return a language with its likely country (`uk_UA`), as Open Graph spells it."""
    subtags = tag.split("-")
    likely = get_global("likely_subtags")
    found = likely.get("_".join(subtags)) or likely.get(subtags[0])
    if not found or "_" not in found:
        return ""
    return f"{subtags[0]}_{found.rpartition('_')[2]}"


def _article(page: Page) -> ArticleView | None:
    if isinstance(page, ArticlePage | StandingPage | VersionPage | VersionsPage):
        return page.article
    return None


def _type(page: Page) -> str:
    if isinstance(page, ArticlePage):
        return "article"
    is_profile = isinstance(page, ListPage) and page.contributor is not None
    return "profile" if is_profile else "website"


def _url(page: Page, article: ArticleView | None) -> str:
    if page.head.canonical:
        return page.head.canonical
    return absolute(article.url if article else page.paper.home)


def _locales(paper: Paper, article: ArticleView | None) -> Iterator[Property]:
    yield "og:locale", locale(LANGUAGES[paper.code].tag)
    for link in article.translations if article else ():
        yield "og:locale:alternate", locale(link.lang)


def _picture(shown: SharedPicture) -> Iterator[Property]:
    yield "og:image", shown.url
    yield "og:image:type", shown.type
    yield "og:image:width", str(shown.width)
    yield "og:image:height", str(shown.height)
    yield "og:image:alt", shown.alt


def _article_properties(article: ArticleView) -> Iterator[Property]:
    yield "article:published_time", rfc3339(article.published_at)
    yield "article:modified_time", rfc3339(article.updated_at)
    for who in article.byline:
        yield "article:author", absolute(who.url)
    if article.section:
        yield "article:section", article.section.text
    for topic in article.topics:
        yield "article:tag", topic.text
