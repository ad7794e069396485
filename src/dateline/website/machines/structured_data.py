"""
What a page says to search engines and archives: one JSON-LD graph (schema.org).

Made from what the page shows, so that it can say nothing else, and asks nothing.
The edition's standing pages become the policies of the newsroom; only those that are
public are named.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from markupsafe import Markup

from dateline.editions.tags import Part
from dateline.pagestore.tags import read
from dateline.website.machines.addresses import absolute, urn
from dateline.website.machines.cited import (
    based_on,
    citations,
    claims,
    questions,
    quotations,
)
from dateline.website.machines.open_graph import shown_picture
from dateline.website.machines.xml_text import rfc3339
from dateline.website.pages import (
    ArticlePage,
    ArticleView,
    Byline,
    Card,
    CorrectionsPage,
    DayPage,
    FrontPage,
    Link,
    ListPage,
    Page,
    Paper,
    SourcePage,
    StandingPage,
)

Node = dict[str, Any]

ARTICLE_TYPES = {
    "report": "ReportageNewsArticle",
    "analysis": "AnalysisNewsArticle",
    "background": "BackgroundNewsArticle",
    "opinion": "OpinionNewsArticle",
    "review": "ReviewNewsArticle",
}
POLICIES = {
    "ethics": ("publishingPrinciples", "ethicsPolicy"),
    "corrections-policy": ("correctionsPolicy",),
    "sources-policy": ("unnamedSourcesPolicy", "verificationFactCheckingPolicy"),
    "ownership": ("ownershipFundingInfo",),
    "masthead": ("masthead",),
    "contact": ("actionableFeedbackPolicy",),
}
SOURCE_TYPES = {
    "person": "Person",
    "eyewitness": "Person",
    "organisation": "Organization",
    "official_body": "GovernmentOrganization",
    "publication": "NewsMediaOrganization",
    "document": "DigitalDocument",
    "data_set": "Dataset",
}
STANDING_TYPES = {"about": "AboutPage", "contact": "ContactPage"}
LONGEST_HEADLINE = 110
LOGO = "website/icon.svg"


def structured_data(page: Page) -> Markup:
    """Return a page's graph in its script element, or nothing for a page of trouble."""
    graph = graph_of(page)
    if not graph:
        return Markup("")
    told = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    # Neither `</script>` nor `<!--` can stand in it; JSON reads the escapes back.
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    data = Markup(text)  # noqa: S704  (no mark of HTML is left in it)
    return Markup('<script type="application/ld+json">{}</script>').format(data)


def graph_of(page: Page) -> list[Node]:
    """Return the nodes of a page's graph."""
    url = page.head.canonical
    if not url:
        return []
    paper = page.paper
    return [
        _newsroom(paper),
        _website(paper),
        *_page(page, url),
        *(_article(page.article, paper, url) if isinstance(page, ArticlePage) else ()),
    ]


def _newsroom(paper: Paper) -> Node:
    # Machines alone are told who publishes, and only of pages that they may keep.
    read(Part.PUBLISHER)
    publisher = paper.publisher
    name = publisher.name or paper.name
    node = {
        "@type": "NewsMediaOrganization",
        "@id": _newsroom_id(),
        "name": name,
        "alternateName": paper.name if paper.name != name else "",
        "legalName": publisher.legal_name,
        "foundingDate": publisher.founded,
        "email": publisher.email,
        "telephone": publisher.phone,
        "address": publisher.address,
        "url": absolute("/"),
        "logo": {"@type": "ImageObject", "url": absolute(static(LOGO))},
        "sameAs": [link.url for link in paper.social],
    }
    for link in paper.standing:
        for policy in POLICIES.get(_purpose(link), ()):
            node[policy] = absolute(link.url)
    return _without_empty(node)


def _website(paper: Paper) -> Node:
    return {
        "@type": "WebSite",
        "@id": _website_id(paper),
        "url": absolute(paper.home),
        "name": paper.name,
        "inLanguage": paper.tag,
        "publisher": {"@id": _newsroom_id()},
    }


def _page(page: Page, url: str) -> Iterator[Node]:
    path = _breadcrumbs(page)
    node = {
        "@type": _page_type(page),
        "@id": url,
        "url": url,
        "name": page.head.title,
        "description": page.head.description,
        "inLanguage": page.paper.tag,
        "isPartOf": {"@id": _website_id(page.paper)},
        "about": _about(page, url),
        "mainEntity": _main_entity(page, url),
        "breadcrumb": {"@id": f"{url}#path"} if path else None,
    }
    yield _without_empty(node)
    if path:
        yield _breadcrumb_list(path, url)


def _page_type(page: Page) -> str:
    if isinstance(page, ListPage) and page.contributor:
        return "ProfilePage"
    if isinstance(page, ListPage | FrontPage | DayPage | CorrectionsPage):
        return "CollectionPage"
    if isinstance(page, StandingPage):
        return STANDING_TYPES.get(_purpose(Link("", page.article.url)), "WebPage")
    return "WebPage"


def _about(page: Page, url: str) -> Node | None:
    """Return the source that a page is about, if it is named."""
    if not isinstance(page, SourcePage) or page.source.kind not in SOURCE_TYPES:
        return None
    source = page.source
    node = {
        "@type": SOURCE_TYPES[source.kind],
        "@id": f"{url}#source",
        "name": source.name,
        "description": source.description,
        "url": source.url,
    }
    return _without_empty(node)


