"""
Quotations made from the demonstration paper's own prose, honest and dishonest.

What is right is settled here, by difflib and by lists of this file's own: nothing of
the code that compares is asked.
"""

import difflib
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "uk", "ar", "zh-CN", "es", "fr", "hi")
DENIALS = {
    "en": r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|\w+n['’]t|cannot"
    r"|refus\w+|den(?:y|ie)\w*)\b",
    "uk": r"\b(?:не|ні|ніколи|ніхто|ніщо|нічого|без|немає|нема|жод\w+|неможливо)\b",
    "ar": r"\b\w?(?:لا|لم|لن|ليس\w*|غير|دون|بدون|عدم|كلا|لست|لسنا|أبدا)\b",
    "zh-CN": "[不没沒未无無非别勿莫否]",
    "es": r"\b(?:no|ni|nunca|jamás|nadie|nada|ningun\w*|ningún|sin|tampoco)\b",
    "fr": r"\b(?:ne|n['’]\w+|pas|ni|jamais|aucune?|rien|personne|sans|non|point|guère)"
    r"\b",
    "hi": r"(?<!\S)(?:नहीं|न|मत|ना|बिना|कभी)(?![^\s,;])",
}
_MARKUP = re.compile(r"\{\{.*?\}\}|\{[^}]*\}|\[|\]|^[>#|—*-].*$|[*_`]", re.MULTILINE)
_SENTENCE = re.compile(r"(?<![.\d])[^.!?。！？।؟]{30,400}[.!?。！？।؟](?!\d)")
_BAD = re.compile(r"[“”«»„\"‘’'()\[\]{}…|:]|\.\.| \.")


@dataclass(frozen=True)
class Case:
    """A quotation, the text it claims to be from, and what was done to it."""

    code: str
    quotation: str
    source: str
    done: str


def source_texts(code: str) -> list[str]:
    """Return the prose of the demonstration paper's articles in one language."""
    folder = files("dateline.demo") / "paper" / "articles"
    texts = []
    for article in sorted(folder.iterdir(), key=lambda entry: entry.name):
        page = article / f"{code}.md"
        if page.is_file():
            body = page.read_text("utf-8").split("+++", 2)[2]
            texts.append(_MARKUP.sub("", body))
    return texts


def words_of(text: str, code: str) -> list[str]:
    if code == "zh-CN":
        return re.findall(r"[0-9A-Za-z.,%:]+|.", text)
    return text.split()


def joined(words: list[str], code: str) -> str:
    return ("" if code == "zh-CN" else " ").join(words)


def _sentences(code: str) -> list[tuple[str, str]]:
    return [
        (" ".join(found[0].split()), text)
        for text in source_texts(code)
        for found in _SENTENCE.finditer(text)
        if not _BAD.search(found[0])
    ]


@cache
def prose(code: str) -> list[str]:
    """Return the sentences of the demonstration paper in one language."""
    return sorted({sentence for sentence, _source in _sentences(code)})


def _bare(word: str) -> str:
    return word.strip(".,;:!?،؛؟。，、；：！？।—–-")


def changed_words(count: int, seed: int = 4) -> Iterator[Case]:
    """Yield quotations of which difflib says that exactly one word was changed."""
    chance = random.Random(seed)  # noqa: S311  (the same cases each time)
    pools = {code: _sentences(code) for code in LANGUAGES}
    vocabulary = {
        code: sorted({_bare(w) for s, _ in pool for w in words_of(s, code)} - {""})
        for code, pool in pools.items()
    }
    made = 0
    while made < count:
        code = LANGUAGES[made % len(LANGUAGES)]
        sentence, source = chance.choice(pools[code])
        case = _with_another_word(sentence, source, code, vocabulary[code], chance)
        if case is not None:
            made += 1
            yield case


def _with_another_word(
    sentence: str, source: str, code: str, others: list[str], chance: random.Random
) -> Case | None:
    words = words_of(sentence, code)
    at = chance.randrange(len(words))
    old, new = _bare(words[at]), chance.choice(others)
    if not old or old.casefold() == new.casefold():
        return None
    changed = [*words[:at], words[at].replace(old, new), *words[at + 1 :]]
    told = difflib.SequenceMatcher(None, words, changed, autojunk=False).get_opcodes()
    differing = [op for op in told if op[0] != "equal"]
    is_one = len(differing) == 1 and differing[0][2] - differing[0][1] == 1
    quotation = joined(changed, code)
    return Case(code, quotation, source, f"{old} → {new}") if is_one else None


def honest_ones(count: int, seed: int = 4) -> Iterator[Case]:
    """Yield quotations that a careful reporter could have written."""
    chance = random.Random(seed)  # noqa: S311  (the same cases each time)
    pools = {code: _sentences(code) for code in LANGUAGES}
    made = 0
    while made < count:
        code = LANGUAGES[made % len(LANGUAGES)]
        sentence, source = chance.choice(pools[code])
        done = chance.choice(list(FORMS))
        quotation = FORMS[done](sentence, code, chance)
        if quotation is not None:
            made += 1
            yield Case(code, quotation, source, done)


def _middle(words: list[str], code: str, chance: random.Random) -> slice | None:
    """Return some words in the middle, none of which denies."""
    edge = 8 if code == "zh-CN" else 3
    if len(words) < 2 * edge + 3:
        return None
    begin = chance.randrange(edge, len(words) - edge - 1)
    end = min(len(words) - edge, begin + chance.randrange(1, 6))
    cut = joined(words[begin:end], code)
    if re.search(DENIALS[code], cut, re.IGNORECASE) or re.search("[.!?।。]", cut):
        return None
    return slice(begin, end)


def _ellipsis(sentence: str, code: str, chance: random.Random) -> str | None:
    words = words_of(sentence, code)
    cut = _middle(words, code, chance)
    if cut is None:
        return None
    mark = chance.choice(["…", "...", "[…]", "[...]", "(…)", ". . .", "……"])
    return joined([*words[: cut.start], f" {mark} ", *words[cut.stop :]], code)


def _insertion(sentence: str, code: str, chance: random.Random) -> str | None:
    words = words_of(sentence, code)
    cut = _middle(words, code, chance)
    if cut is None:
        return None
    told = {"en": "the board", "uk": "правління", "ar": "المجلس", "zh-CN": "港务局"}
    inserted = f"[{told.get(code, 'la junta' if code == 'es' else 'le conseil')}]"
    keeps = slice(cut.start, cut.start) if chance.random() < 0.5 else cut
    return joined([*words[: keeps.start], inserted, *words[keeps.stop :]], code)


def _part(sentence: str, code: str, chance: random.Random) -> str:
    words = words_of(sentence, code)
    begin = chance.randrange(0, len(words) // 2)
    return joined(words[begin : begin + max(4, len(words) // 2)], code)


def _wrapped(sentence: str, code: str, chance: random.Random) -> str:
    end = chance.choice(["\n", "\r\n", " \n  "])
    words = words_of(sentence, code)
    at = chance.randrange(1, len(words))
    begun = joined(words[:at], code)
    return begun + end + joined(words[at:], code)


def _invisible(sentence: str, code: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(sentence))
    sign = chance.choice(["\u00ad", "\u200b", "\u2060", "\u200e", "\u200f", "\ufeff"])
    return sentence[:at] + sign + sentence[at:]


FORMS = {
    "as it is": lambda s, _code, _chance: s,
    "a part": _part,
    "ellipsis": _ellipsis,
    "brackets": _insertion,
    "line ends": _wrapped,
    "decomposed": lambda s, _code, _chance: unicodedata.normalize("NFD", s),
    "composed": lambda s, _code, _chance: unicodedata.normalize("NFKC", s),
    "invisible letters": _invisible,
    "no-break spaces": lambda s, _code, _chance: s.replace(" ", "\u00a0"),
    "bidi marks": lambda s, _code, _chance: f"\u2067{s}\u2069",
    "small first letter": lambda s, _code, _chance: s[0].lower() + s[1:],
    "comma at the end": lambda s, _code, _chance: (
        None if s[-1] in "?؟？" else f"{s[:-1]},"
    ),
    "wide dashes": lambda s, _code, _chance: s.replace(" – ", " — "),
}
