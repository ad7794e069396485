"""The words of the interface, as readers meet them."""

import re
import string

import pytest
from babel.messages.pofile import read_po

from dateline.languages import LANGUAGES, extraction
from dateline.languages.catalogue import completeness, translations

TRANSLATED = ["uk", "ar", "zh-CN", "hi", "fr", "es"]
LETTERS = {
    "uk": re.compile("[а-яіїєґ]", re.IGNORECASE),
    "ar": re.compile("[\u0621-\u064a]"),
    "zh-CN": re.compile("[\u4e00-\u9fff]"),
    "hi": re.compile("[\u0904-\u0939]"),
    "fr": re.compile("[a-zà-ÿ]", re.IGNORECASE),
    "es": re.compile("[a-zà-ÿ]", re.IGNORECASE),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)(\w)")
TEMPLATE = extraction.LOCALE / "django.pot"


def messages_of(file):
    with file.open("rb") as lines:
        return [message for message in read_po(lines) if message.id]


def catalogue_of(code):
    return messages_of(extraction.LOCALE / code / "LC_MESSAGES" / "django.po")


def test_every_word_of_the_pages_is_in_the_template() -> None:
    in_pages = {
        (message.id, message.context)
        for message in extraction.extract(extraction.PACKAGE / "website")
        if message.id
    }
    in_template = {(message.id, message.context) for message in messages_of(TEMPLATE)}
    assert in_template == in_pages, "run scripts/messages"


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_says_everything_and_nothing_else(code: str) -> None:
    assert completeness(code) == 1.0
    assert len(catalogue_of(code)) == len(messages_of(TEMPLATE))


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_messages_placeholders(code: str) -> None:
    for message in catalogue_of(code):
        if not message.pluralizable:
            wanted = set(PLACEHOLDER.findall(message.id))
            assert set(PLACEHOLDER.findall(message.string)) == wanted
            continue
        wanted = set(PLACEHOLDER.findall(message.id[1]))
        assert set(PLACEHOLDER.findall(message.string[-1])) == wanted
        for form in message.string:
            # A form that stands for one number may say it as a word.
            assert set(PLACEHOLDER.findall(form)) <= wanted


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_is_plain_text_in_its_own_script(code: str) -> None:
    for message in catalogue_of(code):
        forms = message.string if message.pluralizable else (message.string,)
        for form in forms:
            said = PLACEHOLDER.sub("", form)
            assert LETTERS[code].search(said), form
            assert not re.search(r"[<>{}%]|&\w+;|\.\.\.|\"", said), form
            assert code in {"fr", "es"} or not set(said) & set(string.ascii_letters)


@pytest.mark.parametrize(
    ("code", "number", "said"),
    [
        ("en", 1, "1 version"),
        ("en", 2, "2 versions"),
        ("uk", 1, "1 версія"),
        ("uk", 3, "3 версії"),
        ("uk", 5, "5 версій"),
        ("uk", 11, "11 версій"),
        ("uk", 21, "21 версія"),
        ("ar", 1, "نسخة واحدة"),
        ("ar", 2, "نسختان"),
        ("ar", 3, "3 نسخ"),
        ("ar", 11, "11 نسخة"),
        ("ar", 100, "100 نسخة"),
        ("ar", 103, "103 نسخ"),
        ("zh-CN", 1, "1 个版本"),
        ("fr", 0, "0 version"),
        ("fr", 2, "2 versions"),
        ("es", 0, "0 versiones"),
    ],
)
def test_a_number_takes_the_form_its_language_asks_for(code, number, said) -> None:
    words = translations(code)
    form = words.ngettext("%(n)s version", "%(n)s versions", number)
    assert form % {"n": number} == said


def test_a_language_without_catalogue_speaks_english() -> None:
    for code in set(LANGUAGES) - set(TRANSLATED):
        assert translations(code).gettext("Corrections") == "Corrections", code
        assert completeness(code) == (1.0 if code == "en" else 0.0), code


def test_a_message_that_no_catalogue_knows_stays_as_it_is() -> None:
    assert translations("uk").gettext("No such message") == "No such message"


@pytest.mark.parametrize("code", ["xx", "../uk", "", "UK"])
def test_a_code_that_is_no_language_is_refused(code: str) -> None:
    with pytest.raises(KeyError):
        translations(code)
    with pytest.raises(KeyError):
        completeness(code)


def test_a_sentence_with_a_value_in_it_is_one_message() -> None:
    # Said in pieces, French would read “Publié 22 novembre” and Hindi the wrong way
    # round: the message has a place for the value, `_("Published %(when)s", when=…)`.
    pieces = re.compile(r"""[(]"[^"]+"[)] }} {{ [^}]+[|] (?:moment|day|clock|number)""")
    templates = (extraction.PACKAGE / "website" / "templates").rglob("*.html")
    found = [
        piece for file in templates for piece in pieces.findall(file.read_text("utf-8"))
    ]
    assert found == []


PAGE = """
{# NOTE: above the list of sources #}
<h2>{{ _("Sources") }}</h2>{% trans %}
  Two lines,
  one sentence.
{% endtrans %}
{{ ngettext("%(n)s word", "%(n)s words", n) }} {{ pgettext("to buy", "Order") }}
"""


def test_words_are_gathered_from_pages_and_code(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(extraction, "PACKAGE", tmp_path / "dateline")
    folder = tmp_path / "dateline" / "website"
    (folder / "templates").mkdir(parents=True)
    (folder / "templates" / "page.html").write_text(PAGE)
    (folder / "words.py").write_text('HELP = _("Help")\n')
    found = {(m.id, m.context) for m in extraction.extract(folder) if m.id}
    assert found == {
        ("Sources", None),
        ("Two lines, one sentence.", None),
        (("%(n)s word", "%(n)s words"), None),
        ("Order", "to buy"),
        ("Help", None),
    }


def test_an_update_keeps_translations_and_guesses_none(tmp_path) -> None:
    file = tmp_path / "ar" / "LC_MESSAGES" / "django.po"
    template = extraction.Catalog()
    template.add(("%(n)s word", "%(n)s words"))
    template.add("Help")
    extraction.update(file, "ar", template)
    empty = file.read_text(encoding="utf-8")
    assert "nplurals=6" in empty
    assert "msgstr[5]" in empty

    file.write_text(empty.replace('"Help"\nmsgstr ""', '"Help"\nmsgstr "مساعدة"'))
    template.add("Helpers")
    extraction.update(file, "ar", template)
    said = {message.id: message.string for message in messages_of(file)}
    assert said["Help"] == "مساعدة"
    assert said["Helpers"] == ""

    kept = file.read_bytes()
    extraction.update(file, "ar", template)
    assert file.read_bytes() == kept
