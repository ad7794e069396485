"""Opening and closing a newsroom, as an operator does it."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys

import pytest

from tests.operations.newsroom import (
    COMMAND,
    an_empty_newsroom,
    environment,
    free_port,
    opened,
    run,
    wait_until_gone,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A data folder that was set up once, and what was said at it."""
    data = tmp_path_factory.mktemp("kept") / "data"
    return data, an_empty_newsroom(data)


@pytest.fixture
def data(kept, tmp_path):
    """A copy of it for one test."""
    return shutil.copytree(kept[0], tmp_path / "data")


def test_the_first_start_says_where_and_how_to_sign_in(kept):
    data, said = kept
    assert "/desk/" in said
    password = said.partition("Sign in    editor  ")[2].split()[0]
    assert len(password) == len("abcd-abcd-abcd-abcd")
    stored = (data / "dateline.sqlite3").read_bytes()
    assert password.encode() not in stored
    assert b"argon2" in stored


def test_a_second_start_has_nothing_to_prepare_and_no_password(data):
    with opened(data) as newsroom:
        assert newsroom.get("/healthz").status == 200
        assert "Tables" not in newsroom.said
        assert "Sign in" not in newsroom.said


def test_keys_and_lock_are_for_the_operator_alone(kept):
    data = kept[0]
    assert (data / "keys").stat().st_mode & 0o077 == 0
    assert (data / "keys" / "secret-key").stat().st_mode & 0o077 == 0


def test_static_files_are_named_by_content_kept_for_ever_and_compressed(data):
    manifest = json.loads((data / "static" / "staticfiles.json").read_text())
    name = manifest["paths"]["wagtailadmin/css/core.css"]
    with opened(data) as newsroom:
        answer = newsroom.get(f"/static/{name}", **{"Accept-Encoding": "gzip"})
    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_it_closes_when_told_to_and_leaves_nothing_running(data, by):
    with opened(data) as newsroom:
        pids = newsroom.children()
        assert len(pids) >= 3
        assert newsroom.close(by) == 0
    assert wait_until_gone(pids) == []
    assert "Dateline is closed." in newsroom.said


def test_a_killed_parent_takes_its_children_along(data):
    with opened(data) as newsroom:
        pids = newsroom.children()
        newsroom.process.kill()
        newsroom.process.communicate()
        assert wait_until_gone(pids) == []
    with opened(data) as again:
        assert again.get("/healthz").status == 200


def test_a_killed_server_is_started_again(data):
    with opened(data) as newsroom:
        newsroom.wait_until_well()
        server = min(newsroom.children())
        os.kill(server, signal.SIGKILL)
        assert wait_until_gone([server]) == []
        newsroom.wait_until_well()
        assert server not in newsroom.children()


def test_a_port_in_use_is_refused_and_nothing_is_made(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = run("serve", "--data", str(tmp_path / "new"), "--port", port)
    assert result.returncode == 1
    assert result.stderr == (
        f"dateline: Port {port} is in use: choose another with --port.\n"
    )
    assert not (tmp_path / "new").exists()


def test_a_second_newsroom_in_the_same_folder_is_refused(data):
    with opened(data) as newsroom:
        result = run("serve", "--data", str(data), "--port", str(free_port()))
        assert newsroom.get("/healthz").status == 200
    assert result.returncode == 1
    assert result.stderr == (
        f"dateline: A newsroom is already open in {data}: close it.\n"
    )


def test_a_folder_of_a_newer_version_is_refused_and_left_alone(data):
    stamp = data / "dateline.json"
    stamp.write_text(json.dumps({"version": "99.1.0"}))
    result = run("serve", "--data", str(data), "--port", str(free_port()))
    assert result.returncode == 1
    assert "was used by Dateline 99.1.0" in result.stderr
    assert json.loads(stamp.read_text()) == {"version": "99.1.0"}


def test_tables_that_this_version_does_not_know_are_refused(data):
    with sqlite3.connect(data / "dateline.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('articles', '9999_of_tomorrow', '2030-01-01')"
        )
    database.close()
    (data / "dateline.json").write_text(json.dumps({"version": "0.0.1"}))
    result = run("serve", "--data", str(data), "--port", str(free_port()))
    assert result.returncode == 1
    assert "articles.9999_of_tomorrow is not known here" in result.stderr


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    result = run("serve", "--data", str(tmp_path), "--port", str(free_port()))
    assert result.returncode == 1
    assert "is not a data folder of Dateline" in result.stderr
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_a_set_up_that_was_cut_off_is_begun_again(tmp_path):
    data = tmp_path / "data"
    process = subprocess.Popen(
        [
            *COMMAND,
            "serve",
            "--no-demo",
            "--data",
            str(data),
            "--port",
            str(free_port()),
        ],
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (data / "dateline.sqlite3").exists():
        assert process.poll() is None
    process.kill()
    process.communicate()
    assert (data / "SETTING-UP").exists()
    with opened(data) as newsroom:
        assert "Sign in    editor" in newsroom.said
        assert not (data / "SETTING-UP").exists()


def test_a_set_up_that_is_stopped_leaves_nothing(tmp_path):
    data = tmp_path / "data"
    process = subprocess.Popen(
        [
            *COMMAND,
            "serve",
            "--no-demo",
            "--data",
            str(data),
            "--port",
            str(free_port()),
        ],
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in process.stderr:
        if "Tables" in line:
            break
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "nothing was kept" in said
    assert [entry.name for entry in data.iterdir()] == [".lock"]


def test_a_full_disk_is_one_sentence_and_leaves_nothing(tmp_path):
    data = tmp_path / "data"
    # The kernel refuses this process and its children to write files past one
    # megabyte: to them, the disk is full in the middle of the set-up.
    script = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10**6, 10**6));"
        "from dateline.config.cli import main; raise SystemExit(main())"
    )
    result = run(
        "serve",
        "--data",
        str(data),
        "--port",
        str(free_port()),
        command=(sys.executable, "-c", script),
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "full" in result.stderr
    assert [entry.name for entry in data.iterdir()] == [".lock"]


def test_an_upgrade_that_was_cut_off_begins_again_from_the_copy(data):
    database = data / "dateline.sqlite3"
    shutil.copy(database, data / "dateline.sqlite3.before-upgrade")
    with sqlite3.connect(database) as half_changed:
        half_changed.execute("DROP TABLE plumbing_heartbeat")
    half_changed.close()
    (data / "dateline.json").write_text(json.dumps({"version": "0.0.1"}))
    with opened(data) as newsroom:
        newsroom.wait_until_well()
        assert "up to date" in newsroom.said
    assert not list(data.glob("*.before-upgrade*"))
