"""What stands above the text: section, headline, byline, time."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from dateline.sources.wire.formats.bare_text.body import Body
from dateline.sources.wire.formats.bare_text.credits import (
    Credits,
    is_name_like,
    labeled_name,
)
from dateline.sources.wire.formats.bare_text.lines import (
    SENTENCES,
    Line,
    LineKind,
)
from dateline.sources.wire.formats.bare_text.phrases import keyed, phrases
from dateline.sources.wire.formats.bare_text.sections import section_below, section_of
from dateline.sources.wire.formats.bare_text.shapes import (
    content_words,
    ends_sentence,
    is_cased,
    share_of,
    word_count,
)
from dateline.sources.wire.told_times import ToldTime, find_times, is_clock_alone

_REACH = 30
_HEADLINE_KINDS = frozenset(
    {LineKind.TITLE, LineKind.LABEL, LineKind.REMARK, LineKind.PROSE}
)
_LIGHTEST, _HEAVIEST = 10, 240
_BETWEEN = frozenset(
    {
        LineKind.INTERFACE,
        LineKind.CREDIT,
        LineKind.CAPTION,
        LineKind.AGE,
        LineKind.BOILERPLATE,
        LineKind.ADVERTISEMENT,
        LineKind.CLOSING,
    }
)
_ENOUGH = 1.2
_NEAR = 5
_FOOT = 5
_LABEL_WORDS = 3
_MENU_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines around a body say of it."""

    headline: str | None = None
    headline_at: int | None = None
    byline: str | None = None
    published_at: date | None = None
    section: str | None = None
    standfirst: str | None = None

    @property
    def evidence(self) -> float:
        """How surely this is the head of an article and not of a teaser."""
        return (
            (2.0 if self.headline else 0.0)
            + (1.5 if self.published_at else 0.0)
            + (1.5 if self.byline else 0.0)
        )


def read_head(lines: list[Line], body: Body) -> Head:
    """Return what the page says above the body, and at its foot."""
    found = _headline(lines, body)
    if found is None:
        top = max(body.start - _NEAR, 0)
        return Head(
            byline=_byline(lines, top, body),
            published_at=_published(lines, top, body),
        )
    first, last = found
    headline = " ".join(line.text for line in lines[first : last + 1])
    return Head(
        headline=headline,
        headline_at=first,
        byline=_byline(lines, first, body),
        published_at=_published(lines, first, body),
        section=section_of(lines, first, headline) or section_below(lines, last, body),
        standfirst=_standfirst(lines, last, body, headline),
    )


# The headline


def _headline(lines: list[Line], body: Body) -> tuple[int, int] | None:
    top = max(body.start - _REACH, 0)
    window = lines[top : body.start]
    times_seen = Counter(keyed(line.text) for line in window)
    scored = [
        (_score(line, lines, body, times_seen), -line.position, line)
        for line in window
        if _may_be_headline(line)
    ]
    if not scored:
        return None
    score, _, best = max(scored, key=lambda entry: entry[:2])
    if score < _ENOUGH:
        return None
    best = _above_standfirst(best, scored)
    return _whole(lines, _last_like(lines, best, body), body)


def _above_standfirst(best: Line, scored: list[tuple[float, int, Line]]) -> Line:
    """Return the line above if it could as well be the headline: summaries follow."""
    above = [
        (score, line)
        for score, _, line in scored
        if line.position == best.position - 1 and line.kind is LineKind.TITLE
    ]
    if not above:
        return best
    score, line = above[0]
    # Without a blank line between, the line above may only set the scene.
    is_level = best.is_apart or score >= _score_of(best, scored)
    is_headline = is_level and score > _ENOUGH and word_count(line.text) > _LABEL_WORDS
    return line if is_headline and not _continues(line, best) else best


def _score_of(line: Line, scored: list[tuple[float, int, Line]]) -> float:
    return next(score for score, _, other in scored if other is line)


