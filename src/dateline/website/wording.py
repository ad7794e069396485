"""What the paper calls the members of the house's vocabularies, as messages."""

from collections.abc import Mapping


def _(message: str) -> str:
    """Mark a message for the catalogue; the template translates it."""
    return message


SOURCE_KINDS = {
    "person": _("Person"),
    "organisation": _("Organization"),
    "official_body": _("Official body"),
    "publication": _("Publication"),
    "document": _("Document"),
    "data_set": _("Data set"),
    "eyewitness": _("Eyewitness"),
    "unnamed": _("Unnamed source"),
}
KEPT_FORMS = {
    "wire item": _("wire item"),
    "page": _("web page"),
    "file": _("file"),
    "recording": _("recording"),
    "mail": _("e-mail"),
}
KNOWN = {
    "confirmed": _("Confirmed by %(source)s"),
    "reported": _("Reported by %(source)s"),
    "claimed": _("Claimed by %(source)s"),
    "unverified": _("Unverified: only %(source)s says so"),
}
SECOND = _("Confirmed by %(source)s and %(second)s")
DIFFER = _("Sources differ")
UNNAMED_SOURCES = _("Sources that we do not name")
STATUSES = {
    "confirmed": _("confirmed"),
    "reported": _("reported"),
    "claimed": _("claimed"),
    "unverified": _("unverified"),
}
ACTS = {
    "publish": _("Published"),
    "update": _("Updated with new facts"),
    "amend": _("Spelling and style"),
    "correct": _("Corrected"),
    "redact": _("A passage was removed"),
    "kill": _("Withdrawn"),
    "schedule": _("Scheduled"),
    "unschedule": _("Schedule lifted"),
}
GENRES = {
    "analysis": _("Analysis"),
    "background": _("Background"),
    "opinion": _("Opinion"),
    "review": _("Review"),
    "obituary": _("Obituary"),
}
PURPOSES = {
    "about": _("About us"),
    "masthead": _("Who makes the paper"),
    "ethics": _("Ethics"),
    "corrections-policy": _("Corrections policy"),
    "sources-policy": _("How we use sources"),
    "ownership": _("Ownership and funding"),
    "privacy": _("Privacy"),
    "terms": _("Terms of use"),
    "help": _("Help"),
    "contact": _("Contact"),
}
LISTS = {
    "section": _("Section"),
    "topic": _("Topic"),
    "place": _("Place"),
    "story": _("Running story"),
    "contributor": _("Contributor"),
}
PASSAGES = {
    "headline": _("Headline"),
    "lede": _("Lede"),
    "paragraph": _("Paragraph"),
    "crosshead": _("Crosshead"),
    "quotation": _("Quotation"),
    "picture": _("Picture"),
    "list": _("List"),
    "table": _("Table"),
    "fact_box": _("Fact box"),
    "contradiction": DIFFER,
}
TABLES: Mapping[str, Mapping[str, str]] = {
    "source_kind": SOURCE_KINDS,
    "kept_form": KEPT_FORMS,
    "status": STATUSES,
    "act": ACTS,
    "genre": GENRES,
    "purpose": PURPOSES,
    "list_kind": LISTS,
    "passage": PASSAGES,
}


def known_as(status: str, *, second: str = "") -> str:
    """Return the words for how well a statement is known, with places for its names."""
    return SECOND if second and status == "confirmed" else KNOWN[status]
