"""
Gather the reader's words from templates and code, and bring the catalogues up to them.

A developer runs it, through `scripts/messages`, when words were changed.
"""

import re
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dateline.languages.catalogue import SOURCE_LANGUAGE
from dateline.languages.records import LANGUAGES

PACKAGE = Path(__file__).parents[1]
LOCALE = PACKAGE / "locale"

_METHODS = [("**/templates/**", "jinja2"), ("**.py", "python")]
_OPTIONS = {"**/templates/**": {"trimmed": "true", "silent": "false"}}
_COMMENT = "# The words of Dateline's reader pages; their license is Dateline's own."

# Babel knows these plurals otherwise than CLDR: Hindi counts 0 with 1, and the forms of
# Arabic stand in CLDR's order (zero, one, two, few, many, other).
_PLURALS = {
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
    ),
    "hi": "nplurals=2; plural=(n > 1);",
}

# Of the headers only those that are read stay: a run that changes no word must change
# no file, and who translated what is in the history.
_UNUSED_HEADERS = re.compile(
    rb'^"(?:Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|'
    rb"PO-Revision-Date|Last-Translator|Language-Team|Generated-By): .*\n",
    re.MULTILINE,
)


def extract(folder: Path) -> Catalog:
    """Return every message that templates and code below the folder can print."""
    catalog = Catalog(header_comment=_COMMENT, fuzzy=False)
    found = extract_from_dir(folder, _METHODS, _OPTIONS, comment_tags=("NOTE:",))
    for file, _, message, comments, context in sorted(found, key=lambda item: item[:2]):
        name = (folder / file).relative_to(PACKAGE.parent).as_posix()
        catalog.add(message, None, [(name, 0)], (), comments, context=context)
    return catalog


def update(file: Path, code: str, template: Catalog) -> None:
    """Give a language's catalogue the template's messages, keeping what it has."""
    if file.exists():
        with file.open("rb") as lines:
            catalog = read_po(lines, abort_invalid=True)
    else:
        catalog = _new(code)
    # A guess at a changed message would look finished; an empty one is seen.
    catalog.update(template, no_fuzzy_matching=True)
    _write(catalog, file)


def _new(code: str) -> Catalog:
    language = LANGUAGES[code]
    catalog = Catalog(
        locale=language.locale_id or language.tag,
        header_comment=_COMMENT,
        fuzzy=False,
    )
    if code in _PLURALS:
        catalog.mime_headers = [("Plural-Forms", _PLURALS[code])]
    return catalog


def _write(catalog: Catalog, file: Path) -> None:
    written = BytesIO()
    write_po(written, catalog, width=88, ignore_obsolete=True, include_lineno=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_UNUSED_HEADERS.sub(b"", written.getvalue()))


def main(codes: Iterable[str]) -> None:
    """Bring the template, the catalogues there are, and those of `codes` up to date."""
    template = extract(PACKAGE / "website")
    _write(template, LOCALE / "django.pot")
    kept = {file.parts[-3] for file in LOCALE.glob("*/LC_MESSAGES/django.po")}
    for code in sorted((kept | set(codes)) - {SOURCE_LANGUAGE}):
        update(LOCALE / code / "LC_MESSAGES" / "django.po", code, template)
    sys.stdout.write(f"{len(template)} messages\n")


if __name__ == "__main__":
    main(sys.argv[1:])
