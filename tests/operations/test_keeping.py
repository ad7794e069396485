"""A newsroom that was kept in a file is the same newsroom to its readers."""

import difflib
import re
import subprocess
import sys
import zipfile

import pytest

from tests.operations.newsroom import demonstration, opened, run

pytestmark = pytest.mark.slow

LINK = re.compile(rb'href="(/[a-z][^"#?]*)"')


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """A demonstration paper: what readers got of it, its backup and its log's head."""
    folder = tmp_path_factory.mktemp("paper")
    demonstration(folder / "data")
    with opened(folder / "data") as newsroom:
        pages = {path: newsroom.get(path) for path in addresses(newsroom)}
        file = folder / "backup.tar"
        taken = run("backup", str(file), "--data", str(folder / "data"))
        head = run("verify", "--data", str(folder / "data"))
    assert taken.returncode == 0, taken.stderr
    assert head.returncode == 0, head.stdout
    return pages, file, head.stdout


def addresses(newsroom):
    """Follow the links of the fronts, two steps deep."""
    found = {"/en/", "/ar/", "/uk/", "/en/feed.rss"}
    for _ in range(2):
        for path in sorted(found):
            found |= {link.decode() for link in LINK.findall(newsroom.get(path).body)}
    return sorted(path for path in found if not path.startswith("/desk"))


def test_readers_get_the_same_of_a_restored_newsroom(paper, tmp_path):
    pages, file, head = paper
    data = tmp_path / "restored"
    restored = run("restore", str(file), "--data", str(data))
    assert restored.returncode == 0, restored.stderr
    with opened(data) as newsroom:
        after = {path: newsroom.get(path) for path in pages}
        assert "Sign in" not in newsroom.said
    assert len(pages) > 50
    differing = [path for path in pages if told(pages[path]) != told(after[path])]
    assert [difference(pages[path], after[path]) for path in differing[:3]] == []
    assert run("verify", "--data", str(data)).stdout == head
    assert run("check", "--data", str(data)).returncode == 0


def told(page):
    """Return what a reader is told, whatever port and stream the newsroom has."""
    body = re.sub(rb"127\.0\.0\.1:\d+", b"HOST", page.body)
    return page.status, re.sub(rb'(data-events="[^".]+)\.[^"]+', rb"\1", body)


def difference(before, after):
    lines = (told(page)[1].decode().splitlines() for page in (before, after))
    return [line for line in difflib.ndiff(*lines) if line[0] in "+-"]


def test_a_folder_in_use_is_not_restored_into(paper, tmp_path):
    _, file, _ = paper
    (tmp_path / "letter.txt").write_text("mine")
    refused = run("restore", str(file), "--data", str(tmp_path))
    assert refused.returncode == 1
    assert "is not empty" in refused.stderr
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_a_changed_log_is_found_by_its_own_newsroom(paper, tmp_path):
    _, file, head = paper
    run("restore", str(file), "--data", str(tmp_path / "data"))
    sequence, _, digest = head.split("head ")[1].split()[0].partition(":")
    other = f"{sequence}:{digest[::-1]}"
    verdict = run("verify", "--against", other, "--data", str(tmp_path / "data"))
    assert verdict.returncode == 1
    assert f"BROKEN entry {sequence}" in verdict.stdout


def test_a_kit_taken_while_the_house_is_open_holds_without_it(paper, tmp_path):
    pages, file, head = paper
    data, kit = tmp_path / "data", tmp_path / "kit.zip"
    run("restore", str(file), "--data", str(data))
    article = next(
        path for path in pages if re.fullmatch(r"/ar/2\d{3}/.*[a-z-]+/", path)
    )
    with opened(data):
        made = run("evidence", article, "--out", str(kit), "--data", str(data))
        unknown = run("evidence", "/ar/none/", "--data", str(data))
    assert made.returncode == 0, made.stderr
    assert (unknown.returncode, unknown.stderr[:28]) == (
        1,
        "dateline: There is no articl",
    )
    with zipfile.ZipFile(kit) as held:
        script = held.extract("verify.py", tmp_path)
    seen = head.split("head ")[1].split()[0]
    checked = subprocess.run(
        [sys.executable, "-I", "-S", script, str(kit), "--against", seen],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
    assert f"All of it holds; head {seen}." in checked.stdout


def test_postgresql_is_sent_to_its_own_tools(tmp_path):
    refused = run(
        "backup",
        str(tmp_path / "b.tar"),
        DATELINE_DATABASE_URL="postgresql://nobody@127.0.0.1/none",
        DATELINE_DATA=str(tmp_path),
    )
    assert refused.returncode == 1
    assert "pg_dump" in refused.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["check", "verify", "demo"])
def test_a_folder_without_a_newsroom_is_named(tmp_path, command):
    refused = run(command, "--data", str(tmp_path))
    assert refused.returncode == 1
    assert refused.stderr == (
        f"dateline: There is no newsroom in {tmp_path}: name it with --data.\n"
    )
