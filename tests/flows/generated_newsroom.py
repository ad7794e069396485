"""
A newsroom that acts at random, by the same actions as a real one.

An act is prepared first (a draft is written, the time has come) and done after: in
between somebody can look at every page that it may change.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import time_machine

from dateline.articles.actions import attribute_span
from dateline.articles.models import (
    Article,
    ArticleByline,
    ArticleTopic,
    Place,
    Section,
    Story,
    Topic,
)
from dateline.articles.spans import new_span_id, span_ids, wrap
from dateline.articles.vocabulary import Form
from dateline.editions.actions import link_translation
from dateline.editions.models import Edition, Newsroom, Translation
from dateline.people.models import Contributor, User
from dateline.publishing import actions
from dateline.publishing.actions.merged import follow_merge, follow_undoing
from dateline.publishing.models import Listing, Publication, Schedule
from dateline.sources.actions import merge_sources, note_reliability, undo_merge
from dateline.sources.models import Picture, Source, SourceMerge
from tests.publishing.factories import an_editor

CODES = ("en", "ar", "uk")
CLOSED = "fr"
PURPOSES = ("about", "ethics", "contact")
FIRST_DAY = datetime(2026, 10, 30, 9, 0, tzinfo=UTC)
REASON = "It turned out to be wrong all through."
# A place that no article is told from, so that it can go again.
SPARE = "spare"
WORDS = ("ferry", "quay", "council", "storm", "bridge", "market", "school", "tram")
Done = Callable[[], Any]
Prepared = Done | None
ACTS: dict[str, Callable[["House"], Prepared]] = {}


def act(prepare: Callable[["House"], Prepared]) -> Callable[["House"], Prepared]:
    """Add one way to act; it returns what is left to do, or None if it cannot."""
    ACTS[prepare.__name__] = prepare
    return prepare


class House:
    """The newsroom's nouns, and a hand that throws dice."""

    def __init__(self, random: Random, *, articles: int = 6) -> None:
        self.random = random
        self.now = FIRST_DAY
        self.count = 0
        self.paths: set[str] = set()
        self.pending: list[Done] = []
        self.editor = an_editor()
        self._furnish()
        for _ in range(articles):
            self.wait()
            with self.at_its_time():
                publish(self)()

    def _furnish(self) -> None:
        for position, code in enumerate((*CODES, CLOSED)):
            Edition.objects.create(
                code=code,
                title=f"The Paper {code}",
                motto="Since this morning",
                is_live=code != CLOSED,
                is_default=code == "en",
                position=position,
            )
        newsroom = Newsroom.load()
        newsroom.name, newsroom.security_contact = "The House", "safe@news.example"
        newsroom.save()
        names = {"en": "Harbor", "ar": "الميناء"}
        for number, slug in enumerate(("harbor", "city", "world")):
            Section.objects.create(slug=slug, names=names, position=number)
        for slug in ("old-quay", "hill"):
            Place.objects.create(slug=slug, names=names)
            Story.objects.create(slug=slug, names=names)
        for number in (1, 2):
            Topic.objects.create(code=f"medtop:9900000{number}", names=names)
            a_picture(number)
        for name in ("Port board", "Pilots", "Council"):
            Source.objects.create(name=name, names={"ar": f"{name} ar"})
        Source.objects.create(
            kind="unnamed", name="an official", unnamed_reason="Not allowed to speak.",
            known_to=self.editor,
        )  # fmt: skip
        for name in ("News desk", "Night desk"):
            slug = name.lower().replace(" ", "-")
            Contributor.objects.create(slug=slug, name=name, kind="desk")

    def at_its_time(self) -> time_machine.travel:
        return time_machine.travel(self.now, tick=False)

    # Dice

    def one_of(self, rows: Any) -> Any:
        found = list(rows)
        return self.random.choice(found) if found else None

    def some_of(self, rows: Any) -> list[Any]:
        return [row for row in rows if self.random.random() < 0.5]

    def perhaps(self, row: Any) -> Any:
        return row if self.random.random() < 0.6 else None

    def words(self) -> str:
        self.count += 1
        return f"{self.random.choice(WORDS).title()} number {self.count} is late"

    def wait(self) -> None:
        self.now += timedelta(minutes=self.random.choice((1, 7, 90, 600, 2000)))

    # Copy

    def body(self) -> list[dict[str, Any]]:
        self.count += 1
        told = f"The board closed {self.count} berths on Monday, it said."
        text = f"<p>{wrap(told, new_span_id())} Nobody waits.</p>"
        blocks = [{"type": "paragraph", "value": text}]
        other = self.perhaps(self.one_of(Article.objects.filter(form=Form.ARTICLE)))
        if other is not None:
            value = {"article": other.pk, "title": "", "url": ""}
            blocks.append({"type": "related", "value": value})
        if picture := self.perhaps(self.one_of(Picture.objects.all())):
            value = {"picture": picture.pk, "caption": "The quay", "alt": ""}
            blocks.append({"type": "picture", "value": value})
        return blocks

    def draft(self, **values: Any) -> Article:
        self.count += 1
        article = Article(
            **{
                "language": self.one_of(self.open_codes()),
                "headline": self.words(),
                "lede": self.words(),
                "slug": f"piece-{self.count}",
                "body": self.body(),
                "urgency": self.random.choice((1, 5)),
                "created_by": self.editor,
                **self.filing(),
                **values,
            }
        )
        self.file_under(article)
        article.save()
        article.save_revision(user=self.editor)
        self.attribute(article)
        return article

    def attribute(self, article: Article) -> None:
        """Have what is said in it come from somebody, mostly."""
        known = set(article.attributions.values_list("span", flat=True))
        sources = Source.objects.standing().order_by("pk")
        for span in set(span_ids(article.body.raw_data)) - known:
            if source := self.perhaps(self.one_of(sources)):
                attribute_span(article, span, source=source, by=self.editor)

    def filing(self) -> dict[str, Any]:
        return {
            "section": self.one_of(Section.objects.all()),
            "story": self.perhaps(self.one_of(Story.objects.all())),
            "place": self.perhaps(self.one_of(Place.objects.exclude(slug=SPARE))),
            "lead_picture": self.perhaps(self.one_of(Picture.objects.all())),
        }

    def file_under(self, article: Article) -> None:
        who = [self.one_of(Contributor.objects.all())]
        article.bylines = [ArticleByline(contributor=one) for one in who]
        topics = self.some_of(Topic.objects.all())
        article.topic_links = [ArticleTopic(topic=one) for one in topics]

    def redrafted(self, article: Article, **values: Any) -> Article:
        fresh = Article.objects.get(pk=article.pk)
        for name, value in values.items():
            setattr(fresh, name, value)
        if "section" in values:
            self.file_under(fresh)
        fresh.save_revision(user=self.editor)
        self.attribute(fresh)
        return fresh

    def public(self, form: str = Form.ARTICLE) -> Article | None:
        rows = Publication.objects.filter(state="public", form=form)
        found = self.one_of(rows.order_by("pk").values_list("article_id", flat=True))
        return Article.objects.get(pk=found) if found else None

    def open_codes(self) -> list[str]:
        return list(Edition.objects.filter(is_live=True).values_list("code", flat=True))

    def updating(self, **values: Any) -> Prepared:
        article = self.public()
        if article is None:
            return None
        copy = self.redrafted(article, **values)
        return lambda: actions.update_article(copy, by=self.editor)

    # Addresses

    def addresses(self) -> set[str]:
        """Return every address that is, was or may soon be something."""
        self.paths.update(self._machines(), *map(self._edition, (*CODES, CLOSED)))
        for code in (*CODES, CLOSED):
            self.paths.update(self._lists(code), self._days(code))
        self.paths.update(*map(self._article, self._article_paths()))
        return self.paths

    def _machines(self) -> Iterator[str]:
        yield from ("/", "/robots.txt", "/sitemap.xml", "/sitemaps/standing.xml")
        yield from ("/.well-known/security.txt", "/trust.txt", "/log/head.json")
        yield from ("/log/key.pem", "/nowhere/", "/he/", "/en/sections/none/")
        yield from (f"/sitemaps/news/{code}.xml" for code in (*CODES, CLOSED))
        for day in self._dates():
            yield f"/sitemaps/{day:%Y/%m/%d}.xml"
            yield f"/sitemaps/{day:%Y/%m/%d}-2.xml"

    def _edition(self, code: str) -> Iterator[str]:
        yield from _with_feeds(f"/{code}/")
        yield from _with_feeds(f"/{code}/corrections/")
        yield f"/{code}/latest/"
        yield f"/{code}/latest/before/20991231T000000.000000-1/"
        yield from (f"/{code}/{purpose}/" for purpose in PURPOSES)

    def _lists(self, code: str) -> Iterator[str]:
        for folder, model in (("sections", Section), ("stories", Story)):
            for slug in model.objects.values_list("slug", flat=True):
                yield from _with_feeds(f"/{code}/{folder}/{slug}/")
        for folder, model in (("places", Place), ("by", Contributor)):
            for slug in model.objects.values_list("slug", flat=True):
                yield from _with_feeds(f"/{code}/{folder}/{slug}/")
        for topic in Topic.objects.filter(code__contains="99000"):
            yield from _with_feeds(f"/{code}/topics/{topic.slug}/")
        for key in ("unnamed", *Source.objects.values_list("pk", flat=True)):
            yield f"/{code}/sources/{key}/"

    def _dates(self) -> set[date]:
        today = self.now.date()
        return {*Publication.objects.values_list("date", flat=True), today}

    def _days(self, code: str) -> Iterator[str]:
        around = (-1, 0, 1)
        days = {day + timedelta(one) for day in self._dates() for one in around}
        yield from (f"/{code}/{day:%Y/%m/%d}/" for day in days)

    def _article_paths(self) -> Iterator[tuple[str, int]]:
        rows = Article.objects.filter(form=Form.ARTICLE).select_related("publication")
        for copy in rows:
            public = getattr(copy, "publication", None)
            versions = copy.versions.count()
            day = public.date if public else self.now.date()
            yield f"/{copy.language}/{day:%Y/%m/%d}/{copy.slug}/", versions
            if public:
                yield public.path, versions

    @staticmethod
    def _article(told: tuple[str, int]) -> Iterator[str]:
        path, versions = told
        numbers = list(range(1, versions + 2))
        yield from (path, f"{path}ninjs.json", f"{path}versions/")
        yield from (f"{path}versions/{number}/" for number in numbers)
        yield from (f"{path}versions/{a}-{b}/" for a, b in pairwise(numbers))


