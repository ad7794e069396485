"""Pictures from outside: what is kept of them, what is refused, what readers get."""

import io
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from dateline.sources import renditions
from dateline.sources.models import Picture, PictureRendition
from dateline.sources.pictures import (
    PictureDamaged,
    PictureEmpty,
    PictureIsMarkup,
    PictureTooLarge,
    PictureTooManyPixels,
    PictureUnknown,
    receive_picture,
)
from tests.publishing.factories import an_editor
from tests.sources.picture_files import (
    XMP,
    drawn,
    gif_of_many_frames,
    jpeg,
    png_bomb,
    saved,
    with_exif,
    with_iptc,
)

pytestmark = pytest.mark.django_db
# Wagtail leaves the file that it encoded a preview into to the garbage collector.
WAGTAILS_OWN = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def received(content: bytes, **told) -> Picture:
    return receive_picture(io.BytesIO(content), title="Cranes", by=an_editor(), **told)


def opened(response) -> Image.Image:
    return Image.open(io.BytesIO(response.content))


def test_xmp_fills_what_nobody_said():
    picture = received(jpeg(xmp=XMP))
    assert picture.credit == "Harbour Agency"
    assert picture.rights == "© 2026 Harbour Agency"
    assert picture.caption == "Two cranes over the old quay"
    assert picture.alt_text == "Two tall cranes against a red sky"
    assert picture.captions["ar"] == "رافعتان فوق الرصيف القديم"
    assert picture.taken_at == "2026-11-02T10:11:12+02:00"
    assert picture.embedded["creator"] == "Ina Brook"
    assert picture.embedded["headline"] == "Cranes at dawn"


def test_what_an_editor_said_is_not_replaced():
    picture = received(jpeg(xmp=XMP), credit="Our own", captions={"ar": "رصيف"})
    assert picture.credit == "Our own"
    assert picture.captions == {"ar": "رصيف"}
    assert picture.rights == "© 2026 Harbour Agency"


@pytest.mark.parametrize(
    ("encoding", "marks"),
    [("utf-8", {(1, 90): b"\x1b%G"}), ("utf-8", {}), ("cp1252", {})],
)
def test_iptc_is_read_in_the_encodings_agencies_use(encoding, marks):
    records = marks | {
        (2, 80): "Zoë Müller".encode(encoding),
        (2, 116): "© Agency".encode(encoding),
        (2, 120): "Der Hafen – früh".encode(encoding),
        (2, 55): b"20261102",
        (2, 60): b"101112+0200",
    }
    picture = received(with_iptc(jpeg(), records))
    assert picture.credit == "Zoë Müller"
    assert picture.rights == "© Agency"
    assert picture.caption == "Der Hafen – früh"
    assert picture.taken_at == "2026-11-02T10:11:12+02:00"


def test_exif_is_read_and_the_place_is_not():
    content = with_exif(
        base={
            0x010E: "Кран у причалі".encode(),
            0x8298: "© I. Brook".encode(),
        },
        taken={0x9003: "2026:11:02 10:11:12"},
        gps={1: "N", 2: (51.0, 30.0, 0.0)},
    )
    picture = received(content)
    assert picture.caption == "Кран у причалі"
    assert picture.rights == "© I. Brook"
    assert picture.taken_at == "2026-11-02T10:11:12"
    assert "51" not in str(picture.embedded)


def test_what_a_camera_says_by_itself_is_no_caption():
    assert received(with_exif(base={0x010E: "OLYMPUS DIGITAL CAMERA"})).caption == ""


def test_a_picture_that_says_nothing_is_kept_with_nothing():
    picture = received(saved(drawn(), "PNG"))
    assert (picture.credit, picture.rights, picture.caption, picture.alt_text) == (
        ("",) * 4
    )
    assert picture.embedded == {}
    assert picture.file.name.endswith(".png")
    assert (picture.width, picture.height) == (1600, 1000)


@pytest.mark.parametrize(
    "xmp",
    [
        b"<x:xmpmeta",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        b"<a>" * 20_000,
        b"<a>" * 20_000 + b"</a>" * 20_000,
        b"\xff\xfe\x00",
    ],
    ids=["cut", "entity", "deep-cut", "deep", "binary"],
)
def test_broken_metadata_costs_the_metadata_alone(xmp):
    assert received(saved(drawn(), "WEBP", xmp=xmp)).credit == ""


