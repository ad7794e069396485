"""An article as ninjs 3.1, judged by IPTC's own schema and read back by our reader."""

import io
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from dateline.articles.actions import attribute_span
from dateline.articles.models import ArticleTopic, Place, Topic
from dateline.editions.actions import link_translation
from dateline.editions.models import Newsroom
from dateline.publishing import actions
from dateline.publishing.actions import publish_article
from dateline.sources.models import Source
from dateline.sources.pictures import receive_picture
from dateline.sources.vocabulary import SourceKind
from dateline.sources.wire.formats.ninjs import read_ninjs
from dateline.sources.wire.limits import WireLimits
from tests.publishing.factories import a_draft, a_reporter, an_editor, redraft
from tests.sources.picture_files import jpeg
from tests.website.machines.newsroom import ARABIC, corrected, killed, published

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
SCHEMA = json.loads(
    (Path(__file__).parent / "ninjs" / "ninjs-schema_3.1.json").read_text()
)
# No shape of the earth is told here; what the schema says of it is not needed.
GEOJSON = Resource.from_contents({}, DRAFT202012)
VALIDATOR = Draft202012Validator(
    SCHEMA,
    registry=Registry().with_resource(
        "https://geojson.org/schema/GeoJSON.json", GEOJSON
    ),
)
SPAN, OTHER = "aaaaaaaaaaaa", "bbbbbbbbbbbb"
STANDING = {"form": "standing", "section": None, "bylines": ()}
TEXTS = {
    "en": (
        "Two of five berths close",
        "The board fears for the quay.",
        "Rope & < sail",
    ),
    "ar": (
        "إغلاق رصيفين من خمسة أرصفة",
        "تخشى الهيئة على الرصيف القديم.",
        "حبل & شراع",
    ),
    "zh-CN": ("五个泊位中的两个关闭", "委员会担心旧码头。", "绳索 & 帆"),
}


@pytest.fixture(autouse=True)
def pictures_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def told(client, path, status=200):
    response = client.get(f"{path}ninjs.json")
    assert response.status_code == status
    assert response["Content-Type"] == "application/json; charset=utf-8"
    node = json.loads(response.content)
    errors = [error.message for error in VALIDATOR.iter_errors(node)]
    assert errors == []
    for address in addresses(node):
        parts = urlsplit(address)
        assert parts.scheme in {"http", "https", "urn"}, address
        assert parts.netloc or parts.scheme == "urn", address
    return node


def addresses(value, key=""):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from addresses(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner, key)
    elif key in {"uri", "href", "linkedRights"}:
        yield value


def read_back(node):
    (draft,) = read_ninjs(json.dumps(node), WireLimits())
    return draft


def a_picture():
    picture = receive_picture(io.BytesIO(jpeg(1280, 800)), by=None, title="The quay")
    picture.credit, picture.rights = "Ina Brook", "Once, with credit"
    picture.save()
    return picture


def test_the_judge_refuses_what_is_no_ninjs():
    assert list(VALIDATOR.iter_errors({"headline": "No uri, and an old name"}))
    assert list(VALIDATOR.iter_errors({"uri": "urn:x:1", "pubStatus": "killed"}))


