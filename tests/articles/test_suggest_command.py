"""The command as a person runs it, in a process of its own."""

import json
import os
import subprocess
import sys

from dateline.articles.suggest_command import suggest_command

TEXT = "The bridge is closed. The mayor said it would open on Monday.\n"
PAGE = """<!doctype html><html lang="en"><head><title>Bridge closed</title></head><body>
<article><h1>Bridge over the Lenn is closed</h1>
<p>The bridge over the Lenn has been closed since the flood of last week.</p>
<p>“We will open it on Monday,” said Marta Ruiz, the city’s engineer, at noon.</p>
<p>Buses go round by the mill, and boats carry those who walk to the market.</p>
</article></body></html>"""
NINJS = {
    "uri": "urn:newsml:example.com:2026:1",
    "language": "en",
    "headline": "Bridge over the Lenn is closed",
    "body_text": "The bridge is closed.\n\nMarta Ruiz said it would open on Monday.",
}


def _suggested(argv, capsys):
    code = suggest_command(["--suggest", "--json", *map(str, argv)])
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


def test_it_needs_neither_settings_nor_a_folder(tmp_path):
    (tmp_path / "bridge.txt").write_text(TEXT)
    done = subprocess.run(
        [sys.executable, "-m", "dateline.config.cli", "attributions", "--suggest",
         "--json", "bridge.txt"],
        capture_output=True, check=True, cwd=tmp_path, timeout=60,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
    )  # fmt: skip

    plain, citing = json.loads(done.stdout)
    assert (plain["cites"], plain["source"]) == (False, None)
    assert (citing["cites"], citing["source"], citing["cue"]) == (
        True,
        "The mayor",
        "said",
    )
    assert TEXT[citing["start"] : citing["end"]] == citing["text"]
    assert [path.name for path in tmp_path.iterdir()] == ["bridge.txt"]


def test_pages_and_wire_items_are_read_as_the_wire_reads_them(tmp_path, capsys):
    page, item = tmp_path / "page.html", tmp_path / "item.json"
    page.write_text(PAGE, "utf-8")
    item.write_text(json.dumps(NINJS), "utf-8")

    code, sentences, _ = _suggested([page, item], capsys)

    assert code == 0
    citing = {s["file"]: s["source"] for s in sentences if s["cites"]}
    assert citing == {str(page): "Marta Ruiz", str(item): "Marta Ruiz"}
    (quoted,) = [s["quotes"] for s in sentences if s["quotes"]]
    assert quoted == ["We will open it on Monday,"]


def test_wrapped_lines_are_one_paragraph_and_line_ends_are_kept(tmp_path, capsys):
    wrapped = tmp_path / "wrapped.txt"
    text = "The bridge is closed.\r\n\r\nThe mayor said it\r\nwould open.\r\n"
    wrapped.write_bytes(text.encode())

    _, sentences, _ = _suggested([wrapped], capsys)

    assert [s["source"] for s in sentences] == [None, "The mayor"]
    assert [text[s["start"] : s["end"]] for s in sentences] == [
        "The bridge is closed.",
        "The mayor said it\r\nwould open.",
    ]


def test_what_cannot_be_read_is_named_and_the_rest_is_done(tmp_path, capsys):
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text(TEXT)
    empty.touch()

    code, sentences, errors = _suggested([empty, good, tmp_path / "gone"], capsys)

    assert code == 1
    assert len(sentences) == 2
    assert f"{empty}: empty: " in errors
    assert "gone: missing: " in errors


def test_a_page_of_text_gives_its_article_and_the_places_are_in_the_file(capsys):
    from pathlib import Path

    sample = next(Path(__file__).parent.parent.glob("wire_samples/*/bare_text-*.txt"))
    _, sentences, _ = _suggested([sample], capsys)

    text = sample.read_text("utf-8")
    assert sentences
    assert all(text[s["start"] : s["end"]] == s["text"] for s in sentences)


def test_who_has_read_enough_is_no_error(tmp_path):
    file = tmp_path / "long.txt"
    file.write_text(TEXT * 1_000)
    asked = subprocess.Popen(
        [sys.executable, "-m", "dateline.config.cli", "attributions", "--suggest",
         "--json", str(file)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
    )  # fmt: skip
    with asked:
        asked.stdout.read(1)
        asked.stdout.close()
        said = asked.stderr.read()
    assert (asked.returncode, said) == (141, b"")
