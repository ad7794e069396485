"""What search engines and those who share a page read in its head."""

import io
import json

import extruct
import pytest

from dateline.articles.actions import attribute_span
from dateline.articles.models import ArticleTopic, Attribution, Topic
from dateline.articles.spans import wrap
from dateline.editions.actions import link_translation
from dateline.editions.models import Newsroom
from dateline.languages import LANGUAGES
from dateline.plumbing import clock
from dateline.publishing.actions import publish_article
from dateline.sources.actions import cite
from dateline.sources.models import Source
from dateline.sources.pictures import receive_picture
from dateline.website.machines.open_graph import locale
from tests.publishing.factories import a_draft, an_editor, paragraphs
from tests.sources.picture_files import jpeg
from tests.website.machines.newsroom import ARABIC, corrected, published

pytestmark = pytest.mark.django_db
SPANS = ("aaaaaaaaaaaa", "bbbbbbbbbbbb")
SITE = "http://127.0.0.1:8000"
STANDING = {"form": "standing", "section": None, "bylines": ()}


def html(client, path) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def graph(client, path) -> dict[str, dict]:
    """Return the page's nodes by type, as an outside reader extracts them."""
    found = extruct.extract(html(client, path), syntaxes=["json-ld"])["json-ld"]
    (told,) = found
    assert told["@context"] == "https://schema.org"
    return {node["@type"]: node for node in told["@graph"]}


def shared(client, path) -> dict[str, str]:
    page = extruct.extract(html(client, path), syntaxes=["opengraph"])
    return dict(page["opengraph"][0]["properties"])


def test_an_article_says_what_it_is_who_wrote_it_and_when(client):
    publication = published(dateline="HARBOUR")
    nodes = graph(client, publication.path)
    article = nodes["ReportageNewsArticle"]
    url = SITE + publication.path
    assert article["headline"] == publication.headline
    assert article["identifier"] == f"urn:uuid:{publication.uid}"
    assert article["mainEntityOfPage"] == {"@id": url}
    assert article["inLanguage"] == "en"
    assert article["dateline"] == "HARBOUR"
    assert article["articleSection"] == "Harbour"
    assert article["isAccessibleForFree"] is True
    assert article["datePublished"].endswith("Z")
    (author,) = article["author"]
    assert author["@type"] == "Person"
    assert author["url"] == f"{SITE}/en/by/reporter/"
    assert article["publisher"]["@id"] == nodes["NewsMediaOrganization"]["@id"]
    assert article["image"]["@id"] == nodes["ImageObject"]["@id"]
    steps = nodes["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps] == [
        "The Paper (en)",
        "Harbour",
        publication.headline,
    ]