def _main_entity(page: Page, url: str) -> Node | None:
    if isinstance(page, ArticlePage):
        return {"@id": _article_id(url)}
    if isinstance(page, ListPage) and page.contributor:
        return _author(page.contributor)
    cards = list(_cards(page))
    return _item_list(cards) if cards else None


def _cards(page: Page) -> Iterator[Card]:
    if isinstance(page, ListPage):
        for day in page.days:
            yield from day.cards
    elif isinstance(page, DayPage):
        yield from page.cards
    elif isinstance(page, FrontPage):
        yield from (page.lead,) if page.lead else ()
        yield from page.seconds


def _item_list(cards: Iterable[Card]) -> Node:
    return {
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "url": absolute(card.url),
                "name": card.headline,
            }
            for position, card in enumerate(cards, 1)
        ],
    }


def _breadcrumbs(page: Page) -> list[Link]:
    home = Link(page.paper.name, page.paper.home)
    if isinstance(page, ArticlePage):
        section = page.article.section
        here = Link(page.article.headline, page.article.url)
        return [home, *([section] if section else []), here]
    if isinstance(page, ListPage):
        return [home, Link(page.title, page.head.canonical)]
    if isinstance(page, StandingPage):
        return [home, Link(page.article.headline, page.article.url)]
    return []


def _breadcrumb_list(path: list[Link], url: str) -> Node:
    return {
        "@type": "BreadcrumbList",
        "@id": f"{url}#path",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": link.text,
                "item": absolute(link.url),
            }
            for position, link in enumerate(path, 1)
        ],
    }


def _article(article: ArticleView, paper: Paper, url: str) -> Iterator[Node]:
    picture = _picture(article, paper, url)
    node = {
        "@type": ARTICLE_TYPES.get(article.genre, "NewsArticle"),
        "@id": _article_id(url),
        "identifier": urn(article.uid),
        "url": url,
        "mainEntityOfPage": {"@id": url},
        "headline": article.headline[:LONGEST_HEADLINE],
        "description": article.lede,
        "inLanguage": paper.tag,
        "isAccessibleForFree": True,
        "datePublished": rfc3339(article.published_at),
        "dateModified": rfc3339(article.updated_at),
        "dateline": article.dateline,
        "articleSection": article.section.text if article.section else "",
        "author": [_author(who) for who in article.byline] or [{"@id": _newsroom_id()}],
        "publisher": {"@id": _newsroom_id()},
        "image": {"@id": picture["@id"]},
        "about": [_thing(link) for link in article.topics],
        "contentLocation": _place(article.place) if article.place else None,
        "citation": citations(article),
        "isBasedOn": based_on(article),
        "hasPart": [
            *quotations(article, paper.tag),
            *claims(article),
            *questions(article),
        ],
        "correction": [_correction(row) for row in article.corrections],
        "version": article.version,
        "archivedAt": f"{url}versions/",
        **_translations(article),
    }
    yield _without_empty(node)
    yield picture


def _author(who: Byline) -> Node:
    node: Node = {
        "@type": "Organization" if who.kind == "desk" else "Person",
        "@id": f"{absolute(who.url)}#who",
        "name": who.name,
        "url": absolute(who.url),
        "description": who.biography,
        "image": absolute(who.portrait) if who.portrait else "",
    }
    if who.kind != "desk":
        node |= {"jobTitle": who.role, "worksFor": {"@id": _newsroom_id()}}
    return _without_empty(node)


def _picture(article: ArticleView, paper: Paper, url: str) -> Node:
    shown = shown_picture(article.picture, paper)
    return _without_empty(
        {
            "@type": "ImageObject",
            "@id": f"{url}#picture",
            "url": shown.url,
            "contentUrl": shown.url,
            "width": _pixels(shown.width),
            "height": _pixels(shown.height),
            "caption": article.picture.caption if article.picture else "",
            "creditText": article.picture.credit if article.picture else "",
        }
    )


def _pixels(figure: int) -> Node:
    # UN/CEFACT's code of the pixel.
    return {"@type": "QuantitativeValue", "value": figure, "unitCode": "E37"}


def _correction(row: Any) -> Node:
    return {
        "@type": "CorrectionComment",
        "text": row.text,
        "datePublished": rfc3339(row.corrected_at),
    }


def _translations(article: ArticleView) -> Node:
    """Name the article's other languages; each knows which one is the original."""
    if article.original:
        return {"translationOfWork": _work(article.original)}
    return {"workTranslation": [_work(link) for link in article.translations]}


def _work(link: Link) -> Node:
    url = absolute(link.url)
    return {
        "@type": "NewsArticle",
        "@id": _article_id(url),
        "url": url,
        "inLanguage": link.lang,
    }


def _thing(link: Link) -> Node:
    return {"@type": "Thing", "name": link.text, "url": absolute(link.url)}


def _place(link: Link) -> Node:
    return {"@type": "Place", "name": link.text, "url": absolute(link.url)}


def _article_id(url: str) -> str:
    return f"{url}#article"


def _newsroom_id() -> str:
    return f"{settings.DATELINE_SITE_URL}/#newsroom"


def _website_id(paper: Paper) -> str:
    return f"{absolute(paper.home)}#edition"


def _purpose(link: Link) -> str:
    return link.url.strip("/").rpartition("/")[2]


def _without_empty(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in ("", None, [])}