def test_an_article_says_all_that_its_page_says(client):
    Newsroom.objects.update_or_create(defaults={"name": "The House"})
    place = Place.objects.create(slug="the-quay", names={"en": "The Quay"})
    topic, _ = Topic.objects.get_or_create(
        code="medtop:20000123", defaults={"names": {"en": "Quays"}}
    )
    for purpose in ("ethics", "corrections-policy", "sources-policy", "terms"):
        published(**STANDING, purpose=purpose, headline=f"What we do: {purpose}")
    draft = a_draft(
        place=place, genre="analysis", slug="harbour-berths", urgency=2,
        lead_picture=a_picture(), lead_caption="The quay at dawn", lead_alt="A quay",
    )  # fmt: skip
    ArticleTopic.objects.create(article=draft, topic=topic)
    publication = publish_article(draft, by=an_editor())

    node = told(client, publication.path)

    assert node["uri"] == f"urn:uuid:{publication.uid}"
    assert (node["pubStatus"], node["version"]) == ("usable", "1")
    assert (node["language"], node["urgency"], node["by"]) == ("en", 2, "reporter")
    assert (node["located"], node["slugline"]) == ("The Quay", "harbour-berths")
    assert node["genres"][0]["uri"].endswith("/genre/Analysis")
    subjects = {row["rel"]: row for row in node["subjects"]}
    assert subjects["section"]["name"] == "Harbour"
    assert subjects["about"]["literal"] == topic.code
    assert subjects["about"]["uri"] == (
        "http://cv.iptc.org/newscodes/mediatopic/20000123"
    )
    indicators = {
        row["role"].rpartition("/")[2]: row for row in node["trustIndicators"]
    }
    assert indicators["correctionsPolicy"]["href"] == f"{SITE}/en/corrections-policy/"
    assert indicators["unnamedSourcesPolicy"]["href"] == f"{SITE}/en/sources-policy/"
    assert "feedbackPolicy" not in indicators
    assert indicators["pieceOfWorkInfo"]["href"] == (
        f"{SITE}{publication.path}versions/"
    )
    assert node["copyrightHolder"] == "The House"
    assert node["rightsInfo"] == {"linkedRights": f"{SITE}/en/terms/"}


def test_its_picture_comes_with_credit_rights_and_sizes_that_answer(client):
    publication = published(lead_picture=a_picture(), lead_alt="A quay at dawn")
    (picture,) = told(client, publication.path)["associations"]
    assert (picture["name"], picture["type"]) == ("lead", "picture")
    assert (picture["by"], picture["usageTerms"]) == ("Ina Brook", "Once, with credit")
    assert {row["role"]: row["value"] for row in picture["descriptions"]} == {
        "altText": "A quay at dawn"
    }
    assert [row["width"] for row in picture["renditions"]] == [320, 640, 960, 1280]
    answer = client.get(picture["renditions"][0]["href"].removeprefix(SITE))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"


def test_it_names_on_whom_it_rests(client):
    said = f'<p><span data-span="{SPAN}">It closed.</span> '
    said += f'<span data-span="{OTHER}">It stays so.</span></p>'
    draft = a_draft(body=[{"type": "paragraph", "value": said}])
    board = Source.objects.create(
        name="Port Board", kind="official_body", url="https://board.example/"
    )
    official = Source.objects.create(
        name="a port official", kind=SourceKind.UNNAMED, known_to=an_editor(),
        unnamed_reason="They may not speak in public.",
    )  # fmt: skip
    for span, source in ((SPAN, board), (OTHER, official)):
        attribute_span(draft, span, source=source, by=a_reporter())
    publication = publish_article(draft, by=an_editor())

    paper, author, first, second = told(client, publication.path)["infoSources"]

    assert "role" not in paper
    assert author["role"].endswith("/contentprodpartyrole/author")
    assert first == {
        "name": "Port Board",
        "role": "http://cv.iptc.org/newscodes/contentprodpartyrole/contentSource",
        "literal": "official_body",
        "uri": "https://board.example/",
    }
    assert (second["name"], second["literal"]) == ("a port official", "unnamed")
    assert "uri" not in second


@pytest.mark.parametrize("code", TEXTS)
def test_our_own_reader_reads_it_back_whole(client, code):
    headline, lede, words = TEXTS[code]
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    publication = published(
        language=code,
        headline=headline,
        lede=lede,
        urgency=3,
        body=[
            {"type": "crosshead", "value": words},
            {"type": "paragraph", "value": f"<p><b>{escaped}</b> {escaped}.</p>"},
            {"type": "list", "value": {"ordered": False, "items": [f"<p>{lede}</p>"]}},
            {
                "type": "quotation",
                "value": {"text": f"<p>{lede}</p>", "speaker": "Ina Brook"},
            },
        ],
    )
    node = told(client, publication.path)

    draft = read_back(node)

    assert (draft.headline, draft.standfirst) == (headline, lede)
    assert (draft.byline, draft.urgency, draft.version) == ("reporter", 3, "1")
    assert (draft.section, draft.pubstatus) == (node["subjects"][0]["name"], "usable")
    assert draft.uri == f"urn:uuid:{publication.uid}"
    assert draft.language == {"zh-CN": "zh-Hans"}.get(code, code)
    assert draft.publisher == node["infoSources"][0]["name"]
    assert draft.published_at == publication.published_at.replace(microsecond=0)
    assert [block.text for block in draft.blocks] == [
        words, f"{words} {words}.", lede, lede, "Ina Brook",
    ]  # fmt: skip
    text = next(b["value"] for b in node["bodies"] if b["contentType"] == "text/plain")
    assert [line for line in text.split("\n") if line] == [b.text for b in draft.blocks]


