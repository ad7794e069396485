"""The command as a person runs it, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.sources.models import WireItem
from dateline.sources.receive_command import receive_command

SAMPLES = Path(__file__).parent.parent / "wire_samples"
PAGE = SAMPLES / "harbor-courier" / "bare_text-date-above.txt"


def test_dry_run_needs_no_settings_and_leaves_no_folder(tmp_path):
    clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "dateline.config.cli", "receive", "--json", "--dry-run",
         str(PAGE)],
        capture_output=True, check=True, cwd=tmp_path, env=clean, timeout=60,
    )  # fmt: skip
    (item,) = json.loads(done.stdout)

    assert item["headline"] == "Night ferry returns after four months of repairs"
    assert item["paragraphs"][0].startswith("The night ferry between Wexcombe")
    assert list(tmp_path.iterdir()) == []


def test_refused_path_is_named_and_the_others_are_read(tmp_path, capsys):
    empty = tmp_path / "empty.txt"
    empty.touch()

    code = receive_command(["--json", "--dry-run", str(empty), str(PAGE), "/nowhere"])

    said = capsys.readouterr()
    assert code == 1
    assert len(json.loads(said.out)) == 1
    assert f"{empty}: empty: " in said.err
    assert "/nowhere: missing: " in said.err


@pytest.mark.django_db
def test_item_is_stored_once_and_told_so(capsys):
    assert receive_command(["--json", str(PAGE)]) == 0
    (first,) = json.loads(capsys.readouterr().out)
    receive_command(["--json", str(PAGE)])
    (again,) = json.loads(capsys.readouterr().out)

    assert (first["outcome"], again["outcome"]) == ("new", "known")
    assert first["id"] == again["id"] == WireItem.objects.get().pk


def test_folder_without_a_newsroom_is_named(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "dateline.config.cli", "receive", "--data",
         str(tmp_path), str(PAGE)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert done.returncode == 1
    assert ": no-newsroom: " in done.stderr
    assert not (tmp_path / "originals").exists()