def a_picture(number: int) -> Picture:
    return Picture.objects.create(
        title=f"Quay {number}",
        file=f"quay-{number}.jpg",
        file_hash=f"{number}" * 40,
        width=1600,
        height=1000,
        credit="The House",
        rights="© The House",
        alt_text="The quay",
    )


def _with_feeds(path: str) -> Iterator[str]:
    yield path
    yield from (f"{path}feed.{form}" for form in ("rss", "atom", "json"))


# Acts at the door


@act
def publish(house: House) -> Prepared:
    draft = house.draft()
    return lambda: actions.publish_article(draft, by=house.editor)


@act
def publish_translation(house: House) -> Prepared:
    original = house.public()
    if original is None or Translation.objects.filter(article=original).exists():
        return None
    taken = Translation.objects.filter(original=original)
    codes = {original.language, *taken.values_list("article__language", flat=True)}
    code = house.one_of(sorted(set(house.open_codes()) - codes))
    if code is None:
        return None
    draft = house.draft(language=code)
    link_translation(original, draft)
    return lambda: actions.publish_article(draft, by=house.editor)


@act
def publish_at_the_foot(house: House) -> Prepared:
    """Something goes into a list that is empty still."""
    filled = Listing.objects.filter(kind="section").values("key")
    section = house.one_of(Section.objects.exclude(slug__in=filled))
    if section is None:
        return None
    draft = house.draft(section=section)
    return lambda: actions.publish_article(draft, by=house.editor)


