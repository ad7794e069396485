"""Words for copy."""

from django.db.models import TextChoices


class Form(TextChoices):
    """An article is dated and listed; a standing page has an address of its own."""

    ARTICLE = "article", "Article"
    STANDING = "standing", "Standing page"


class Genre(TextChoices):
    """What kind of piece it is; each has its type in schema.org."""

    REPORT = "report", "Report"
    ANALYSIS = "analysis", "Analysis"
    BACKGROUND = "background", "Background"
    OPINION = "opinion", "Opinion"
    REVIEW = "review", "Review"
    OBITUARY = "obituary", "Obituary"


class Purpose(TextChoices):
    """What a standing page is for. The value is its address."""

    ABOUT = "about", "About"
    MASTHEAD = "masthead", "Masthead"
    ETHICS = "ethics", "Ethics"
    CORRECTIONS_POLICY = "corrections-policy", "Corrections policy"
    SOURCES_POLICY = "sources-policy", "Sources policy"
    OWNERSHIP = "ownership", "Ownership"
    PRIVACY = "privacy", "Privacy"
    TERMS = "terms", "Terms"
    HELP = "help", "Help"
    CONTACT = "contact", "Contact"


class MarkKind(TextChoices):
    """What a statement may be instead of attributed, in someone's name."""

    OBSERVATION = "observation", "Own observation"
    COMMON_KNOWLEDGE = "common_knowledge", "Common knowledge"
    OPINION = "opinion", "Opinion"


class Status(TextChoices):
    """How well an attributed statement is known, from the best to the least."""

    CONFIRMED = "confirmed", "Confirmed"
    """A document or a data set says so, and a copy is kept; or an editor found so."""
    REPORTED = "reported", "Reported by"
    """Another newsroom says so, whomever it cites."""
    CLAIMED = "claimed", "Claimed by"
    """Somebody says so: a person, an office, a source that is not named."""
    UNVERIFIED = "unverified", "Unverified"
    """One wire item alone says so, and names nobody for it."""


class Settled(TextChoices):
    """What became of two sources that say different things."""

    OPEN = "open", "Side by side"
    RESOLVED = "resolved", "Resolved"
    DISMISSED = "dismissed", "They do not differ"
