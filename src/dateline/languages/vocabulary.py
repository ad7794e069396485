"""What is known of one language."""

from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]

_RIGHT_TO_LEFT_SCRIPTS = frozenset({"Arab", "Hebr"})


@dataclass(frozen=True, slots=True)
class Language:
    """
    One language an edition can be written in.

    `code` is the paper's own: it stands in addresses and in the database.
    `tag` (BCP 47) is for machines that readers use: `lang`, hreflang, feeds.
    """

    code: str
    tag: str
    name: str
    autonym: str
    script: str
    """ISO 15924, of the text an edition in this language is written in."""
    locale_id: str | None
    """Babel's locale, or None where CLDR has none and the record is our own."""
    aliases: tuple[str, ...] = ()
    """Other codes it goes by: ISO 639-2 and 639-3, former and narrower codes."""

    @property
    def direction(self) -> Direction:
        """Return the value of the HTML attribute `dir`."""
        return "rtl" if self.script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"

    def __str__(self) -> str:
        return self.name
