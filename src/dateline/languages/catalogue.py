"""
The reader's interface in words: one gettext catalogue a language.

Catalogues are read as translators write them (`.po`), once, when a language is first
asked for: there is no compiled copy that could be older than its source. English is the
language of the messages themselves and has no catalogue.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dateline.languages.records import LANGUAGES

SOURCE_LANGUAGE = "en"

_FOLDER = files("dateline") / "locale"


@cache
def translations(code: str) -> NullTranslations:
    """
    Return the words of a language; what it has no words for stays English.

    :raises KeyError: the code is none of the 104
    """
    catalog = _catalog(code)
    if catalog is None:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def completeness(code: str) -> float:
    """
    Return the share of the interface's messages that the language has, from 0 to 1.

    :raises KeyError: the code is none of the 104
    """
    if code == SOURCE_LANGUAGE:
        return 1.0
    catalog = _catalog(code)
    if catalog is None:
        return 0.0
    messages = [message for message in _template() if message.id]
    done = sum(
        _is_translated(catalog.get(message.id, message.context)) for message in messages
    )
    return done / len(messages)


def _is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    forms = (message.string,) if isinstance(message.string, str) else message.string
    return all(forms or ())


def _catalog(code: str) -> Catalog | None:
    # The code becomes part of a path: only those of the list get that far.
    name = LANGUAGES[code].code
    return _read(_FOLDER / name / "LC_MESSAGES" / "django.po")


@cache
def _template() -> Catalog:
    return _read(_FOLDER / "django.pot") or Catalog()


def _read(file: Traversable) -> Catalog | None:
    if not file.is_file():
        return None
    with file.open("rb") as lines:
        return read_po(lines, abort_invalid=True)