@pytest.mark.parametrize(
    ("genre", "expected"),
    [
        ("analysis", "AnalysisNewsArticle"),
        ("background", "BackgroundNewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("review", "ReviewNewsArticle"),
        ("obituary", "NewsArticle"),
    ],
)
def test_each_genre_has_its_type(client, genre, expected):
    assert expected in graph(client, published(genre=genre).path)


def test_the_newsroom_names_the_policies_that_are_public_and_no_others(client):
    publication = published()
    for purpose in ("ethics", "corrections-policy", "ownership"):
        published(purpose=purpose, headline=purpose.title(), **STANDING)
    a_draft(purpose="masthead", headline="Masthead", **STANDING)
    newsroom = graph(client, publication.path)["NewsMediaOrganization"]
    assert newsroom["ethicsPolicy"] == f"{SITE}/en/ethics/"
    assert newsroom["publishingPrinciples"] == f"{SITE}/en/ethics/"
    assert newsroom["correctionsPolicy"] == f"{SITE}/en/corrections-policy/"
    assert newsroom["ownershipFundingInfo"] == f"{SITE}/en/ownership/"
    assert "masthead" not in newsroom
    assert "unnamedSourcesPolicy" not in newsroom


def test_a_correction_is_a_comment_of_its_own(client):
    publication = corrected(
        published(),
        "It was two berths of six.",
        body=paragraphs("Two of six berths closed, said Ina Brook."),
    )
    article = graph(client, publication.path)["ReportageNewsArticle"]
    (comment,) = article["correction"]
    assert comment["@type"] == "CorrectionComment"
    assert comment["text"] == "It was two berths of six."
    assert comment["datePublished"] == article["dateModified"]


def test_translations_know_each_other_and_the_original(client):
    draft, copy = a_draft(), a_draft(**ARABIC)
    link_translation(draft, copy)
    english = publish_article(draft, by=an_editor())
    arabic = publish_article(copy, by=an_editor())
    original = graph(client, english.path)["ReportageNewsArticle"]
    translation = graph(client, arabic.path)["ReportageNewsArticle"]
    (work,) = original["workTranslation"]
    assert work["@id"] == translation["@id"]
    assert work["inLanguage"] == "ar"
    assert translation["translationOfWork"]["@id"] == original["@id"]
    assert "translationOfWork" not in original


def test_a_lead_picture_is_shared_with_its_size_and_credit(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = receive_picture(
        io.BytesIO(jpeg()),
        title="Cranes",
        by=an_editor(),
        credit="Quay Pictures",
        rights="© Quay Pictures",
        alt_text="Two cranes",
    )
    path = published(lead_picture=picture).path
    told = shared(client, path)
    assert told["og:image"].startswith(f"{SITE}/pictures/{picture.uid}/")
    assert (told["og:image:width"], told["og:image:height"]) == ("960", "600")
    assert told["og:image:alt"] == "Two cranes"
    image = client.get(told["og:image"].removeprefix(SITE))
    assert image["Content-Type"] == told["og:image:type"] == "image/jpeg"
    node = graph(client, path)["ImageObject"]
    assert node["contentUrl"] == told["og:image"]
    assert node["creditText"] == "Quay Pictures"


def test_a_page_is_shared_with_all_that_its_card_needs(client):
    publication = published(**ARABIC)
    told = shared(client, publication.path)
    assert told["og:title"] == publication.headline
    assert told["og:type"] == "article"
    assert told["og:url"] == SITE + publication.path
    assert told["og:locale"] == "ar_EG"
    assert told["og:site_name"] == "The Paper (ar)"
    assert told["article:author"] == f"{SITE}/ar/by/reporter/"
    assert told["og:image"].endswith("website/card.png")
    assert "twitter:card" in html(client, publication.path)


def test_a_headline_cannot_end_the_script_or_the_attribute(client):
    evil = 'End </script><!--<script> "quoted" \u2028 & <b>'
    publication = published(headline=evil)
    article = graph(client, publication.path)["ReportageNewsArticle"]
    assert article["headline"] == evil
    assert shared(client, publication.path)["og:title"] == evil
    page = html(client, publication.path)
    inside = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(inside)["@graph"]
    assert "<" not in inside


@pytest.fixture(scope="class")
def pages(class_db):
    published()
    for purpose in ("about", "contact", "privacy"):
        published(purpose=purpose, headline=purpose.title(), **STANDING)


@pytest.mark.usefixtures("pages")
class TestPages:
    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            ("/en/", "CollectionPage"),
            ("/en/latest/", "CollectionPage"),
            ("/en/sections/harbour/", "CollectionPage"),
            ("/en/by/reporter/", "ProfilePage"),
            ("/en/corrections/", "CollectionPage"),
            ("/en/about/", "AboutPage"),
            ("/en/contact/", "ContactPage"),
            ("/en/privacy/", "WebPage"),
        ],
    )
    def test_every_page_says_what_kind_of_page_it_is(self, client, path, kind):
        nodes = graph(client, path)
        assert nodes[kind]["url"] == SITE + path
        assert nodes["WebSite"]["url"] == f"{SITE}/en/"
        told = shared(client, path)
        assert {"og:title", "og:type", "og:url", "og:image"} <= set(told)


def test_a_list_names_its_articles_in_their_order(client):
    published()
    newest = published(headline="The newest piece")
    entity = graph(client, "/en/latest/")["CollectionPage"]["mainEntity"]
    first = entity["itemListElement"][0]
    assert (first["position"], first["url"]) == (1, SITE + newest.path)


