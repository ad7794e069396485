"""
What a template is given: frozen values, and nothing that can ask a database.

Views make these from publications, templates print them. Words in the edition's
language are put in by the template; times are `datetime` and are written there too.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from markupsafe import Markup

from dateline.publishing.lists import UNNAMED
from dateline.publishing.vocabulary import REDACTED
from dateline.sources.vocabulary import SourceKind

NO_MARKUP = Markup("")


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go, and the words that lead there."""

    text: str
    url: str
    is_current: bool = False
    lang: str = ""
    """BCP 47, where the words are in another language than the page."""


@dataclass(frozen=True, slots=True)
class PictureSource:
    """One format of a picture, in several widths."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture as a page shows it."""

    src: str
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""
    sources: tuple[PictureSource, ...] = ()
    archive: bool = False
    taken_on: date | None = None
    focus: tuple[int, int] = (5, 5)
    """The focal point in tenths from the picture's left and from its top."""


@dataclass(frozen=True, slots=True)
class Byline:
    """One name over an article."""

    name: str
    url: str
    kind: str = "person"
    role: str = ""
    portrait: str = ""
    biography: str = ""

    @property
    def initials(self) -> str:
        """Return what stands where there is no portrait."""
        return "".join(word[0] for word in self.name.split()[:2])


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list, with as much of it as the list shows."""

    headline: str
    url: str
    published_at: datetime
    lede: str = ""
    section: Link | None = None
    byline: tuple[str, ...] = ()
    picture: PictureView | None = None
    genre: str = ""


@dataclass(frozen=True, slots=True)
class DayOfCards:
    """The articles of one day in a list, newest first."""

    day: date
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who makes the paper, in all its editions."""

    name: str = ""
    legal_name: str = ""
    founded: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The edition round every page: masthead, navigation and footer."""

    name: str
    code: str
    tag: str
    direction: str
    script: str = "Latn"
    motto: str = ""
    language_name: str = ""
    timezone: str = "UTC"
    sections: tuple[Link, ...] = ()
    editions: tuple[Link, ...] = ()
    standing: tuple[Link, ...] = ()
    social: tuple[Link, ...] = ()
    publisher: Publisher = Publisher()
    is_demonstration: bool = False

    @property
    def home(self) -> str:
        return f"/{self.code}/"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that goes with the page."""

    title: str
    url: str
    type: str


@dataclass(frozen=True, slots=True)
class Head:
    """What machines are told of a page."""

    title: str = ""
    description: str = ""
    canonical: str = ""
    feeds: tuple[Feed, ...] = ()
    structured_data: Markup = NO_MARKUP
    open_graph: tuple[tuple[str, str], ...] = ()
    is_indexed: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Anything that base.html can print."""

    paper: Paper
    head: Head


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy of what was cited, which the newsroom keeps."""

    form: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Saying:
    """
    One statement of a source, as a note opens it.

    `rests_on` names whom the source cites for it, step by step; `words` are empty
    where the whole block is meant.
    """

    words: str
    status: str
    rests_on: tuple[str, ...] = ()
    place: str = ""
    said_on: date | None = None
    kept: Kept | None = None
    second: str = ""
    """A further source that confirms it."""
    set_by: str = ""
    """Who called it so, where that was not left to the rules, and why."""
    set_because: str = ""


class _Told(Protocol):
    """A source as an article names it."""

    @property
    def source_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...


def source_page(source: _Told) -> str:
    """Return where in an edition a source has its page, "" if its name was removed."""
    if REDACTED in source.name:
        return ""
    is_named = source.kind != SourceKind.UNNAMED
    return f"sources/{source.source_id if is_named else UNNAMED}/"


