"""The words of a text in any script."""

import re

#: What parts words is told, not what makes them: the vowel signs of Indic and Thai
#: words are no letters to `re`.
_BETWEEN = re.compile(
    r"[\s!-/:-@\[-`{-~\u00a0-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf"
    r"\u055a-\u055f\u0589\u058a\u05be\u060c\u060d\u061b\u061f\u066a-\u066d\u06d4"
    r"\u0964\u0965\u104a\u104b\u1361-\u1368\u17d4-\u17d6\u2000-\u206f\u2190-\u2bff"
    r"\u3000-\u3004\u3008-\u3020\u30fb\ufe30-\ufe6f\uff01-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65]+"
)

#: A letter of a script that parts no words.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
)


def split_words(text: str) -> list[str]:
    """Return the words of a text, without the marks between them."""
    return [word for word in _BETWEEN.split(text) if word and _has_letter(word)]


def _has_letter(word: str) -> bool:
    # Nearly every word is nothing but letters: ask that first, in one step.
    return word.isalnum() or any(sign.isalnum() for sign in word)