def test_social_accounts_are_the_newsrooms_own(client):
    Newsroom.objects.update_or_create(
        pk=Newsroom.load().pk,
        defaults={"social_links": "Mastodon https://social.example/@paper"},
    )
    newsroom = graph(client, published().path)["NewsMediaOrganization"]
    assert newsroom["sameAs"] == ["https://social.example/@paper"]


def test_topics_and_sources_are_named(client):
    topic, _ = Topic.objects.get_or_create(
        code="medtop:20000001", defaults={"names": {"en": "quays"}}
    )
    draft = a_draft(
        body=paragraphs(f"{wrap('Two closed', SPANS[0])}, {wrap('it said', SPANS[1])}.")
    )
    draft.topic_links.add(ArticleTopic(topic=topic))
    for span, values in (
        (SPANS[0], {"name": "Ina Brook", "kind": "person"}),
        (
            SPANS[1],
            {"name": "Minutes", "kind": "document", "url": "https://m.example/1"},
        ),
    ):
        Attribution.objects.create(
            article=draft,
            span=span,
            source=Source.objects.create(**values),
            attributed_at=clock.now(),
        )
    draft.save_revision(user=an_editor())
    publication = publish_article(draft, by=an_editor())
    article = graph(client, publication.path)["ReportageNewsArticle"]
    assert article["about"][0]["url"] == f"{SITE}/en/topics/{topic.slug}/"
    assert "Ina Brook" in article["citation"]
    assert {
        "@type": "CreativeWork",
        "name": "Minutes",
        "url": "https://m.example/1",
    } in article["citation"]
    assert article["isBasedOn"] == [
        {"@type": "CreativeWork", "name": "Minutes", "url": "https://m.example/1"}
    ]


def test_a_source_says_on_whom_it_rests_in_turn(client):
    draft = a_draft(body=paragraphs(f"{wrap('Two closed', SPANS[0])}."))
    agency = Source.objects.create(name="The agency", kind="publication")
    told = cite(None, by=None, described_as="people it does not name")
    cited = cite(agency, by=None, rests_on=told)
    attribute_span(draft, SPANS[0], source=agency, by=an_editor(), citation=cited)
    publication = publish_article(draft, by=an_editor())
    article = graph(client, publication.path)["ReportageNewsArticle"]
    assert article["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "The agency",
            "citation": ["people it does not name"],
        }
    ]


def test_a_quotation_says_who_spoke_and_in_which_words(client):
    value = {
        "text": f"<p>{wrap('We <i>close</i> two.', SPANS[0])}</p>",
        "speaker": "Ina Brook",
        "role": "chair",
        "original": "Ми закриваємо два.",
        "original_language": "uk",
    }
    bare = {"text": "<p>Nobody asked us.</p>", "speaker": "A voice"}
    draft = a_draft(
        body=[
            {"type": "quotation", "value": value},
            {"type": "quotation", "value": bare},
        ]
    )
    chair = Source.objects.create(name="Ina Brook", kind="person")
    attribute_span(draft, SPANS[0], source=chair, by=an_editor())
    publication = publish_article(draft, by=an_editor())
    first, second = graph(client, publication.path)["ReportageNewsArticle"]["hasPart"]
    assert first == {
        "@type": "Quotation",
        "text": "We close two.",
        "inLanguage": "en",
        "creditText": "Ina Brook, chair",
        "spokenByCharacter": {"@type": "Person", "name": "Ina Brook"},
        "translationOfWork": {
            "@type": "Quotation",
            "text": "Ми закриваємо два.",
            "inLanguage": "uk",
        },
    }
    assert second["creditText"] == "A voice"
    assert "spokenByCharacter" not in second


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en_US"),
        ("uk", "uk_UA"),
        ("zh-Hans", "zh_CN"),
        ("zh-Hant", "zh_TW"),
        ("he", "he_IL"),
        ("nb", "nb_NO"),
    ],
)
def test_a_locale_has_the_language_and_its_likely_country(tag, expected):
    assert locale(tag) == expected


def test_every_language_of_the_picker_has_a_locale():
    without = {code for code, one in LANGUAGES.items() if not locale(one.tag)}
    assert without <= {"hmn"}
