"""Names in many languages as plain lines, and the nouns that carry them."""

import pytest
from django.core.exceptions import ValidationError

from dateline.articles.models import Place, Section, Story, Topic
from dateline.desk.names import NamesField
from dateline.people.models import Contributor
from dateline.sources.models import Source
from tests.publishing.factories import a_draft, a_section


def test_lines_become_names_and_names_become_lines():
    field = NamesField()
    names = field.clean("en = World\n\n uk=Світ \nhe = עולם")
    assert names == {"en": "World", "uk": "Світ", "iw": "עולם"}
    assert field.clean(field.prepare_value(names)) == names
    assert field.clean("") == {}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("World", "write a code"),
        ("en =", "write a code"),
        ("= World", "none of the 104"),
        ("xx = World", "none of the 104"),
        ("en = " + "x" * 161, "longer than"),
        ("en = x\n" * 121, "more than 120"),
    ],
)
def test_what_is_no_name_is_refused_in_words(text, says):
    with pytest.raises(ValidationError, match=says):
        NamesField().clean(text)


@pytest.mark.django_db
def test_an_editor_makes_and_renames_a_section(editors_desk):
    form = {"names": "en = Courts\nuk = Суди", "slug": "courts", "position": "2"}
    assert editors_desk.post("/desk/sections/add/", form).status_code == 302
    section = Section.objects.get()
    assert section.names == {"en": "Courts", "uk": "Суди"}

    page = editors_desk.get(f"/desk/sections/edit/{section.pk}/").content.decode()
    assert "en = Courts\nuk = Суди" in page

    form["names"] = "quatsch"
    answer = editors_desk.post(f"/desk/sections/edit/{section.pk}/", form)
    assert "write a code" in answer.content.decode()


@pytest.mark.django_db
def test_a_reporter_cannot_change_sections(reporters_desk):
    section = a_section()
    answer = reporters_desk.post(f"/desk/sections/delete/{section.pk}/")
    assert answer.status_code == 302
    assert Section.objects.exists()


@pytest.mark.django_db
def test_a_section_in_use_stays_and_says_why(reporter):
    from tests.desk.desk_forms import signed_in
    from tests.publishing.factories import an_editor

    article = a_draft(by=reporter)
    desk = signed_in(an_editor())

    answer = desk.post(f"/desk/sections/delete/{article.section_id}/", follow=True)

    assert "is in use: it stays" in answer.content.decode()
    assert Section.objects.exists()


MADE = {
    "stories": lambda: Story.objects.create(slug="row", names={"uk": "Суперечка"}),
    "places": lambda: Place.objects.create(slug="sea", names={"ar": "البحر"}),
    "contributors": lambda: Contributor.objects.create(
        slug="ina", name="Ina Brook", names={"uk": "Іна Брук"}
    ),
    "sources": lambda: Source.objects.create(name="Board", names={"uk": "Правління"}),
}
ASKED = {
    "stories": "СУПЕР",
    "places": "البحر",
    "contributors": "іна брук",
    "sources": "правління",
}


@pytest.mark.django_db
@pytest.mark.parametrize("noun", MADE)
def test_nouns_are_found_by_a_name_in_any_language(editors_desk, noun):
    made = MADE[noun]()

    found = editors_desk.get(f"/desk/{noun}/", {"q": ASKED[noun]})
    none = editors_desk.get(f"/desk/{noun}/", {"q": "nothing of the kind"})

    assert list(found.context["object_list"]) == [made]
    assert list(none.context["object_list"]) == []


@pytest.mark.django_db
def test_topics_are_offered_by_name_and_retired_ones_are_not(reporters_desk):
    Topic.objects.all().delete()
    for code, names, retired in (
        ("medtop:1", {"en": "harbour", "uk": "порт"}, False),
        ("medtop:2", {"en": "harbour of old", "uk": "старий порт"}, True),
        ("medtop:3", {"en": "football", "uk": "футбол"}, False),
    ):
        Topic.objects.create(code=code, names=names, is_retired=retired)
    chooser = "/desk/snippets/choose/articles/topic/results/"

    answer = reporters_desk.get(chooser, {"q": "ПОРТ"})

    page = answer.content.decode()
    assert "harbour" in page
    assert "harbour of old" not in page
    assert "football" not in page
    assert reporters_desk.get("/desk/topics/").status_code == 200
    assert reporters_desk.get("/desk/topics/add/").status_code == 403


@pytest.mark.django_db
def test_a_pseudonym_needs_someone_who_vouches(editors_desk):
    form = {"name": "A. N. Other", "kind": "pseudonym", "slug": "a-n-other"}
    answer = editors_desk.post("/desk/contributors/add/", form)
    assert answer.status_code == 200
    assert "Name the editor who vouches for it" in answer.content.decode()
    assert not Contributor.objects.exists()