def _may_be_headline(line: Line) -> bool:
    if line.kind not in _HEADLINE_KINDS or not _LIGHTEST <= line.weight <= _HEAVIEST:
        return False
    if line.kind is LineKind.PROSE and line.weight > _HEAVIEST // 2:
        return False
    return labeled_name(line.text) is None


def _score(line: Line, lines: list[Line], body: Body, seen: Counter[str]) -> float:
    words = content_words(line.text)
    score = 3.0 * share_of(words, body.words) * min(len(words), 4) / 4
    score += 1.5 if seen[keyed(line.text)] > 1 else 0.0
    score += 1.0 if word_count(line.text) > _LABEL_WORDS else -1.0
    score -= 0.12 * _distance(lines, line.position, body.start)
    score += 1.0 if _credit_follows(lines, line.position, body.start) else 0.0
    score += 0.5 if _credit_precedes(lines, line.position) else 0.0
    score -= 2.0 if line.kind in SENTENCES and _is_statement(line.text) else 0.0
    score -= 1.0 if _is_in_list(lines, line.position) else 0.0
    return score - (1.0 if line.is_item else 0.0)


def _is_statement(text: str) -> bool:
    """Tell whether a full stop ends the line: headlines seldom have one."""
    return text.rstrip("\"'”’»")[-1:] in ".。।۔"


def _distance(lines: list[Line], at: int, start: int) -> int:
    """Return how many lines lie between, those not counted that often do."""
    return sum(1 for line in lines[at:start] if line.kind not in _BETWEEN)


def _credit_follows(lines: list[Line], at: int, start: int) -> bool:
    return any(
        line.kind is LineKind.CREDIT for line in lines[at + 1 : min(at + _NEAR, start)]
    )


def _credit_precedes(lines: list[Line], at: int) -> bool:
    return at > 0 and lines[at - 1].kind is LineKind.CREDIT


def _is_in_list(lines: list[Line], at: int) -> bool:
    """Tell whether titles stand around it as in a list of teasers."""
    around = [n for n in (at - 2, at - 1, at + 1, at + 2) if 0 <= n < len(lines)]
    alike = sum(1 for n in around if lines[n].kind is LineKind.TITLE)
    return alike >= _MENU_LENGTH


def _last_like(lines: list[Line], best: Line, body: Body) -> Line:
    """Return the last of the lines with the same words: a page may say it twice."""
    key = keyed(best.text)
    for line in reversed(lines[best.position : body.start]):
        if keyed(line.text) == key:
            return best if _credit_between(lines, best, line) else line
    return best


def _credit_between(lines: list[Line], first: Line, last: Line) -> bool:
    return any(n.kind is LineKind.CREDIT for n in lines[first.position : last.position])


def _whole(lines: list[Line], best: Line, body: Body) -> tuple[int, int]:
    """Return the first and last line of a headline that runs over two."""
    first = last = best.position
    below = lines[last + 1] if last + 1 < body.start else None
    if below and _continues(best, below):
        last += 1
    above = lines[first - 1] if first > 0 else None
    if above and above.kind is LineKind.TITLE and _continues(above, best):
        first -= 1
    return first, last


def _continues(above: Line, below: Line) -> bool:
    """Tell whether one line of a headline goes on in the next."""
    if below.is_apart or not below.is_title or _is_label(below.text):
        return False
    if ends_sentence(above.text):
        return False
    if above.text.rstrip()[-1:] in ",，、،–—-":
        return True
    tail = above.text.split()[-1]
    return below.text[:1].islower() or phrases().is_one("headline_joiner", tail)


def _is_label(text: str) -> bool:
    table = phrases()
    return any(
        table.is_one(role, text)
        for role in ("byline", "published", "updated", "section")
    )


# The byline and the time


def _around(lines: list[Line], headline_at: int, body: Body) -> list[Line]:
    """Return the lines that may credit the article, the likeliest first."""
    between = lines[headline_at : body.start]
    above = lines[max(headline_at - 3, 0) : headline_at]
    foot = lines[body.end + 1 : body.end + 1 + _FOOT]
    return [*between, *reversed(above), *_until_closing(foot)]


