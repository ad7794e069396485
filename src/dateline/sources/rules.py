"""Decisions of the ledger: values in, verdict out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

MOST_STEPS = 8
"""How many steps a chain may have: who rests on more than this knows nothing."""

_NUMBER = re.compile(r"\d+")
_UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class VersionOrder:
    """What tells whether one version of an item is newer than another."""

    version: str
    created_at: datetime | None


def is_newer(coming: VersionOrder, known: VersionOrder) -> bool:
    """
    Tell whether the coming version is the newer one.

    The version's number decides, then the time the agency made it; where neither
    tells, what comes later is newer.
    """
    numbers = _numbers(coming.version), _numbers(known.version)
    if all(numbers) and numbers[0] != numbers[1]:
        return numbers[0] > numbers[1]
    if coming.created_at and known.created_at:
        return coming.created_at >= known.created_at
    return True


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _NUMBER.findall(version)[:6])


# Sources that are not named (I20)


class IdentityAtRisk(Exception):
    """What was written could tell who an unnamed source is."""


class LedgerRefused(Exception):
    """Something that may not be done to a source. The message says what to do."""


_CONTACT = re.compile(
    r"\S+@\S+"  # a mail address
    r"|(?<!\w)@\w{2,}"  # a name on a network
    r"|https?://|www\."
    r"|(?:\+|\b00|\()?\d(?:[\s().-]?\d){6,}"  # a telephone number
)
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Herr|Frau|Mme|M|Sr|Sra|пан|пані)\.?\s+"
    r"(?=[^\W\d_])",
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*\.?")


def refuse_change_of_kind(was: str, becomes: str) -> None:
    """
    Keep named and unnamed sources apart.

    :raises IdentityAtRisk: the kind would change from or to "unnamed"
    """
    changes = bool(was) and was != becomes
    if changes and _UNNAMED in (was, becomes):
        raise IdentityAtRisk(
            "A source stays named or unnamed: what was stored under a name could "
            "still be found. Make another source."
        )


def refuse_contact_details(*texts: str) -> None:
    """
    Refuse what leads to a person.

    :raises IdentityAtRisk: a text holds a mail address, a number, a link or a handle
    """
    for text in texts:
        if found := _CONTACT.search(text):
            raise IdentityAtRisk(
                f"“{found[0]}” leads to a person. Say only what readers may know of "
                "the source: “a ministry official”. Who it is stays with the editor."
            )


def suspected_name(text: str, known: Iterable[str] = ()) -> str:
    """
    Return the words of a description that look like a person's name, or "".

    ``known`` are names of people in the ledger and on the staff. Else a title, or
    two words in a row that begin with capitals: scripts without capitals (Arabic,
    Chinese, Hindi) show no name that the ledger does not know.
    """
    folded = " ".join(text.casefold().split())
    for name in known:
        if _holds(folded, " ".join(name.casefold().split())):
            return name
    if titled := _TITLE.search(text):
        return text[titled.start() :].strip()
    return _capitals(text)


def _holds(text: str, name: str) -> bool:
    if not name or name not in text:
        return False
    # Chinese and Japanese set no spaces: there a word's ends cannot be told.
    whole = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    return bool(whole) or not name.isascii()


def _capitals(text: str) -> str:
    words = list(_WORD.finditer(text))
    for first, second in pairwise(words):
        together = not text[first.end() : second.start()].strip()
        if together and _is_capital(first[0]) and _is_capital(second[0]):
            return text[first.start() : second.end()]
    return ""


def _is_capital(word: str) -> bool:
    return word[0].isupper() and not (len(word) > 1 and word.isupper())


# Chains


def depth_above(depth: int) -> int:
    """
    Return the depth of a citation that rests on one of this depth.

    :raises LedgerRefused: the chain would be longer than `MOST_STEPS`
    """
    if depth >= MOST_STEPS:
        raise LedgerRefused(
            f"A chain has {MOST_STEPS} steps at the most. Cite the step that is "
            "nearest to what happened."
        )
    return depth + 1


# Links


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """How an address stood, and what it answered now."""

    failures: int
    failing_since_at: datetime | None
    #: The status of the answer; None if there was none.
    status: int | None
    #: Whether it may be asked at all (an address inside a network may not).
    may_ask: bool = True
    #: How long the host asked us to wait.
    retry_after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class LinkVerdict:
    #: A value of `vocabulary.LinkState`.
    state: str
    failures: int
    failing_since_at: datetime | None
    next_check_at: datetime


_ALIVE_AGAIN = timedelta(days=7)
_LONGEST_WAIT = timedelta(days=30)
_WAITS = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
)
_GONE = {404, 410}
_TRIES_WHEN_GONE, _TRIES = 2, 3
_FAILS_FOR = timedelta(hours=24)
_BAD, _LAST_BAD = 400, 600
# The page is there, for readers: it only does not answer machines, or not now.
_TURNED_AWAY = {401, 402, 403, 405, 406, 429, 451, 503}


def judge_link(facts: LinkFacts, *, now: datetime) -> LinkVerdict:
    """
    Tell what became of an address and when to ask again.

    Once is never broken: a page that is gone is asked twice, a silent host three
    times over at least a day. Whoever turns machines away is not broken at all.
    """
    if not facts.may_ask:
        return LinkVerdict("not-asked", 0, None, now + _LONGEST_WAIT)
    if facts.status is not None and not _is_bad(facts.status):
        return LinkVerdict("answers", 0, None, now + _ALIVE_AGAIN)
    failures = facts.failures + 1
    since = facts.failing_since_at or now
    wait = _WAITS[min(failures, len(_WAITS)) - 1]
    again = now + min(max(wait, facts.retry_after), _LONGEST_WAIT)
    state = "broken" if _is_broken(facts, now) else "failing"
    return LinkVerdict(state, failures, since, again)


def _is_bad(status: int) -> bool:
    return _BAD <= status < _LAST_BAD


def _is_broken(facts: LinkFacts, now: datetime) -> bool:
    failures = facts.failures + 1
    if facts.status in _TURNED_AWAY:
        return False
    if facts.status in _GONE:
        return failures >= _TRIES_WHEN_GONE
    since = facts.failing_since_at or now
    return failures >= _TRIES and now - since >= _FAILS_FOR
