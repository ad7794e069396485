"""Words of the source ledger and of the wire."""

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


class PubStatus(TextChoices):
    """IPTC's spelling (ninjs ``pubStatus``)."""

    USABLE = "usable", "Usable"
    WITHHELD = "withheld", "Withheld"
    CANCELED = "canceled", "Canceled"
