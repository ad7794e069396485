"""
Quotation marks, by language.

From CLDR 48, where the press does not differ: Arabic and Tajik papers use « », Danish
ones ” ”, Serbian ones close within a quotation with the single mark; CLDR's pairs for
Sesotho and Shona open with a closing mark. French sets its marks off with no-break
spaces.
"""

from dataclasses import dataclass

from dateline.languages.records import LANGUAGES


@dataclass(frozen=True, slots=True)
class QuotationMarks:
    """The marks round a quotation, and round one inside it."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


_CURLY = QuotationMarks("“", "”", "‘", "’")
_LOW_HIGH = QuotationMarks("„", "“", "‚", "‘")
_LOW_RIGHT = QuotationMarks("„", "”", "«", "»")
_RIGHT = QuotationMarks("”", "”", "’", "’")
_ANGLED = QuotationMarks("«", "»", "“", "”")
_ANGLED_LOW = QuotationMarks("«", "»", "„", "“")
_ANGLED_SINGLE = QuotationMarks("«", "»", "‹", "›")
_CORNERS = QuotationMarks("「", "」", "『", "』")

_BY_LANGUAGE = {
    **dict.fromkeys(("zh-TW", "ja"), _CORNERS),
    **dict.fromkeys(("am", "fa"), _ANGLED_SINGLE),
    **dict.fromkeys(("be", "ky", "ru", "uk"), _ANGLED_LOW),
    **dict.fromkeys(("ar", "ca", "el", "eu", "hy", "it", "kk", "mg", "tg"), _ANGLED),
    **dict.fromkeys(
        ("bg", "cs", "de", "et", "hr", "is", "lb", "lt", "mk", "sk", "sl"), _LOW_HIGH
    ),
    **dict.fromkeys(("pl", "ro"), _LOW_RIGHT),
    **dict.fromkeys(("da", "fi", "iw", "sv", "yi"), _RIGHT),
    "bs": QuotationMarks("„", "”", "‘", "’"),
    "eo": QuotationMarks("“", "”", "«", "»"),
    "fr": QuotationMarks("«\u00a0", "\u00a0»", "“", "”"),
    "ht": QuotationMarks("«\u00a0", "\u00a0»", "“", "”"),
    "hu": QuotationMarks("„", "”", "»", "«"),
    "ka": QuotationMarks("„", "“", "«", "»"),
    "nl": QuotationMarks("‘", "’", "“", "”"),
    "no": QuotationMarks("«", "»", "‘", "’"),
    "sr": QuotationMarks("„", "”", "’", "’"),
    "ur": QuotationMarks("”", "“", "’", "‘"),
}


def quotation_marks(code: str) -> QuotationMarks:
    """Return the marks of the language; raise KeyError for a code not in the list."""
    return _BY_LANGUAGE.get(LANGUAGES[code].code, _CURLY)
