"""Jinja2 for the reader's pages: its loader, its words and its way of writing times."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.templatetags.static import static
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from dateline.languages import dates, numerals
from dateline.languages.lists import join_names
from dateline.languages.punctuation import quotation_marks
from dateline.website import wording
from dateline.website.pages import Byline, Paper

_PARAGRAPH = re.compile(r"\A\s*<p\b[^>]*>")


class Words(Protocol):
    """A catalogue of the interface's words, as gettext has them."""

    def gettext(self, message: str, /) -> str: ...
    def ngettext(self, one: str, many: str, n: int, /) -> str: ...
    def pgettext(self, context: str, message: str, /) -> str: ...


def environment(**options: Any) -> Environment:
    """Return the environment that Django's Jinja2 backend asks for."""
    options |= {
        "autoescape": True,
        "loader": PackageLoader("dateline.website"),
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.i18n"],
    }
    made = Environment(**options)  # noqa: S701  (escapes always)
    # The i18n extension adds it, where no type checker can see.
    install = made.install_gettext_callables  # type: ignore[attr-defined]
    install(_gettext, _ngettext, newstyle=True, pgettext=_pgettext)
    made.globals.update(
        static=static, day_path=day_path, browser_locale=_browser_locale
    )
    made.filters.update(moment=moment, day=day, clock=clock, when=when, number=number)
    made.filters.update(joined=joined, signed=signed, run_in=run_in, quoted=quoted)
    made.filters.update(WORDINGS, known_as=known_as)
    return made


@cache
def words(code: str) -> Words:
    """Return the catalogue of a language."""
    from dateline.languages.catalogue import translations

    return translations(code)


def day_path(paper: Paper, day: date) -> str:
    """Return the address of a day's archive."""
    return f"{paper.home}{day:%Y/%m/%d}/"


@pass_context
def moment(context: Context, at: datetime) -> Markup:
    """Write date, time and zone, for the eye and for machines."""
    paper = _paper(context)
    text = dates.format_moment(paper.code, at, ZoneInfo(paper.timezone))
    return _time(at.astimezone(ZoneInfo(paper.timezone)), "moment", text)


@pass_context
def clock(context: Context, at: datetime) -> Markup:
    """Write the time of day alone: for a column of figures under its date."""
    paper = _paper(context)
    local = at.astimezone(ZoneInfo(paper.timezone))
    # Figures stand under figures: here the hours run from 0 to 23 in every language.
    text = numerals.with_own_digits(paper.code, f"{local:%H:%M}")
    return _time(local, "clock", text)


@pass_context
def when(context: Context, at: datetime, today: date | None = None) -> Markup:
    """Write the time of day if it is of `today`, the page's own day; else the day."""
    paper = _paper(context)
    local = at.astimezone(ZoneInfo(paper.timezone))
    if local.date() == _day(paper, today):
        return clock(context, at)
    return _time(local, "day", dates.format_date(paper.code, local.date()))


@pass_context
def day(context: Context, at: date, *, weekday: bool = False) -> Markup:
    """Write a day, in the newsroom's zone if a moment is given."""
    paper = _paper(context)
    on = _day(paper, at)
    text = dates.format_date(paper.code, on, weekday=weekday)
    return Markup('<time datetime="{}">{}</time>').format(on.isoformat(), text)


@pass_context
def number(context: Context, figure: int) -> str:
    """Write a number with the digits and groups of the language."""
    return numerals.format_number(_paper(context).code, figure)


@pass_context
def joined(context: Context, names: Sequence[str]) -> str:
    """Write names in a row as the language joins them."""
    return join_names(_paper(context).code, names)


@pass_context
def signed(context: Context, byline: Iterable[Byline]) -> str:
    """Name those who sign, each a link, joined as the language joins names."""
    link = Markup('<a href="{}" rel="author">{}</a>')
    return joined(context, [link.format(who.url, who.name) for who in byline])


def run_in(html: str, dateline: str) -> Markup:
    """Return a paragraph's clean HTML with the dateline at its head."""
    label = str(Markup('<b class="dateline">{}</b> ').format(dateline))
    # Both parts are HTML: the paragraph was cleaned when it was stored.
    return Markup(_PARAGRAPH.sub(lambda p: p[0] + label, html, count=1))  # noqa: S704


@pass_context
def quoted(context: Context, html: str) -> Markup:
    """Return a quotation's clean HTML between the quotation marks of the language."""
    marks = quotation_marks(_paper(context).code)
    html = _PARAGRAPH.sub(lambda p: p[0] + marks.opening, html, count=1)
    head, end, tail = html.rpartition("</p>")
    # The marks are letters of ours; the quotation was cleaned when it was stored.
    return Markup(head + marks.closing + end + tail)  # noqa: S704


def _day(paper: Paper, at: date | None) -> Any:
    """Return a day; that of a moment is the newsroom's."""
    if isinstance(at, datetime):
        return at.astimezone(ZoneInfo(paper.timezone)).date()
    return at


def _time(at: datetime, shape: str, text: str) -> Markup:
    iso = at.isoformat(timespec="seconds")
    made = Markup('<time datetime="{}" data-time="{}">{}</time>')
    return made.format(iso, shape, text)


def _browser_locale(paper: Paper) -> str:
    return dates.browser_locale(paper.code) or ""


def _paper(context: Context) -> Paper:
    paper: Paper = context["page"].paper
    return paper


def _words(context: Context) -> Words:
    return words(_paper(context).code)


@pass_context
def _gettext(context: Context, message: str) -> str:
    return _words(context).gettext(message)


@pass_context
def _ngettext(context: Context, one: str, many: str, n: int) -> str:
    return _words(context).ngettext(one, many, n)


@pass_context
def _pgettext(context: Context, about: str, message: str) -> str:
    return _words(context).pgettext(about, message)


@pass_context
def known_as(
    context: Context, status: str, source: str | Markup, second: str = ""
) -> Markup:
    """Say how well a statement is known, and by whom; a name may be a link."""
    words = _words(context).gettext(wording.known_as(status, second=second))
    return escape(words) % {"source": source, "second": second}


def _worded(names: Mapping[str, str]) -> Callable[[Context, str], str]:
    @pass_context
    def said(context: Context, value: str) -> str:
        return _words(context).gettext(names[value]) if value in names else value

    return said


WORDINGS = {name: _worded(names) for name, names in wording.TABLES.items()}
__all__ = ["environment", "escape", "words"]
