"""The set-up on machines that lack something."""

import os
import shutil
import subprocess

import pytest

from tests.house.repository import ROOT

PRESENT = (
    "sh",
    "dirname",
    "sha256sum",
    "cut",
    "mkdir",
    "rm",
    "cat",
    "date",
    "flock",
    "chmod",
    "mv",
)


@pytest.fixture
def machine(tmp_path):
    """A checkout on a machine with few commands; tests add those that they need."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/setup", tmp_path / "scripts/setup")
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    (tmp_path / "bin").mkdir()
    for name in PRESENT:
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    return tmp_path


def command(machine, name, does):
    path = machine / "bin" / name
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)


def set_up(machine):
    return subprocess.run(
        [machine / "scripts/setup"],
        env={"PATH": str(machine / "bin"), "HOME": str(machine)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


# A Python without the venv module, as Debian ships it.
BARE_PYTHON = """case "$2" in
*ensurepip*) exit 1 ;;
*%d.%d*) echo 3.11 ;;
*version_info*) exit 0 ;;
*) echo Python 3.11.2 ;;
esac"""


def test_without_a_python_that_fits_one_sentence_says_so(machine):
    command(machine, "python3", "exit 1")
    result = set_up(machine)
    assert result.returncode == 1
    assert result.stderr == (
        "Dateline: Python 3.11, 3.12 or 3.13 is needed, and python3 here is none of "
        "them.\n"
    )


def test_without_the_venv_module_one_sentence_says_how_to_get_it(machine):
    command(machine, "python3", BARE_PYTHON)
    command(machine, "id", "echo 1000")
    result = set_up(machine)
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == (
        "Dateline: Python's venv module is missing: sudo apt install python3.11-venv"
    )
    assert not (machine / ".venv").exists()


def test_root_has_the_venv_module_installed(machine):
    command(machine, "python3", BARE_PYTHON)
    command(machine, "id", "echo 0")
    command(machine, "apt-get", f'echo "$*" >>{machine}/asked')
    result = set_up(machine)
    assert (machine / "asked").read_text().splitlines() == [
        "update -qq",
        "install -y -qq python3.11-venv",
    ]
    # Here it installed nothing, and the sentence still comes.
    assert result.returncode == 1
    assert "venv module is missing" in result.stderr


def test_what_was_cut_off_is_begun_again_and_what_is_done_is_left(machine):
    (machine / ".venv/bin").mkdir(parents=True)
    (machine / ".venv/half").touch()
    command(machine, "python3", 'case "$1" in --version) echo Python 3.11.2 ;; esac')
    command(machine, "uv", fake_uv(machine))
    for _ in range(2):
        assert set_up(machine).returncode == 0
    assert not (machine / ".venv/half").exists()
    assert (machine / "asked").read_text().split().count("sync") == 1
    assert os.access(machine / ".venv/bin/dateline", os.X_OK)


def fake_uv(machine):
    """Return a uv that makes a folder, and a Python in it that says where things go."""
    venv = machine / ".venv"
    return f"""echo "$*" >>{machine}/asked
mkdir -p {venv}/bin {venv}/lib
printf '#!/bin/sh\\necho {venv}/lib\\n' >{venv}/bin/python
chmod +x {venv}/bin/python"""