HOSTILE = {
    "empty": (b"", PictureEmpty),
    "truncated": (jpeg()[:3000], PictureDamaged),
    "truncated-png": (saved(drawn(), "PNG")[:900], PictureDamaged),
    "pixel-bomb": (png_bomb(), PictureTooManyPixels),
    "just-too-many-pixels": (png_bomb(9_500, 9_500), PictureTooManyPixels),
    "thin-and-endless": (png_bomb(10, 20_000), PictureTooManyPixels),
    "svg": (
        b'<?xml version="1.0"?><svg onload="alert(1)" xmlns="http://www.w3.org/2000/svg"/>',
        PictureIsMarkup,
    ),
    "html": (b"\n<!DOCTYPE html><script>alert(1)</script>", PictureIsMarkup),
    "zip": (b"PK\x03\x04" + b"\0" * 100, PictureUnknown),
    "header-only": (jpeg()[:20], PictureUnknown),
    "postscript": (
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        PictureUnknown,
    ),
    "tiff": (saved(drawn(), "TIFF"), PictureUnknown),
}


@pytest.mark.parametrize(("content", "refusal"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_picture_is_refused_by_name_and_leaves_nothing(
    content, refusal, folder
):
    with pytest.raises(refusal) as caught:
        received(content)
    assert caught.value.code.startswith("picture-")
    assert not Picture.objects.exists()


def test_an_animation_that_unpacks_to_too_much_is_refused(folder):
    with pytest.raises(PictureTooManyPixels):
        received(gif_of_many_frames())
    assert not Picture.objects.exists()
    assert not list(folder.rglob("*.*"))


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1000
    with pytest.raises(PictureTooLarge):
        received(jpeg())


def form(content: bytes, name: str, **told):
    fields = get_image_form(Picture)
    collection = Collection.get_first_root_node()
    files = {"file": SimpleUploadedFile(name, content)}
    return fields(
        {"title": "Cranes", "collection": collection.pk, **told},
        files,
        user=an_editor(),
    )


def test_the_desk_fills_what_the_editor_left_empty():
    upload = form(jpeg(xmp=XMP), "cranes.jpg", credit="Our own")
    assert upload.is_valid(), upload.errors
    picture = upload.save()
    picture.refresh_from_db()
    assert picture.credit == "Our own"
    assert picture.alt_text == "Two tall cranes against a red sky"
    assert picture.file_hash


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"<!DOCTYPE html><p>", "cranes.jpg", "picture-is-markup"),
        (png_bomb(), "cranes.png", "picture-too-many-pixels"),
        (jpeg()[:3000], "cranes.jpg", "picture-damaged"),
        (saved(drawn(), "PNG"), "cranes.jpg", "invalid_image_known_format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "c.svg", "picture-is-markup"),
    ],
)
def test_the_desk_refuses_by_the_same_names(content, name, code):
    errors = form(content, name).errors.as_data()
    assert [error.code for error in errors["file"]] == [code]


def test_a_set_of_sizes_is_addresses_alone(django_assert_num_queries):
    picture = received(jpeg())
    picture.focal_point_x, picture.focal_point_y = 400, 900
    with django_assert_num_queries(0):
        shown = renditions.picture_set(picture, sizes="100vw")
    assert [entry.split()[1] for entry in shown.avif_srcset.split(", ")] == [
        "320w",
        "640w",
        "960w",
        "1280w",
    ]
    assert shown.src.endswith("/960.jpg")
    assert (shown.width, shown.height) == (1280, 800)
    assert shown.object_position == "25% 90%"
    assert not PictureRendition.objects.exists()


def test_a_picture_is_never_made_larger(client):
    picture = received(jpeg(width=200, height=100))
    shown = renditions.picture_set(picture)
    assert shown.webp_srcset.endswith("/320.webp 200w")
    assert (shown.width, shown.height) == (200, 100)
    assert opened(client.get(shown.src)).size == (200, 100)


@pytest.mark.parametrize("extension", ["avif", "webp", "jpg"])
def test_readers_get_our_own_encoding_at_the_width_asked_for(client, extension):
    picture = received(with_exif(base={0x010F: "SpyCam"}, gps={1: "N"}, xmp=XMP))
    response = client.get(renditions.address(picture, 640, extension))
    assert response.status_code == 200
    assert response["Content-Type"] == renditions.TYPES[extension]
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    image = opened(response)
    assert image.size == (640, 400)
    assert not image.getexif()
    assert b"SpyCam" not in response.content
    assert b"Harbour Agency" in image.info["xmp"]
    assert b"Ina Brook" not in image.info["xmp"]


def test_a_rendition_is_made_once(client):
    address = renditions.address(received(jpeg()), 320, "webp")
    assert client.get(address).content == client.get(address).content
    assert PictureRendition.objects.count() == 1


