"""Which addresses of the house are pages that all readers share. No Django here."""

from dateline import languages
from dateline.pagestore.keys import Keys

PAGE_KEYS = Keys(
    # The desk and a monitor want to know how things stand now; a file may be asked
    # for in parts; a stream never ends.
    never=("/desk/", "/healthz", "/metrics", "/files/", "/events/"),
    # The door of the house leads to the edition that a reader's browser asks for.
    by_language=frozenset({"/"}),
    languages=languages.wishes,
)
