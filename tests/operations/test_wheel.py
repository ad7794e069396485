"""The wheel, installed where there is no checkout, opens a newsroom."""

import subprocess
import sys
import zipfile

import pytest

from tests.house.repository import ROOT
from tests.operations.newsroom import environment, opened

pytestmark = pytest.mark.slow


def do(*command, **more):
    subprocess.run(list(map(str, command)), check=True, timeout=300, **more)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    do(
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        folder,
        cwd=ROOT,
    )
    return next(folder.glob("dateline-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The command of a virtual environment that holds the wheel and its lock alone."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    do(sys.executable, "-m", "venv", venv)
    pip = (venv / "bin/python", "-m", "pip", "install", "-qq", "--no-deps")
    pip += ("--no-compile",)
    do(*pip, "--require-hashes", "-r", ROOT / "requirements.lock")
    do(*pip, wheel)
    return str(venv / "bin/dateline")


def test_the_wheel_holds_all_that_a_newsroom_needs_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for kind in ("/templates/", "/static/", "/locale/", "/demo/paper/", "/data/"):
        assert any(kind in name for name in names), kind
    assert not [name for name in names if name.startswith(("tests/", "scripts/"))]


def test_it_opens_the_demonstration_paper_without_a_checkout(installed, tmp_path):
    outside = environment()
    del outside["PYTHONPATH"]
    data = tmp_path / "data"
    with opened(data, with_demo=True, command=(installed,), environ=outside) as it:
        front = it.get("/en/")
        assert front.status == 200
        assert b"<html" in front.body
        assert it.get("/ar/").status == 200
        assert it.get("/desk/login/").status == 200
