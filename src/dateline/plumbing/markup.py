"""
HTML from outside, made harmless. The one address of what is allowed.

Everything that is stored or shown as HTML and was not written by this program
passes through :func:`clean` on its way in.
"""

import nh3

#: What running text may hold. No style, no class, no handler, nothing that loads.
TEXT_TAGS = frozenset(
    {
        "p", "br", "b", "strong", "i", "em", "u", "s", "sub", "sup", "q", "cite",
        "abbr",
        "a", "span", "code", "kbd", "mark", "small", "bdi", "bdo", "wbr", "time",
        "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "hr", "pre",
        "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption",
        "figure", "figcaption",
    }
)  # fmt: skip
#: Tags whose content is program or foreign matter, and goes with them.
DROPPED_WITH_CONTENT = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
        "title",
    }
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "bdo": {"dir"},
    "time": {"datetime"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "*": {"lang", "dir"},
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def clean(html: str) -> str:
    """Return the HTML with nothing left in it that acts, loads or dresses."""
    return nh3.clean(
        html,
        tags=set(TEXT_TAGS),
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