@act
def update_body(house: House) -> Prepared:
    return house.updating(body=house.body())


@act
def update_headline(house: House) -> Prepared:
    return house.updating(headline=house.words())


@act
def update_lede(house: House) -> Prepared:
    return house.updating(lede=house.words())


@act
def update_picture(house: House) -> Prepared:
    return house.updating(lead_picture=house.one_of(Picture.objects.all()))


@act
def update_urgency(house: House) -> Prepared:
    return house.updating(urgency=house.random.randint(1, 9))


@act
def update_filing(house: House) -> Prepared:
    return house.updating(**house.filing())


@act
def update_slug(house: House) -> Prepared:
    house.count += 1
    return house.updating(slug=f"moved-{house.count}")


@act
def update_genre(house: House) -> Prepared:
    return house.updating(genre=house.random.choice(("report", "analysis", "opinion")))


@act
def amend(house: House) -> Prepared:
    article = house.public()
    if article is None:
        return None
    raw = list(article.body.raw_data)
    text = raw[0]["value"]
    other = ("shut", "closed") if "shut" in text else ("closed", "shut")
    raw[0] = {**raw[0], "value": text.replace(*other)}
    copy = house.redrafted(article, body=raw)
    return lambda: actions.amend_article(copy, by=house.editor)


@act
def correct(house: House) -> Prepared:
    article = house.public()
    if article is None:
        return None
    copy = house.redrafted(article, body=house.body())
    text = f"An earlier version said {house.words()}. It was not."
    return lambda: actions.correct_article(copy, by=house.editor, text=text)


