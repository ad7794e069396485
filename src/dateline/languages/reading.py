"""
How long a text takes to read.

Speeds are those of Trauzettel-Klosinski and Dietz, "Standardized Assessment of Reading
Performance" (IOVS 53, 2012): the same texts read aloud in 17 languages, with the mean
of all for the languages not among them. English is Brysbaert's mean of 190 studies of
silent reading (Journal of Memory and Language 109, 2019), which is close to it.

Letters are counted where words are not set apart by spaces. Thai, Lao, Khmer and
Burmese were not measured: they get the 68 ms a letter of the alphabets that were.
Each script counts at its own speed, so a Latin name in a Chinese text is one word.
"""

import re

WORDS_A_MINUTE = {
    "ar": 138,
    "de": 179,
    "en": 238,
    "es": 218,
    "fi": 161,
    "fr": 195,
    "it": 188,
    "iw": 187,
    "nl": 202,
    "pl": 166,
    "pt": 181,
    "ru": 184,
    "sl": 180,
    "sv": 199,
    "tr": 166,
}
MEAN_WORDS_A_MINUTE = 184
CHINESE_CHARACTERS_A_MINUTE = 255
JAPANESE_CHARACTERS_A_MINUTE = 357
SYLLABLES_A_MINUTE = 370
LETTERS_A_MINUTE = 882

_HAN_AND_KANA = re.compile(
    "[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_HANGUL = re.compile("[\uac00-\ud7a3]")
_UNSPACED_LETTERS = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u1000-\u103f\u1780-\u17d3]"
)


def reading_minutes(code: str, text: str) -> int:
    """Return whole minutes, at least 1 for a text with anything to read in it."""
    japanese = code == "ja"
    han = JAPANESE_CHARACTERS_A_MINUTE if japanese else CHINESE_CHARACTERS_A_MINUTE
    minutes = 0.0
    for letters, speed in (
        (_HAN_AND_KANA, han),
        (_HANGUL, SYLLABLES_A_MINUTE),
        (_UNSPACED_LETTERS, LETTERS_A_MINUTE),
    ):
        text, count = letters.subn(" ", text)
        minutes += count / speed
    words = sum(any(char.isalnum() for char in word) for word in text.split())
    minutes += words / WORDS_A_MINUTE.get(code, MEAN_WORDS_A_MINUTE)
    return max(1, round(minutes)) if minutes else 0
