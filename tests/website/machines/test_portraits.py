"""The faces beside bylines."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from dateline.people.models import Contributor
from dateline.website.machines.pictures import portrait_address
from tests.sources.picture_files import XMP, jpeg, png_bomb

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def contributor(content: bytes | None = None) -> Contributor:
    who = Contributor.objects.create(slug="desk", kind="desk", name="News desk")
    if content is not None:
        who.portrait.save("face.jpg", ContentFile(content))
    return who


def test_a_portrait_is_re_encoded_without_what_it_says_of_itself(client):
    who = contributor(jpeg(xmp=XMP))
    for _ in range(2):
        response = client.get(portrait_address(who))
        assert response["Content-Type"] == "image/webp"
        assert "immutable" in response["Cache-Control"]
        assert b"Ina Brook" not in response.content
        assert Image.open(io.BytesIO(response.content)).size == (96, 60)


def test_who_has_no_portrait_has_no_address(client):
    who = contributor()
    assert portrait_address(who) == ""
    assert client.get("/pictures/by/desk/abc/96.webp").status_code == 404


def test_a_new_portrait_is_a_new_address_and_the_old_one_leads_there(client):
    who = contributor(jpeg())
    old = portrait_address(who)
    who.portrait.save("face.jpg", ContentFile(jpeg(width=900)))
    assert client.get(old)["Location"] == portrait_address(who) != old


@pytest.mark.parametrize(
    "content",
    [png_bomb(), b"<svg xmlns='http://www.w3.org/2000/svg'/>", jpeg()[:3000], b""],
    ids=["bomb", "svg", "cut", "empty"],
)
def test_what_is_no_portrait_is_not_shown(client, content):
    who = contributor(content)
    assert client.get(portrait_address(who)).status_code == 404


def test_the_original_is_not_served(client):
    who = contributor(jpeg())
    assert client.get(f"/pictures/{who.portrait.name}").status_code == 404