@act
def redact(house: House) -> Prepared:
    article = house.public()
    if article is None:
        return None
    passages = [house.one_of(("berths", "number", "late", "Monday", "late"))]
    house.count += 1
    slug = house.perhaps(f"cut-{house.count}") or ""
    return lambda: actions.redact(
        article, by=house.editor, passages=passages, reason=REASON, new_slug=slug
    )


@act
def kill(house: House) -> Prepared:
    article = house.public()
    if article is None:
        return None
    return lambda: actions.kill_article(
        article, by=house.editor, desk="News desk", reason=REASON
    )


@act
def schedule(house: House) -> Prepared:
    draft = house.draft()
    due = house.now + timedelta(minutes=30)
    return lambda: actions.schedule_article(draft, by=house.editor, due_at=due)


@act
def publish_due(house: House) -> Prepared:
    pending = Schedule.objects.filter(done_at__isnull=True).order_by("due_at").first()
    if pending is None:
        return None
    house.now = max(house.now, pending.due_at)
    return actions.publish_due


@act
def lift_schedule(house: House) -> Prepared:
    pending = Schedule.objects.filter(done_at__isnull=True).first()
    if pending is None:
        return None
    return lambda: actions.lift_schedule(pending.article, by=house.editor)


@act
def standing_page(house: House) -> Prepared:
    code, purpose = house.one_of(house.open_codes()), house.one_of(PURPOSES)
    found = Publication.objects.filter(language=code, purpose=purpose).first()
    if found is None:
        draft = house.draft(form=Form.STANDING, purpose=purpose, language=code)
        return lambda: actions.publish_article(draft, by=house.editor)
    copy = house.redrafted(found.article, body=house.body())
    return lambda: actions.update_article(copy, by=house.editor)


@act
def kill_standing_page(house: House) -> Prepared:
    article = house.public(Form.STANDING)
    if article is None:
        return None
    return lambda: actions.kill_article(
        article, by=house.editor, desk="News desk", reason=REASON
    )


@act
def save_a_draft(house: House) -> Prepared:
    article = house.public()
    return lambda: house.redrafted(article, headline=house.words()) if article else None


# What the desk edits


def _named(house: House, model: Any) -> Prepared:
    row, code = house.one_of(model.objects.order_by("pk")), house.one_of(CODES)
    row.names = {**row.names, code: house.words()}
    return row.save


@act
def rename_section(house: House) -> Prepared:
    return _named(house, Section)


@act
def rename_story(house: House) -> Prepared:
    return _named(house, Story)


@act
def rename_place(house: House) -> Prepared:
    return _named(house, Place)


@act
def rename_topic(house: House) -> Prepared:
    row = house.one_of(Topic.objects.filter(code__contains="99000"))
    row.names = {**row.names, "en": house.words()}
    return row.save


@act
def retire_topic(house: House) -> Prepared:
    row = house.one_of(Topic.objects.filter(code__contains="99000"))
    row.is_retired = not row.is_retired
    return row.save


@act
def add_section(house: House) -> Prepared:
    house.count += 1
    slug = f"new-{house.count}"
    house.paths.update(_with_feeds(f"/{house.one_of(CODES)}/sections/{slug}/"))
    return Section(slug=slug, names={"en": slug}, position=9).save


@act
def move_section(house: House) -> Prepared:
    row = house.one_of(Section.objects.order_by("pk"))
    row.position = house.random.randint(0, 9)
    return row.save


@act
def readdress_story(house: House) -> Prepared:
    row = house.one_of(Story.objects.order_by("pk"))
    house.count += 1
    row.slug = f"story-{house.count}"
    return row.save


@act
def add_and_remove(house: House) -> Prepared:
    """A noun that nothing names comes, or goes again."""
    found = Place.objects.filter(slug=SPARE).first()
    if found is not None:
        return found.delete
    house.paths |= {"/en/places/spare/", "/ar/places/spare/feed.rss"}
    return Place(slug=SPARE, names={"en": "Spare"}).save


