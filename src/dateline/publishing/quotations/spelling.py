"""
One spelling for all that may differ between a quotation and its source.

Marks, white space, line ends, dashes, digits, invisible letters and Unicode forms are
spelled alike on both sides; letters, capitals, numbers and the rest of the punctuation
stay as they are.
"""

import re
import unicodedata

from dateline.languages.numerals import ascii_digits

#: Stands in a spelled text where a quotation opened or closed.
MARK = "\ue000"
LONGEST_TEXT = 400_000

_INVISIBLE = (
    "\u00ad\u034f\u061c\u0640\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    "\ufe00\ufe01\ufe02\ufe0e\ufe0f"
)
_ALIKE = {
    **dict.fromkeys('“”„‟«»‹›「」『』﹁﹂﹃﹄〝〞〟＂"״', ""),
    **dict.fromkeys("‘’‚‛ʼʹ′׳´`ꞌ＇", "'"),
    **dict.fromkeys("–—―‒⸺⸻─", "–"),
    **dict.fromkeys("‐‑−﹣－", "-"),
    **dict.fromkeys("،、，﹐", ","),
    **dict.fromkeys("。．｡।॥۔።៕។", "."),
    **dict.fromkeys("？؟", "?"),
    "！": "!",
    "：": ":",
    **dict.fromkeys("；؛", ";"),
    **dict.fromkeys("…⋯", "..."),
    # NFKC would make 10² a hundred and two.
    **{chr(sign): f"^{unicodedata.digit(chr(sign))}" for sign in (0xB2, 0xB3, 0xB9)},
    **{chr(sign): f"^{sign - 0x2070}" for sign in range(0x2074, 0x207A)},
}
_TABLE = str.maketrans(_ALIKE | dict.fromkeys(_INVISIBLE, ""))
_SPACE = re.compile(r"\s+")
_DASH = re.compile(r"\s+-\s+|\s*–\s*")
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
_APOSTROPHE = re.compile(r"(?<![^\W_])'|'(?![^\W_])")
_DOTS = re.compile(r"\(?\s*(?:\.\s?){3,}\s*\)?|\[\s*(?:\.\s?){3,}\s*\]")
_BEFORE_STOP = re.compile(f" (?=[{MARK} ]*[.,;:!?)%‰])")
_AFTER_OPENING = re.compile(f"(?<=[(\\[¿¡]) |(?<=[(\\[¿¡]{MARK}) ")
#: Han, kana, Thai, Lao, Khmer, Burmese: written without spaces between words.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_BESIDE_UNSPACED = re.compile(
    f"(?<=[{UNSPACED}])({MARK}*) ({MARK}*)"
    f"|(?<=[.,;:!?]) (?={MARK}*[{UNSPACED}])"
    f"| ({MARK}*)(?=[{UNSPACED}])"
)


def spell(text: str) -> str:
    """Return a text in the one spelling; a MARK stays where it stands."""
    plain = unicodedata.normalize("NFC", text[:LONGEST_TEXT]).translate(_TABLE)
    # One letter of a ligature's kind may become eighteen.
    alike = unicodedata.normalize("NFKC", plain)[:LONGEST_TEXT].translate(_AFTER_NFKC)
    return _spaced(_DOTS.sub(" ", _SPACE.sub(" ", ascii_digits(alike))))


def without_marks(spelled: str) -> tuple[str, tuple[int, ...]]:
    """Return a spelled text without its MARKs, and the places where they stood."""
    kept, marks = "", []
    first, *rest = spelled.split(MARK)
    kept = first
    for piece in rest:
        marks.append(len(kept))
        is_doubled = kept.endswith(" ") or not kept
        kept += piece.lstrip(" ") if is_doubled else piece
    return kept, tuple(marks)


#: What NFKC itself makes of wide and small forms.
_AFTER_NFKC = str.maketrans({'"': "", "`": "'", "´": "'"})


def _spaced(text: str) -> str:
    # Runs of spaces are closed before each pattern that looks across them.
    text = _SPACE.sub(" ", _APOSTROPHE.sub("", text))
    text = _RANGE.sub("-", _DASH.sub("–", text))
    text = _SPACE.sub(" ", text)
    text = _AFTER_OPENING.sub("", _BEFORE_STOP.sub("", text))
    text = _BESIDE_UNSPACED.sub(r"\1\2\3", text).strip()
    return unicodedata.normalize("NFC", text)


def without_breaks(text: str) -> str:
    """Return a text whose words that a hyphen broke at a line's end are whole."""
    return re.sub(r"(?<=[^\W\d_])[-\u00ad\u2010][ \t]*\r?\n\s*(?=[^\W\d_])", "", text)
