"""Lines that tell who wrote an article and when."""

import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.sources.wire.formats.bare_text.phrases import keyed, phrases
from dateline.sources.wire.formats.bare_text.shapes import (
    ends_sentence,
    is_cased,
    weight_of,
    word_count,
)
from dateline.sources.wire.told_times import ToldTime, find_times, is_clock_alone

_LONGEST_CREDIT = 200
_LONGEST_NAME = 80
_LONGEST_CASELESS_NAME = 32
_MOST_WORDS = 9
_CASELESS_WORDS = 5
_SHORTEST_NAME = 3
_LONGEST_AGE = 40
#: What may stand in a line of credits beside its times.
_SHORT_REST, _LONGEST_REST = 25, 120
_SEPARATORS = re.compile(r"\s*[|·•∙‧／/｜丨]\s*|\s+[–—-]\s+|\s{3,}|\u3000")
_MAIL = re.compile(r"\S+@\S+|(?<!\w)@\w+")
_QUOTES = "'’\"(“«"
#: Chinese sets nothing between the word and the name.
_REPORTER = re.compile(
    r"^[(（【]?(?:本[报報])?[记記]者\s?"
    r"([\u4e00-\u9fff·]{2,4}(?:[、，][\u4e00-\u9fff·]{2,4})*)(?=[／/|\s】)）]|$)"
)
_EDGES = " ,;:·|/–—-()[]（）【】，：、\u200e\u200f\t.*"
_UNLESS_IN_LETTERS = r"(?<![^\W\d_])"


@dataclass(frozen=True, slots=True)
class Credits:
    """What one line says of an article's maker and its times."""

    byline: str | None = None
    is_labeled: bool = False
    times: tuple[ToldTime, ...] = ()
    is_published: bool = False
    is_updated: bool = False
    tells_age: bool = False

    @property
    def is_bare(self) -> bool:
        return not (self.byline or self.times or self.tells_age)


NO_CREDITS = Credits()


def read_credits(text: str, languages: tuple[str, ...]) -> Credits:
    """Return what the line tells if it is a line of credits, else nothing."""
    if weight_of(text) > _LONGEST_CREDIT:
        return NO_CREDITS
    times = find_times(text, languages)
    if times and not _is_mostly_credit(text, times):
        return NO_CREDITS
    first = _first_published(text, times)
    parts = _parts_without(text, times)
    is_aged = not times and tells_age(text)
    byline, is_labeled = _byline_in(parts, has_time=bool(times) or is_aged)
    if not times and not is_labeled:
        return Credits(byline=byline, tells_age=is_aged)
    return Credits(
        byline=byline,
        is_labeled=is_labeled,
        times=tuple(times) if first is None else (first,),
        is_published=_has_label("published", text),
        is_updated=first is None and _has_label("updated", text),
    )


def _is_mostly_credit(text: str, times: list[ToldTime]) -> bool:
    """Tell a line of credits from a sentence that happens to hold a date."""
    told = sum(time.end - time.start for time in times)
    rest = len(text) - told
    if ends_sentence(text) and not _label_pattern().match(text) and rest > told:
        return rest < _SHORT_REST or _has_label("published", text)
    return rest <= _LONGEST_REST


def _first_published(text: str, times: list[ToldTime]) -> ToldTime | None:
    """Return the time that is not the time of an update."""
    for time in times:
        if not _label_before("updated", text[: time.start]):
            return time
    return None


@lru_cache(maxsize=8)
def _ending_label(role: str) -> re.Pattern[str]:
    labels = "|".join(map(re.escape, phrases().labels(role)))
    return re.compile(
        rf"{_UNLESS_IN_LETTERS}(?:{labels})[^\w]*(?:\w{{1,3}}\s+)?[^\w]*$"
    )


def _label_before(role: str, text: str) -> bool:
    return bool(_ending_label(role).search(text.casefold()[-50:]))


@lru_cache(maxsize=8)
def _any_label(role: str) -> re.Pattern[str]:
    labels = "|".join(map(re.escape, phrases().labels(role)))
    return re.compile(rf"{_UNLESS_IN_LETTERS}(?:{labels})(?![^\W\d_])")


def _has_label(role: str, text: str) -> bool:
    return bool(_any_label(role).search(text.casefold()))


def _parts_without(text: str, times: list[ToldTime]) -> list[str]:
    """Return what is left of the line when times and their labels are gone."""
    rest, at = [], 0
    for start, end in sorted(span for time in times for span in time.spans):
        rest.append(_without_time_labels(text[at:start]))
        at = end
    rest.append(text[at:])
    joined = _MAIL.sub(" | ", " | ".join(rest) if times else text)
    return [
        part
        for raw in _SEPARATORS.split(joined)
        if (part := raw.strip(_EDGES)) and not _tells_reading_time(part)
    ]


