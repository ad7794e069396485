"""The paper's files hold what they promise, and say so where they do not."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from dateline.articles import mediatopics
from dateline.articles.vocabulary import Purpose
from dateline.demo.drawing import PICTURES
from dateline.demo.reading import (
    MARKED,
    PAPER,
    Piece,
    UnreadablePaper,
    moment,
    read_paper,
    with_days,
)

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LANGUAGES = {"en", "fr", "es", "uk", "ar", "zh-CN", "hi"}
PUBLIC = {"published", "killed"}


@pytest.fixture(scope="module")
def paper():
    return read_paper(AT)


@pytest.fixture(scope="module")
def articles(paper):
    return [piece for piece in paper.pieces if not piece.purpose]


def words(piece: Piece) -> str:
    return "".join(repr(block.value) for block in piece.body.blocks)


def test_it_is_as_large_as_promised(articles):
    published = Counter(p.language for p in articles if p.state == "published")
    assert len({piece.group for piece in articles}) >= 30
    assert published["en"] >= 16
    assert set(published) == LANGUAGES
    assert min(published.values()) >= 5


def test_ten_subjects_exist_in_three_languages(paper):
    published = {
        group: {piece.language for piece in pieces if piece.state == "published"}
        for group, pieces in paper.groups().items()
    }
    assert sum(len(languages) >= 3 for languages in published.values()) >= 10


def test_drafts_stand_in_every_state(articles):
    assert {piece.state for piece in articles} == {
        "published",
        "killed",
        "embargoed",
        "scheduled",
        "draft",
        "in_review",
        "returned",
        "spiked",
    }
    kinds = {change.kind for piece in articles for change in piece.changes}
    assert kinds == {"correction", "update", "amendment"}


def test_every_language_has_every_standing_page(paper):
    pages = Counter(p.language for p in paper.pieces if p.purpose in set(Purpose))
    assert pages == dict.fromkeys(LANGUAGES, len(Purpose))


def test_every_section_has_articles_and_names_in_all_languages(paper, articles):
    assert len(paper.sections) == 8
    assert {p.section for p in articles} == set(paper.sections)
    for names in (*paper.sections.values(), *paper.stories.values()):
        assert set(names) == LANGUAGES
    assert {p.story for p in articles} - {""} == set(paper.stories)


def test_every_reference_leads_somewhere(paper, articles):
    topics = {t.code for t in mediatopics.load() if not t.is_retired}
    keys = {(piece.group, piece.language) for piece in articles}
    cited = {*paper.sources, *paper.citations}
    for piece in articles:
        assert set(piece.byline) <= set(paper.contributors), piece.key
        assert set(piece.topics) <= topics, piece.key
        assert piece.topics, piece.key
        assert piece.place in {"", *paper.places}, piece.key
        assert piece.picture in {"", *PICTURES}, piece.key
        for body in piece.bodies:
            assert set(body.attributions.values()) <= cited, piece.key
            for block in body.blocks:
                assert block.rests_on in {"", *cited, *MARKED}, piece.key
                if block.type == "related":
                    assert (block.value, piece.language) in keys, piece.key
                if block.type == "picture":
                    assert block.value["picture"] in PICTURES, piece.key


def test_what_its_writer_stands_for_is_marked_one_statement_at_a_time(articles):
    marked = {
        kind for p in articles for body in p.bodies for kind in body.marks.values()
    }
    assert marked == {"observation", "common_knowledge", "opinion"}
    for piece in articles:
        assert not set(piece.body.marks) & set(piece.body.attributions), piece.key


def test_addresses_are_latin_and_no_two_alike(articles):
    for language in LANGUAGES:
        slugs = [piece.slug for piece in articles if piece.language == language]
        assert len(slugs) == len(set(slugs))
        assert all(slug.isascii() and slug for slug in slugs)


def test_everything_public_lies_in_the_past_and_in_order(articles):
    for piece in articles:
        if piece.state not in PUBLIC:
            continue
        kills = [piece.kill.at] if piece.kill else []
        moments = [piece.published, *(c.at for c in piece.changes), *kills, AT]
        assert moments == sorted(moments), piece.key


def test_a_translation_does_not_come_before_its_original(paper):
    for pieces in paper.groups().values():
        originals = [piece.published for piece in pieces if piece.language == "en"]
        for piece in pieces:
            if originals and piece.language != "en":
                assert piece.published > originals[0], piece.key


def test_a_quotation_has_a_speaker_and_names_whom_it_rests_on(articles):
    for piece in articles:
        for block in piece.body.blocks:
            if block.type == "quotation":
                assert block.value["speaker"], piece.key
                assert "data-span" in block.value["text"], piece.key


def test_pictures_say_in_every_language_what_they_show():
    for name, spec in PICTURES.items():
        assert set(spec.alts) == LANGUAGES, name
        assert spec.credit
        assert spec.rights


@pytest.mark.parametrize("day", [date(2027, 3, 1), date(2028, 2, 29), date(2026, 1, 1)])
def test_it_reads_the_same_on_any_day(day):
    at = datetime(day.year, day.month, day.day, 3, 30, tzinfo=UTC)
    paper = read_paper(at)
    assert "{{" not in "".join(p.headline + p.lede + words(p) for p in paper.pieces)
    assert all(
        p.published is None or p.published < at
        for p in paper.pieces
        if p.state in PUBLIC
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "November 20"),
        ("fr", "20 novembre"),
        ("es", "20 de noviembre"),
        ("uk", "20 листопада"),
        ("zh-CN", "11月20日"),
    ],
)
def test_days_are_written_as_the_language_writes_them(language, text):
    assert with_days("{{D-2}}", language, AT.date()) == text


def test_moments_are_counted_from_the_loading():
    assert moment("D-2 08:15", AT) == datetime(2026, 11, 20, 8, 15, tzinfo=UTC)
    assert moment("T-1:25", AT) == AT - timedelta(hours=1, minutes=25)
    with pytest.raises(UnreadablePaper, match="yesterday"):
        moment("yesterday", AT)


def written(folder, text):
    article = folder / "articles" / "a-group" / "en.md"
    article.parent.mkdir(parents=True)
    article.write_text(text, encoding="utf-8")
    for name in ("paper.toml", "contributors.toml", "wire.toml"):
        (folder / name).write_text((PAPER / name).read_text("utf-8"), "utf-8")
    return folder


FRONT = '+++\nheadline = "H"\nlede = "L"\nslug = "s"\n+++\n'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("no front matter", "front matter"),
        ("+++\nheadline = \n+++\nText", "a-group/en"),
        (FRONT + "[A span {source} that is not closed.]{two, sources}", "not closed"),
        (FRONT + ":::fact Title\nText", "not closed"),
        (FRONT + ":::poem Title\nText\n:::", "opens nothing"),
        (FRONT.replace("+++\n", '+++\npublished = "noon"\n', 1) + "T", "no moment"),
    ],
)
def test_a_broken_file_is_named_with_its_fault(tmp_path, text, reason):
    with pytest.raises(UnreadablePaper, match=reason):
        read_paper(AT, written(tmp_path, text))


def test_a_whole_block_can_rest_on_what_its_last_word_names(tmp_path):
    blocks = (
        "![fog] The mole. {harbour-board}",
        "|= Ships {berth-log}\n| in | out |\n| 1 | 2 |",
        ":::fact Fog {=known}\nIt is wet.\n:::",
        "- [Wet. And cold.]{=seen}",
    )
    front = FRONT.replace("lede", 'headline_from = "met-office"\nlede', 1)
    [piece] = read_paper(AT, written(tmp_path, front + "\n\n".join(blocks))).pieces
    told = [block.rests_on for block in piece.body.blocks]
    assert told == ["harbour-board", "berth-log", "=known", ""]
    assert piece.above() == {"headline": "met-office"}
    assert list(piece.body.marks.values()) == ["observation"]


def test_a_correction_keeps_the_spans_that_it_does_not_touch(paper):
    [piece] = [p for p in paper.pieces if p.key == "basin-leak-first-report/en"]
    before, after = (set(body.attributions) for body in piece.bodies)
    assert len(before ^ after) == 2
    assert "berth 9" in repr(piece.bodies[0])
    assert "berth 9" not in repr(piece.bodies[1])
