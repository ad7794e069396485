"""The label above a headline: the section, unless it is the end of a menu."""

import re

from dateline.sources.wire.formats.bare_text.body import Body
from dateline.sources.wire.formats.bare_text.lines import Line, LineKind, crumbs_of
from dateline.sources.wire.formats.bare_text.phrases import keyed, phrases
from dateline.sources.wire.formats.bare_text.shapes import word_count

_PARTS = re.compile(r"[|,·•]|\s[–—-]\s")
_MARKS = " >›»|/,·•–—-"
_LONGEST_SECTION_WORDS = 5
_SURE, _SURE_ABOVE_ANOTHER, _PATH = 0.15, 1.05, 0.8
_CREDITS_ABOVE = 2
_MENU_LENGTH = 3
_REACH = 30
_NEAR = 5
_HEAVIEST = 240


def section_of(lines: list[Line], headline_at: int, headline: str) -> str | None:
    above = lines[max(headline_at - 4, 0) : headline_at]
    for line in reversed(above):
        if line.kind is LineKind.CRUMBS:
            return _last_crumb(line.text, headline)
        labeled = _labeled_section(line.text) or _section_in_credit(line)
        if labeled:
            return labeled
    return _label_above(lines, headline_at)


def _last_crumb(text: str, headline: str) -> str | None:
    crumbs = [crumb for crumb in crumbs_of(text) if not _is_of(crumb, headline)]
    return crumbs[-1] if crumbs else None


def _is_of(crumb: str, headline: str) -> bool:
    start = keyed(crumb).rstrip(" .…")
    return bool(start) and keyed(headline).startswith(start)


def _labeled_section(text: str) -> str | None:
    label, colon, name = text.replace("：", ":").partition(":")
    is_label = bool(colon) and phrases().is_one("section_label", label)
    return name.strip() or None if is_label else None


def section_below(lines: list[Line], last: int, body: Body) -> str | None:
    told = (_section_in_credit(line) for line in lines[last + 1 : body.start])
    return next(filter(None, told), None)


def _section_in_credit(line: Line) -> str | None:
    """Return the section where the line of the time begins with it."""
    if line.kind is not LineKind.CREDIT or not line.credits.times:
        return None
    before = line.text[: line.credits.times[0].start]
    first = _PARTS.split(before)[0].strip(_MARKS)
    return first if phrases().is_one("section", first) else None


def _label_above(lines: list[Line], headline_at: int) -> str | None:
    """Return the label above the headline, unless it is part of a menu."""
    told = _label_right_above(lines, headline_at)
    if told:
        return told
    first = _first_mention(lines, headline_at)
    if first is None:
        return None
    # Said before on its own, the headline ends a path: News, City, headline.
    return _label_right_above(lines, first, is_path=True)


def _first_mention(lines: list[Line], headline_at: int) -> int | None:
    """Return where the page says the headline before, as the end of a path."""
    key = keyed(lines[headline_at].text)
    top = max(headline_at - _REACH, 0)
    before = (n for n in range(top, headline_at) if keyed(lines[n].text) == key)
    return next(before, None)


def _label_right_above(
    lines: list[Line], headline_at: int, *, is_path: bool = False
) -> str | None:
    at = headline_at - 1
    while at >= 0 and headline_at - at <= _CREDITS_ABOVE and _may_part(lines[at]):
        at -= 1
    for candidate in (at, at - 1):
        if candidate < 0 or not lines[candidate].is_title:
            return None
        score = _section_score(lines, candidate) + (_PATH if is_path else 0.0)
        # A line between section and headline may set the scene (“Storm on the coast”).
        if score > (_SURE if candidate == at else _SURE_ABOVE_ANOTHER):
            return _first_of(lines[candidate].text)
    return None


def _first_of(label: str) -> str:
    """Return the first of two labels on one line: Culture | Museums."""
    return label.partition("|")[0].strip(_MARKS)


def _may_part(line: Line) -> bool:
    return line.kind in {LineKind.CREDIT, LineKind.AGE}


def _section_score(lines: list[Line], at: int) -> float:
    """Weigh a label above a headline: the section's name, or the end of a menu."""
    line, table = lines[at], phrases()
    key = keyed(_first_of(line.text))
    if word_count(line.text) > _LONGEST_SECTION_WORDS or not key:
        return -1.0
    others = [keyed(n.text) for n in lines if n.position != at and n.weight < _HEAVIEST]
    score = 1.0 if table.is_one("section", key) else -0.2
    score += 1.0 if key in others else 0.0
    score += 0.5 if any(o.startswith(key + " ") for o in others) else 0.0
    score += 0.6 if any(o.endswith(" " + key) for o in others) else 0.0
    above = lines[at - 1] if at and not line.is_apart else None
    score += 0.0 if above and above.is_title else 0.3
    is_topic = any(keyed(n.text) == key for n in lines[at + _NEAR :])
    if above and not is_topic and _ends_menu(lines, at, above):
        score -= 1.4
    return score - 0.2


def _ends_menu(lines: list[Line], at: int, above: Line) -> bool:
    """Tell whether the label is the last of a list of labels."""
    if phrases().is_one("section", above.text):
        return True
    if lines[at].text.isupper() and not above.text.isupper():
        return False
    block = lines[max(at - _MENU_LENGTH, 0) : at]
    return len(block) == _MENU_LENGTH and all(
        n.kind is LineKind.LABEL and not n.is_apart for n in block
    )