def test_a_new_credit_is_a_new_address_and_the_old_one_leads_there(client):
    picture = received(jpeg(), credit="Harbour Agency")
    old = renditions.address(picture, 320, "jpg")
    client.get(old)
    picture.credit = "Quay Pictures"
    picture.save()
    response = client.get(old)
    assert response.status_code == 302
    assert response["Location"] == renditions.address(picture, 320, "jpg")
    assert b"Quay Pictures" in opened(client.get(response["Location"])).info["xmp"]
    assert PictureRendition.objects.count() == 1


def test_an_original_is_never_served(client):
    picture = received(jpeg())
    assert client.get(f"/pictures/{picture.file.name}").status_code == 404
    name = picture.file.name.rpartition("/")[2]
    assert client.get(f"/pictures/images/{name}").status_code == 404
    assert client.get(f"/pictures/images/..%2f{picture.file.name}").status_code == 404


@WAGTAILS_OWN
def test_the_desks_own_previews_are_served(client):
    preview = received(jpeg()).get_rendition("max-165x165")
    response = client.get(preview.url)
    assert response.status_code == 200
    assert opened(response).size == (165, 103)


def test_what_hides_behind_a_picture_stays_behind(client):
    payload = b"<script>alert(document.domain)</script>PK\x03\x04"
    picture = received(jpeg() + payload)
    for extension in renditions.TYPES:
        response = client.get(renditions.address(picture, 320, extension))
        assert response.status_code == 200
        assert b"alert" not in response.content


@pytest.mark.parametrize(
    "path",
    [
        "/pictures/00000000-0000-0000-0000-000000000000/abc/320.jpg",
        "/pictures/images/nothing.jpg",
        "/pictures/images/nothing.svg",
        "/pictures/images/..",
        "/pictures/by/nobody/abc/96.webp",
    ],
)
def test_there_is_no_picture_where_there_is_none(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("end", ["321.jpg", "320.png", "320.svg", "99999999.avif"])
def test_only_the_widths_and_formats_we_make_are_made(client, end):
    address = renditions.address(received(jpeg()), 320, "jpg")
    assert client.get(address.replace("320.jpg", end)).status_code == 404
    assert not PictureRendition.objects.exists()


def test_a_picture_taken_sideways_stands_upright(client):
    sideways = with_exif(base={0x0112: 6})
    picture = received(sideways)
    shown = renditions.picture_set(picture)
    image = opened(client.get(renditions.address(picture, 320, "webp")))
    assert image.height > image.width
    assert shown.height > shown.width
    assert abs(image.height / image.width - shown.height / shown.width) < 0.01


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGBA", "LA", "P", "I;16", "1"])
@pytest.mark.parametrize("format", ["avif", "webp", "jpg"])
def test_pictures_of_every_mode_become_ones_that_browsers_show(mode, format):
    picture = drawn(64, 32).convert("RGB")
    picture = (
        picture.convert("L").convert(mode) if mode == "I;16" else picture.convert(mode)
    )
    content = saved(picture, "JPEG" if mode == "CMYK" else "PNG")
    made = Image.open(io.BytesIO(renditions.encode(content, width=32, format=format)))
    assert made.size == (32, 16)
    assert made.mode in {"RGB", "RGBA"}
    dark, light = (made.convert("L").getpixel((x, 8)) for x in (4, 28))
    assert light - dark > 200


@pytest.mark.django_db(transaction=True)
def test_many_readers_at_once_make_one_rendition(client):
    picture = received(jpeg())

    def ask():
        renditions.get_or_make(picture, 320, "webp")
        connection.close()

    readers = [threading.Thread(target=ask) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert PictureRendition.objects.count() == 1


@WAGTAILS_OWN
@pytest.mark.parametrize("address", ["/desk/images/add/", "/desk/images/multiple/add/"])
def test_the_desks_screens_take_pictures_in_and_find_them(client, address):
    client.force_login(an_editor())
    name = "files[]" if "multiple" in address else "file"
    sent = {
        "title": "Cranes at dawn",
        "collection": Collection.get_first_root_node().pk,
        name: SimpleUploadedFile("cranes.jpg", jpeg(xmp=XMP), "image/jpeg"),
    }
    client.post(address, sent, headers={"X-Requested-With": "XMLHttpRequest"})
    picture = Picture.objects.get()
    assert picture.rights == "© 2026 Harbour Agency"
    found = client.get("/desk/images/", {"q": "Cranes"})
    assert picture.title in found.content.decode()


def test_the_desks_screen_of_many_names_what_it_refuses(client):
    client.force_login(an_editor())
    bomb = SimpleUploadedFile("cranes.png", png_bomb(), "image/png")
    answer = client.post(
        "/desk/images/multiple/add/",
        {"title": "Cranes", "files[]": bomb},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert "80 million pixels" in answer.json()["error_message"]
    assert not Picture.objects.exists()