@dataclass(frozen=True, slots=True)
class Note:
    """In the margin beside a block: one source, and what it says there."""

    source_id: int
    name: str
    kind: str
    url: str
    said: tuple[Saying, ...]

    @property
    def statements(self) -> int:
        return len(self.said)

    @property
    def page(self) -> str:
        return source_page(self)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one source says to a question on which sources differ."""

    says: str
    source_id: int
    name: str
    kind: str
    status: str
    second: str = ""

    @property
    def page(self) -> str:
        return source_page(self)


@dataclass(frozen=True, slots=True)
class Difference:
    """A question to which the sources of an article give different answers."""

    number: int
    question: str
    answers: tuple[Answer, ...]
    settled_by: str = ""
    settled_because: str = ""

    @property
    def id(self) -> str:
        return f"differ-{self.number}"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the body, with the notes that stand beside it, and after it."""

    id: str
    type: str
    value: Any
    notes: tuple[Note, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source at the foot of an article, and how many statements rest on it."""

    source_id: int
    name: str
    kind: str
    url: str
    statements: int
    chains: tuple[tuple[str, ...], ...] = ()
    """Whom it cites itself, step by step; one chain for each that differs."""
    statuses: tuple[tuple[str, int], ...] = ()
    """How well its statements are known, the best first, and how many of each."""
    confirms: int = 0
    """How many statements of others it confirms."""

    @property
    def page(self) -> str:
        return source_page(self)


@dataclass(frozen=True, slots=True)
class MarkLine:
    """That somebody stands for some statements with their own name."""

    kind: str
    by: str
    statements: int


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What was wrong, dated."""

    text: str
    corrected_at: datetime
    headline: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One public version of an article in its list."""

    number: int
    act: str
    published_at: datetime
    url: str
    note: str = ""
    compare_url: str = ""
    is_current: bool = False
    is_redacted: bool = False
    entry_hash: str = ""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article, whole."""

    headline: str
    url: str
    published_at: datetime
    updated_at: datetime
    lede: str = ""
    section: Link | None = None
    story: Link | None = None
    place: Link | None = None
    dateline: str = ""
    genre: str = ""
    byline: tuple[Byline, ...] = ()
    byline_note: str = ""
    picture: PictureView | None = None
    body: tuple[Block, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    differences: tuple[Difference, ...] = ()
    marks: tuple[MarkLine, ...] = ()
    disclosures: tuple[str, ...] = ()
    """Which of the newsroom's own interests it names, told in full."""
    overrides: tuple[str, ...] = ()
    """Why it passed although the newsroom's own rules refused it."""
    topics: tuple[Link, ...] = ()
    corrections: tuple[CorrectionView, ...] = ()
    redactions: tuple[CorrectionView, ...] = ()
    translations: tuple[Link, ...] = ()
    original: Link | None = None
    """What the article was translated from, if that is public and not itself."""
    minutes: int = 1
    version: int = 1
    entry_number: int = 0
    entry_hash: str = ""
    uid: str = ""
    last_entry: int = 0
    """The number of the last act on the article, be it one that wrote no version."""
    events: str = ""
    """Where a page that is open hears of further acts; empty if nowhere."""

    @property
    def is_updated(self) -> bool:
        return self.updated_at > self.published_at

    @property
    def statements(self) -> int:
        return sum(line.statements for line in self.sources)


@dataclass(frozen=True, slots=True)
class ArticlePage(Page):
    article: ArticleView
    more: tuple[Card, ...] = ()


class Weight(StrEnum):
    """How a section stands on the front: rows of one weight would be a catalogue."""

    WIDE = "wide"
    """A large picture over what leads it, the rest in the margin."""
    SIDE = "side"
    """A picture beside what leads it, the rest in the margin."""
    TEXT = "text"
    HALF = "half"
    """Little to show: two such sections share a row."""


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section on the front: what leads it, and the rest as text."""

    link: Link
    lead: Card
    cards: tuple[Card, ...] = ()
    weight: Weight = Weight.TEXT


@dataclass(frozen=True, slots=True)
class FrontPage(Page):
    day: date | None = None
    place: str = ""
    lead: Card | None = None
    seconds: tuple[Card, ...] = ()
    briefs: tuple[DayOfCards, ...] = ()
    rows: tuple[SectionRow, ...] = ()
    latest_url: str = ""


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """A list of articles, newest first."""

    kind: str
    title: str
    intro: str = ""
    days: tuple[DayOfCards, ...] = ()
    older: str = ""
    newest: str = ""
    """The address of the list's first page, where this is a later one."""
    beside: tuple[Link, ...] = ()
    contributor: Byline | None = None


@dataclass(frozen=True, slots=True)
class SourceWord:
    """What a source corrected, or what the newsroom noted of it, dated."""

    text: str
    on: date
    url: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """Who or what an article rests on, as its own page tells."""

    name: str
    kind: str
    url: str = ""
    description: str = ""
    articles: int = 0
    statements: int = 0
    notes: tuple[SourceWord, ...] = ()
    corrections: tuple[SourceWord, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcePage(ListPage):
    """A source, and what is published from it, newest first."""

    source: SourceView = SourceView("", "")


@dataclass(frozen=True, slots=True)
class DayPage(Page):
    """Everything of one day, with the month round it."""

    day: date
    cards: tuple[Card, ...] = ()
    previous: date | None = None
    next: date | None = None
    weeks: tuple[tuple[date | None, ...], ...] = ()
    days_with_news: frozenset[date] = frozenset()
    previous_month: date | None = None
    next_month: date | None = None


@dataclass(frozen=True, slots=True)
class CorrectionsPage(Page):
    corrections: tuple[CorrectionView, ...] = ()
    older: str = ""
    newest: str = ""


@dataclass(frozen=True, slots=True)
class VersionsPage(Page):
    article: ArticleView
    versions: tuple[VersionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionPage(Page):
    """An article as it stood."""

    article: ArticleView
    shown: VersionLine
    versions_url: str = ""
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class DifferencesPage(Page):
    """What changed from one version to another."""

    article: ArticleView
    old: VersionLine
    new: VersionLine
    parts: tuple[tuple[str, Markup], ...] = ()
    """Each changed or unchanged passage: what it is, and its text with marks."""
    versions_url: str = ""
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class StandingPage(Page):
    article: ArticleView


class Trouble(StrEnum):
    """Why there is nothing to read at an address."""

    MISSING = "missing"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class TroublePage(Page):
    trouble: Trouble
    latest: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class TombstonePage(Page):
    """What stays where an article was withdrawn."""

    desk: str
    killed_at: datetime
    reason: str
    published_at: datetime
    entry_number: int = 0
    entry_hash: str = ""


@dataclass(frozen=True, slots=True)
class EditionsPage(Page):
    mottos: dict[str, str] = field(default_factory=dict)
