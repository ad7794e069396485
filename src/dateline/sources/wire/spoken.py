"""Which language a text is in, told from the text."""

from functools import lru_cache

from py3langid import langid

#: A text shorter than this says too little of its language.
_ENOUGH = 20
#: The identifier's own names for what the rest of the house calls otherwise.
_BCP47 = {"yue": "zh", "no": "nb", "sh": "sr"}


@lru_cache(maxsize=64)
def language_of(text: str) -> str | None:
    """Return the BCP 47 tag of the language the text is in, if it can be told."""
    sample = " ".join(text.split())[:4000]
    if sum(1 for letter in sample if letter.isalpha()) < _ENOUGH:
        return None
    code = str(langid.classify(sample)[0])
    return _BCP47.get(code, code)


_SCRIPTS = {
    "Cyrillic": "ru uk be bg sr mk kk ky mn tg",
    "Arabic": "ar fa ur ps sd ug ckb",
    "Han": "zh",
    "Hebrew": "he iw yi",
    "Devanagari": "hi mr ne",
    "Own": "ja ko th el ka hy am bn ta te kn ml gu pa or si lo km my",
}
_SCRIPT_OF = {
    code: script for script, codes in _SCRIPTS.items() for code in codes.split()
}


def same_script(tag: str, other: str) -> bool:
    """Tell whether two languages are written alike, so far as that tells a lie."""
    first, second = (t.lower().split("-")[0] for t in (tag, other))
    alike = _SCRIPT_OF.get(first, "Latin") == _SCRIPT_OF.get(second, "Latin")
    return first == second or (alike and _SCRIPT_OF.get(first) != "Own")
