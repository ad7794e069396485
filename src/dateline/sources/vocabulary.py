"""Words of the source ledger and of the wire."""

from dataclasses import dataclass

from django.db.models import TextChoices


class SourceKind(TextChoices):
    PERSON = "person", "Person"
    ORGANISATION = "organisation", "Organization"
    OFFICIAL_BODY = "official_body", "Official body"
    PUBLICATION = "publication", "Publication"
    DOCUMENT = "document", "Document"
    DATA_SET = "data_set", "Data set"
    EYEWITNESS = "eyewitness", "Eyewitness"
    UNNAMED = "unnamed", "Unnamed source"


class Reuse(TextChoices):
    """Whether the newsroom may publish a source's own text."""

    UNKNOWN = "", "Nobody has said"
    LICENSED = "licensed", "Licensed: its text may stand in ours"
    UNLICENSED = "unlicensed", "Not licensed: it may be quoted, not copied"


class PictureKind(TextChoices):
    """What a picture is: only a photograph was taken somewhere, some day."""

    PHOTOGRAPH = "photograph", "Photograph"
    DRAWING = "drawing", "Drawing, map or chart"


class ShownPeople(TextChoices):
    """Who can be recognized in a picture."""

    UNKNOWN = "", "Nobody has said"
    NOBODY = "nobody", "Nobody can be recognized"
    IDENTIFIED = "identified", "People who were identified"


class KeptForm(TextChoices):
    """What a kept copy is a copy of."""

    PAGE = "page", "Page"
    FILE = "file", "File"
    RECORDING = "recording", "Recording"
    MAIL = "mail", "Mail"


class LinkState(TextChoices):
    """What became of an address when it was last asked."""

    UNCHECKED = "unchecked", "Not asked yet"
    ANSWERS = "answers", "Answers"
    FAILING = "failing", "Does not answer just now"
    BROKEN = "broken", "Broken"
    NOT_ASKED = "not-asked", "Is not asked"


class PubStatus(TextChoices):
    """IPTC's spelling (ninjs ``pubStatus``)."""

    USABLE = "usable", "Usable"
    WITHHELD = "withheld", "Withheld"
    CANCELED = "canceled", "Canceled"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain, as a page draws it."""

    name: str
    kind: str
    citation: int
    source: int | None
    wire_item: int | None
    kept_copy: int | None
    place: str

    @property
    def is_kept(self) -> bool:
        return bool(self.wire_item or self.kept_copy)