def test_a_correction_travels_to_the_desk_that_takes_it(client):
    publication = published()
    corrected(publication, "An earlier version named the wrong berth.", lede="Anew.")
    node = told(client, publication.path)
    assert node["version"] == "2"
    assert "An earlier version named the wrong berth." in node["edNote"]
    assert node["versionCreated"] >= node["firstCreated"]


def test_a_killed_one_is_canceled_and_tells_no_word_of_its_text(client):
    publication = published()
    killed(publication, reason="It was not true at all.")
    node = told(client, publication.path, status=410)
    assert node["pubStatus"] == "canceled"
    assert node["edNote"] == "News desk: It was not true at all."
    assert not {"headlines", "bodies", "descriptions", "associations"} & node.keys()
    assert "berths close" not in json.dumps(node)
    assert read_back(node).pubstatus == "canceled"


def test_a_redacted_one_is_without_the_words_and_newer(client):
    publication = published()
    before = told(client, publication.path)
    assert "Ina Brook" in json.dumps(before)
    actions.redact(
        publication.article, by=an_editor(), passages=["Ina Brook"],
        reason="A court ordered that the name be removed.",
    )  # fmt: skip
    node = told(client, publication.path)
    assert "Ina Brook" not in json.dumps(node)
    assert "A court ordered that the name be removed." in node["edNote"]
    assert node["versionCreated"] >= before["versionCreated"]


def test_translations_name_each_other(client):
    original = published()
    draft = a_draft(**ARABIC)
    link_translation(original.article, draft)
    arabic = publish_article(draft, by=an_editor())

    (there,) = told(client, original.path)["associations"]
    (back,) = told(client, arabic.path)["associations"]

    assert (there["rel"], there["language"]) == ("translation", "ar")
    assert there["uri"] == f"{SITE}{arabic.path}ninjs.json"
    assert (back["rel"], back["language"]) == ("translationOf", "en")


def test_the_page_leads_to_it_and_a_former_address_too(client):
    publication = published()
    page = client.get(publication.path).content.decode()
    assert (
        f'<link rel="alternate" type="application/json" title="ninjs" '
        f'href="{publication.path}ninjs.json">'
    ) in page
    redraft(publication.article, slug="another-slug")
    actions.update_article(publication.article, by=an_editor())
    answer = client.get(f"{publication.path}ninjs.json")
    assert answer.status_code == 301
    assert answer["Location"].endswith("/another-slug/ninjs.json")
    assert client.get("/en/2026/11/22/nothing/ninjs.json").status_code == 404
    assert client.get("/en/2026/13/42/nothing/ninjs.json").status_code == 404


def test_it_is_kept_and_purged_as_its_page_is(client):
    publication = published()
    path = f"{publication.path}ninjs.json"
    first = client.get(path)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert first["Access-Control-Allow-Origin"] == "*"
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    corrected(publication, "An earlier version named the wrong berth.", lede="Anew.")
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_body_with_everything_in_it_is_valid(client):
    picture = {"picture": a_picture().pk, "caption": "The quay", "alt": "A quay"}
    publication = published(
        body=[
            {"type": "picture", "value": picture},
            {"type": "gallery", "value": {"title": "Berths", "pictures": [picture]}},
            {"type": "table", "value": {"caption": "", "header": True, "rows": "a|b"}},
            {"type": "fact_box", "value": {"title": "So", "text": "<p>Is it.</p>"}},
            {"type": "embed", "value": {"url": "https://a.example/", "title": "A"}},
        ]
    )
    node = told(client, publication.path)
    assert [row["name"] for row in node["associations"]] == ["picture-0", "picture-1"]
