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