def _until_closing(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        if line.kind is LineKind.CLOSING or line.is_sentence:
            break
        kept.append(line)
    return kept


def _byline(lines: list[Line], headline_at: int, body: Body) -> str | None:
    around = _around(lines, headline_at, body)
    labeled = [n.credits.byline for n in around if n.credits.is_labeled]
    if labeled:
        return labeled[0]
    split = _name_below_label(lines, headline_at, body)
    told = [n.credits.byline for n in around if n.credits.byline]
    named = split or (told[0] if told else _name_alone(lines, headline_at, body))
    return named or _name_at_foot(lines, body)


def _name_below_label(lines: list[Line], headline_at: int, body: Body) -> str | None:
    """Return the name where the page put "By" on a line of its own."""
    for line in lines[headline_at + 1 : body.start - 1]:
        below = lines[line.position + 1]
        if phrases().is_one("byline", line.text) and _may_be_name(below):
            return below.text
    return None


def _name_alone(lines: list[Line], headline_at: int, body: Body) -> str | None:
    """Return a name without a label, if it stands right at the time."""
    for line in lines[headline_at + 1 : body.start]:
        if _may_be_name(line) and _is_beside_time(lines, line.position):
            return line.text
    return None


def _name_at_foot(lines: list[Line], body: Body) -> str | None:
    """
    Return the name that signs the text.

    Topics stand there too, and what is about the text is no reporter's name.
    """
    foot = lines[body.end + 1 : body.end + 4]
    if not foot[1:] or not _may_be_name(foot[0]) or not is_cased(foot[0].text):
        return None
    is_short = word_count(foot[0].text) in {2, 3}
    is_topic = bool(content_words(foot[0].text) & body.words)
    is_last = any(n.kind in {LineKind.CLOSING, LineKind.INTERFACE} for n in foot[1:])
    return foot[0].text if is_short and is_last and not is_topic else None


def _may_be_name(line: Line) -> bool:
    if line.kind not in {LineKind.TITLE, LineKind.LABEL}:
        return False
    if phrases().is_one("section", line.text) or labeled_name(line.text):
        return False
    return is_name_like(line.text)


def _is_beside_time(lines: list[Line], at: int) -> bool:
    beside = lines[max(at - 1, 0) : at + 3]
    return any(n.credits.times or n.kind is LineKind.AGE for n in beside)


def _published(lines: list[Line], headline_at: int, body: Body) -> date | None:
    told = [n for n in _around(lines, headline_at, body) if n.credits.times]
    if not told:
        return None
    best = max(told, key=lambda line: _time_score(line.credits))
    return _with_clock_below(lines, best).moment


def _with_clock_below(lines: list[Line], line: Line) -> ToldTime:
    """Return the line's time, with the hour that the page put on the next line."""
    told = line.credits.times[0]
    below = lines[line.position + 1 :][:1]
    if told.hour is not None or not below or not is_clock_alone(below[0].text):
        return told
    whole = find_times(f"{told.day.isoformat()} {below[0].text}", ())
    return whole[0] if whole else told


def _time_score(credits: Credits) -> float:
    has_time = credits.times[0].hour is not None
    return 2.0 * credits.is_published + 1.0 * has_time - 3.0 * credits.is_updated


# The standfirst


def _standfirst(lines: list[Line], last: int, body: Body, headline: str) -> str | None:
    """Return the summary between the headline and the text."""
    told = [
        line.text
        for line in lines[last + 1 : body.start]
        if _may_be_standfirst(line) and keyed(line.text) != keyed(headline)
    ]
    return "\n".join(told) or None


def _may_be_standfirst(line: Line) -> bool:
    is_text = line.is_sentence or line.kind is LineKind.TITLE
    is_long = word_count(line.text) > _LABEL_WORDS + 1
    return is_text and is_long and not is_name_like(line.text)