@act
def rename_contributor(house: House) -> Prepared:
    row = house.one_of(Contributor.objects.order_by("pk"))
    row.names = {**row.names, house.one_of(CODES): house.words()}
    return row.save


@act
def write_biography(house: House) -> Prepared:
    row, code = house.one_of(Contributor.objects.order_by("pk")), house.one_of(CODES)
    row.biographies = {**row.biographies, code: house.words()}
    row.roles = {**row.roles, code: house.words()}
    return row.save


@act
def edit_account(house: House) -> Prepared:
    row = house.one_of(Contributor.objects.order_by("pk"))
    row.email, row.kind = "desk@news.example", "person"
    row.account = User.objects.get_or_create(username=row.slug)[0]
    return row.save


@act
def edit_newsroom(house: House) -> Prepared:
    newsroom = Newsroom.load()
    field, value = house.one_of(
        (
            ("name", house.words()),
            ("place", house.words()),
            ("email", f"{house.count}@news.example"),
            ("social_links", f"Elsewhere https://social.example/{house.count}"),
            ("trust_links", f"member=https://trust.example/{house.count}"),
            ("security_contact", f"safe{house.count}@news.example"),
            ("timezone", house.random.choice(("UTC", "Asia/Tokyo", "America/Lima"))),
        )
    )
    setattr(newsroom, field, value)
    return newsroom.save


@act
def edit_edition(house: House) -> Prepared:
    edition = house.one_of(Edition.objects.all())
    field = house.one_of(("title", "motto", "place", "description"))
    setattr(edition, field, house.words())
    return edition.save


@act
def open_or_close_edition(house: House) -> Prepared:
    edition = house.one_of(Edition.objects.filter(code__in=(CLOSED, "uk")))
    edition.is_live = not edition.is_live
    return edition.save


@act
def edit_picture(house: House) -> Prepared:
    row = house.one_of(Picture.objects.order_by("pk"))
    field, value = house.one_of(
        (
            ("credit", house.words()),
            ("alt_text", house.words()),
            ("caption", house.words()),
            ("focal_point_x", house.random.randint(1, 1500)),
        )
    )
    setattr(row, field, value)
    row.focal_point_y = row.focal_point_y or 500
    return row.save


@act
def update_source(house: House) -> Prepared:
    """What an article says comes from somebody else."""
    article = house.public()
    if article is None:
        return None
    spans = article.attributions.order_by("pk").values_list("span", flat=True)
    source = house.one_of(Source.objects.standing().order_by("pk"))
    if not spans:
        return None
    attribute_span(article, house.one_of(spans), source=source, by=house.editor)
    return lambda: actions.update_article(article, by=house.editor)


@act
def edit_source(house: House) -> Prepared:
    row = house.one_of(Source.objects.exclude(kind="unnamed").order_by("pk"))
    field, value = house.one_of(
        (
            ("name", house.words()),
            ("names", {"ar": house.words()}),
            ("description", house.words()),
            ("url", "https://port.example/"),
        )
    )
    setattr(row, field, value)
    return row.save


@act
def note_source(house: House) -> Prepared:
    row = house.one_of(Source.objects.exclude(kind="unnamed").order_by("pk"))
    is_public = house.perhaps(True) or False
    text = house.words()
    return lambda: note_reliability(row, text, by=house.editor, is_public=is_public)


@act
def merge_source(house: House) -> Prepared:
    rows = list(Source.objects.standing().exclude(kind="unnamed").order_by("pk"))
    if len(rows) < 2:
        return None
    house.random.shuffle(rows)
    twin, into = rows[:2]

    def merge() -> None:
        merge_sources(twin, into=into, by=house.editor, reason="They are one.")
        told = {"twin": twin.pk, "into": into.pk}
        house.pending.append(lambda: follow_merge(told))

    return merge


@act
def undo_merge_source(house: House) -> Prepared:
    merge = house.one_of(
        SourceMerge.objects.filter(undone_at=None, into__merged_into=None).order_by(
            "pk"
        )
    )
    if merge is None:
        return None

    def undo() -> None:
        undo_merge(merge, by=house.editor)
        told = {"twin": merge.twin_id, "into": merge.into_id}
        house.pending.append(lambda: follow_undoing(told))

    return undo


@act
def deliver(house: House) -> Prepared:
    """What an act left to do is done, late and in any order."""
    if not house.pending:
        return None
    return house.pending.pop(house.random.randrange(len(house.pending)))
