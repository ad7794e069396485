"""The list of subjects that comes with the package."""

from zipfile import ZipFile

import pytest

from dateline.articles import mediatopics
from dateline.articles.mediatopics_sheet import COLUMNS, UnreadableSheet, convert
from dateline.languages import LANGUAGES

SHARED_STRINGS = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'
)
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)
HEADER = [
    "NewsCode-QCode (flat)",
    "Level1/NewsCode",
    "Level2/NewsCode",
    "RetiredDate",
    "Name (en-GB)",
    "Name (en-US)",
    "Name (dk)",
]
SEA = ["medtop:90000001", "medtop:90000001", "", "", "harbour", "harbor", "havn"]
TIDE = ["medtop:90000002", "", "medtop:90000002", "2024-07-01T12:00:00+00:00", "tide"]


def spreadsheet(path, rows, *, strings=SHARED_STRINGS):
    """Write a sheet as a spreadsheet program would: texts apart, empty cells absent."""
    texts = sorted({text for row in rows for text in row if text})
    lines = []
    for number, row in enumerate(rows, 1):
        cells = [
            f'<c r="{chr(65 + column)}{number}" t="s"><v>{texts.index(text)}</v></c>'
            for column, text in enumerate(row)
            if text
        ]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    with ZipFile(path, "w") as package:
        items = "".join(f"<si><r><t>{text}</t></r></si>" for text in texts)
        package.writestr("xl/sharedStrings.xml", strings.format(items))
        package.writestr("xl/worksheets/sheet1.xml", SHEET.format("".join(lines)))
    return path


def test_every_topic_has_its_place_and_an_english_name() -> None:
    topics = mediatopics.load()
    seen: set[str | None] = {None}
    for topic in topics:
        assert topic.parent in seen
        assert topic.names["en"]
        assert topic.names.keys() <= LANGUAGES.keys()
        seen.add(topic.code)
    assert len(seen) - 1 == len(topics) == 1387
    assert sum(topic.parent is None for topic in topics) == 17


def test_retired_topics_are_known_as_such() -> None:
    topics = {topic.code: topic for topic in mediatopics.load()}
    assert topics["medtop:20000030"].retired_on == "2021-09-30"
    assert topics["medtop:20000030"].is_retired
    assert not topics["medtop:01000000"].is_retired
    assert sum(topic.is_retired for topic in topics.values()) == 302


def test_names_stand_under_the_codes_of_our_languages() -> None:
    weather = next(t for t in mediatopics.load() if t.code == "medtop:17000000")
    assert weather.names.keys() == COLUMNS.keys() | {"uk", "hi"}
    assert weather.names["en"] == "weather"
    assert weather.names["da"] == "vejr"
    assert weather.names["zh-CN"] == "天气"


def test_what_the_sheet_does_not_name_has_a_name_of_our_own() -> None:
    topics = {topic.code: topic for topic in mediatopics.load()}
    widest = [topic for topic in topics.values() if topic.parent is None]
    for language in ("en", "uk", "ar", "zh-CN", "hi", "fr", "es"):
        assert all(language in topic.names for topic in widest)
    assert topics["medtop:20001362"].names["fr"] == "Transports publics"


def test_a_newer_sheet_is_converted(tmp_path) -> None:
    sheet = spreadsheet(tmp_path / "new.xlsx", [["A title line"], HEADER, SEA, TIDE])
    target = tmp_path / "topics.tsv"
    assert convert(sheet, target) == 2
    header, sea, tide = target.read_text(encoding="utf-8").splitlines()
    assert header.split("\t")[:6] == ["code", "parent", "retired", "en", "ar", "da"]
    assert sea.split("\t")[:6] == ["medtop:90000001", "", "", "harbor", "", "havn"]
    assert tide.split("\t")[:4] == [
        "medtop:90000002",
        "medtop:90000001",
        "2024-07-01",
        "tide",
    ]


ORPHAN = ["medtop:90000002", "", "medtop:90000002", "", "tide"]
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaa">]>' + SHARED_STRINGS


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([["a", "b"]], "no row names the columns"),
        ([HEADER], "holds no topic"),
        ([HEADER, ORPHAN], "has no parent"),
        ([HEADER, ["medtop:1", "medtop:1"]], "has no code"),
    ],
)
def test_another_sheet_is_refused(tmp_path, rows, reason) -> None:
    target = tmp_path / "topics.tsv"
    target.write_text("as it was")
    with pytest.raises(UnreadableSheet, match=reason):
        convert(spreadsheet(tmp_path / "new.xlsx", rows), target)
    assert target.read_text() == "as it was"


def test_what_is_no_spreadsheet_is_refused(tmp_path) -> None:
    file = tmp_path / "new.xlsx"
    file.write_bytes(b"not a zip")
    with pytest.raises(UnreadableSheet, match="no spreadsheet"):
        convert(file, tmp_path / "topics.tsv")
    with ZipFile(file, "w") as package:
        package.writestr("readme.txt", "nothing here")
    with pytest.raises(UnreadableSheet, match="no spreadsheet"):
        convert(file, tmp_path / "topics.tsv")


def test_a_sheet_with_entities_is_refused(tmp_path) -> None:
    sheet = spreadsheet(tmp_path / "new.xlsx", [HEADER, SEA], strings=BOMB)
    with pytest.raises(ValueError, match="EntitiesForbidden"):
        convert(sheet, tmp_path / "topics.tsv")