def _without_time_labels(text: str) -> str:
    for role in ("published", "updated"):
        found = _ending_label(role).search(text.casefold())
        if found and len(text) == len(text.casefold()):
            text = text[: found.start()]
    return text


def _tells_reading_time(part: str) -> bool:
    return any(c.isdigit() for c in part) and bool(
        phrases().count_inside("reading_time", part)
    )


def _byline_in(parts: list[str], *, has_time: bool) -> tuple[str | None, bool]:
    for part in parts:
        named = labeled_name(part)
        if named:
            return _without_role(named), True
    if has_time and parts and _may_be_unlabeled(parts[0]):
        return _without_role(parts[0]), False
    return None, False


def _may_be_unlabeled(part: str) -> bool:
    has_colon = ":" in part or "：" in part
    return not has_colon and is_name_like(part) and not _is_filler(part)


def _without_role(name: str) -> str:
    """Return the names alone: "Ada Quill, Transport correspondent" loses the post."""
    head, _, post = name.partition(",")
    return head.strip() if head.strip() and _names_post(post) else name


def _names_post(text: str) -> bool:
    return bool(set(keyed(text).split()) & phrases().all_of("post"))


def _is_filler(part: str) -> bool:
    """Tell whether a part is a weekday, a place of the clock, a label or a counter."""
    table = phrases()
    return (
        any(
            table.is_one(role, part)
            for role in (
                "interface",
                "published",
                "updated",
                "age",
                "section",
                "closing",
            )
        )
        or len(keyed(part)) < _SHORTEST_NAME
        or table.is_one("weekday", part)
    )


@lru_cache(maxsize=1)
def _label_pattern() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, phrases().labels("byline")))
    return re.compile(
        rf"^[\s(（\[—–-]*({labels})(?:\s*[:：/｜|丨]\s*|\s+)(?=\S)", re.IGNORECASE
    )


def labeled_name(text: str) -> str | None:
    """Return the name that a byline's label introduces (By, Автор:, 作者：)."""
    reporter = _REPORTER.match(text)
    if reporter:
        return reporter[1]
    found = _label_pattern().match(text)
    if found:
        name = text[found.end() :].strip(_EDGES)
        has_colon = any(c in ":：/｜|丨" for c in found[0])
        # "Ada Quill, reporting from Kyiv" is a name and where it stands.
        for told in dict.fromkeys((name, name.partition(",")[0])):
            if _may_follow(found[1].casefold(), told, has_colon=has_colon):
                return labeled_name(told) or told
    return _name_before_label(text)


def _may_follow(label: str, name: str, *, has_colon: bool) -> bool:
    if not name or weight_of(name) > _LONGEST_NAME or word_count(name) > _MOST_WORDS:
        return False
    if any(c.isdigit() for c in name) or name.endswith(("?", "!", "؟", "？")):
        return False
    if has_colon:
        return True
    return phrases().is_one("byline_plain", label) and is_name_like(name)


def _name_before_label(text: str) -> str | None:
    """Return the name where the label follows it, as in Korean and Hungarian."""
    words = text.strip(_EDGES).rsplit(" ", 1)
    endings = phrases().all_of("byline_ending")
    if len(words) > 1 and keyed(words[1]) in endings and is_name_like(words[0]):
        return words[0]
    return None


def is_name_like(text: str) -> bool:
    """Tell whether the text could be the name of a person, or of a desk."""
    words = text.replace("&", " ").replace(",", " ").split()
    if not words or len(words) > _MOST_WORDS or any(c.isdigit() for c in text):
        return False
    if ends_sentence(text) and not text.endswith("."):
        return False
    if not is_cased(text):
        return (
            weight_of(text) <= _LONGEST_CASELESS_NAME and len(words) <= _CASELESS_WORDS
        )
    small = phrases().all_of("name_joiner") | phrases().all_of("desk")
    named = [w for w in words if w.casefold() not in small]
    is_named = all(w.lstrip(_QUOTES)[:1].isupper() for w in named)
    is_desk = any(phrases().is_one("desk", w) for w in words)
    return (bool(named) or is_desk) and is_named and weight_of(text) <= _LONGEST_NAME


@lru_cache(maxsize=1)
def _age_words() -> frozenset[str]:
    return frozenset(w for p in phrases().all_of("age") for w in p.split())


def tells_age(text: str) -> bool:
    """Tell whether the line, or a part of it, says how old a thing is."""
    if is_clock_alone(text):
        return True
    if weight_of(text) > _LONGEST_CREDIT or not any(c.isdigit() for c in text):
        return False
    return any(_is_age(part) for part in _SEPARATORS.split(text))


def _is_age(part: str) -> bool:
    words = keyed(part).split() if weight_of(part) <= _LONGEST_AGE else []
    return (
        bool(words)
        and any(c.isdigit() for c in part)
        and all(w in _age_words() for w in words)
    )
