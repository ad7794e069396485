"""Backup and restore as functions: what goes in comes out, and nothing else."""

import hashlib
import io
import json
import sqlite3
import tarfile
from contextlib import closing

import pytest

from dateline.plumbing import backup
from dateline.plumbing.restoring import restore

VERSION = "0.1.0"


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    for name, content in {
        "keys/log.ed25519": b"key",
        "media/pictures/harbour.webp": b"\x00picture",
        "originals/أصل.html": b"<p>",
        "heads.log": b"1:abc\n",
        "dateline.toml": b"port = 8001\n",
        "static/style.css": b"not kept",
        ".lock": b"",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with closing(sqlite3.connect(folder / "dateline.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE article (headline TEXT)")
        database.execute("INSERT INTO article VALUES ('Ферма')")
        database.commit()
    return folder


@pytest.fixture
def empty(tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def take(data, name="backup.tar"):
    target = data.parent / name
    backup.back_up(data, data / "dateline.sqlite3", target, version=VERSION)
    return target


def headlines(folder):
    with closing(sqlite3.connect(folder / "dateline.sqlite3")) as database:
        return [row[0] for row in database.execute("SELECT headline FROM article")]


def contents(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "sqlite3" not in path.name
    }


def test_what_goes_in_comes_out(data, empty):
    summary = restore(take(data), empty, version=VERSION)
    kept = contents(data)
    del kept["static/style.css"], kept[".lock"]
    restored = contents(empty)
    assert json.loads(restored.pop("dateline.json")) == {"version": VERSION}
    assert restored == kept
    assert headlines(empty) == ["Ферма"]
    assert summary.files == len(kept) + 1


def test_the_keys_stay_for_the_operator_alone(data, empty):
    target = take(data)
    restore(target, empty, version=VERSION)
    assert target.stat().st_mode & 0o077 == 0
    assert (empty / "keys/log.ed25519").stat().st_mode & 0o077 == 0


def test_an_open_transaction_is_not_in_the_backup(data, empty):
    with closing(sqlite3.connect(data / "dateline.sqlite3")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO article VALUES ('half')")
        target = take(data)
        writer.rollback()
    restore(target, empty, version=VERSION)
    assert headlines(empty) == ["Ферма"]


def test_what_was_committed_but_not_yet_moved_is_in_the_backup(data, empty):
    with closing(sqlite3.connect(data / "dateline.sqlite3")) as writer:
        writer.execute("INSERT INTO article VALUES ('wal')")
        writer.commit()
        target = take(data)
    restore(target, empty, version=VERSION)
    assert headlines(empty) == ["Ферма", "wal"]


def test_an_existing_file_is_not_written_over(data):
    target = take(data)
    before = target.read_bytes()
    with pytest.raises(backup.BackupExists):
        take(data)
    assert target.read_bytes() == before


def test_a_folder_without_a_newsroom_is_refused(empty):
    with pytest.raises(backup.BackupRefused, match="no newsroom"):
        backup.back_up(empty, empty / "none", empty / "b.tar", version=VERSION)
    assert list(empty.iterdir()) == []


def test_a_backup_that_cannot_be_written_leaves_nothing(data):
    (data / "dateline.sqlite3").write_bytes(b"not a database" * 100)
    with pytest.raises(backup.BackupRefused, match="cannot be copied"):
        take(data)
    assert [path.name for path in data.parent.iterdir()] == ["data"]


def test_a_folder_with_something_in_it_is_refused_and_left_alone(data, empty):
    (empty / "letter.txt").write_text("mine")
    with pytest.raises(backup.FolderNotEmpty):
        restore(take(data), empty, version=VERSION)
    assert [path.name for path in empty.iterdir()] == ["letter.txt"]


def test_a_restore_that_was_cut_off_is_begun_again(data, empty):
    (empty / backup.MARK).touch()
    (empty / "keys").mkdir()
    (empty / "keys/half").write_bytes(b"half")
    restore(take(data), empty, version=VERSION)
    assert not (empty / "keys/half").exists()
    assert not (empty / backup.MARK).exists()


@pytest.mark.parametrize("within", [b"SQLite format", b"picture", b'"sha256"'])
def test_a_backup_that_was_cut_off_restores_nothing(data, empty, within):
    target = take(data)
    whole = target.read_bytes()
    target.write_bytes(whole[: whole.index(within) + 3])
    with pytest.raises(backup.BackupDamaged):
        restore(target, empty, version=VERSION)
    assert list(empty.iterdir()) == []


def test_a_changed_byte_is_found(data, empty):
    target = take(data)
    target.write_bytes(target.read_bytes().replace(b"\x00picture", b"\x00PICTURE"))
    with pytest.raises(backup.BackupDamaged, match=r"harbour\.webp"):
        restore(target, empty, version=VERSION)
    assert list(empty.iterdir()) == []


def test_a_backup_of_a_newer_version_is_refused(data, empty):
    target = data.parent / "newer.tar"
    backup.back_up(data, data / "dateline.sqlite3", target, version="99.0")
    with pytest.raises(backup.BackupNewer, match=r"99\.0"):
        restore(target, empty, version=VERSION)
    assert list(empty.iterdir()) == []


def forge(path, *entries):
    """Write a tar as somebody with bad intentions would, with a manifest that fits."""
    told = {
        entry.name: {"size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        for entry, body in entries
    }
    manifest = {"format": 1, "version": VERSION, "database": "x", "files": told}
    body = json.dumps(manifest).encode()
    with tarfile.open(path, "w") as tar:
        for entry, content in (*entries, (tarfile.TarInfo("manifest.json"), body)):
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return path


def link(name, to, kind):
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, to
    return entry


@pytest.mark.parametrize(
    "entry",
    [
        tarfile.TarInfo("../outside"),
        tarfile.TarInfo("/absolute"),
        tarfile.TarInfo("media/../../outside"),
        tarfile.TarInfo("./media/x"),
        tarfile.TarInfo("static/evil.js"),
        tarfile.TarInfo("SETTING-UP"),
        link("media/x", "/etc/passwd", tarfile.SYMTYPE),
        link("media/x", "keys/secret-key", tarfile.LNKTYPE),
        link("media/x", "", tarfile.FIFOTYPE),
        link("media/x", "", tarfile.CHRTYPE),
        link("media/x", "", tarfile.DIRTYPE),
    ],
    ids=lambda entry: f"{entry.name}-{entry.type!r}",
)
def test_what_would_leave_the_folder_is_refused(tmp_path, empty, entry):
    with pytest.raises(backup.BackupUnsafe):
        restore(forge(tmp_path / "evil.tar", (entry, b"")), empty, version=VERSION)
    assert list(empty.iterdir()) == []
    assert not (tmp_path / "outside").exists()


def test_the_same_name_twice_is_refused(tmp_path, empty):
    twice = [(tarfile.TarInfo("media/x"), b"1"), (tarfile.TarInfo("media/x"), b"2")]
    with pytest.raises(backup.BackupUnsafe):
        restore(forge(tmp_path / "evil.tar", *twice), empty, version=VERSION)


def test_more_than_the_disk_holds_is_refused_before_it_is_written(tmp_path, empty):
    entry = tarfile.TarInfo("media/x")
    entry.size = 1 << 60
    path = tmp_path / "bomb.tar"
    path.write_bytes(entry.tobuf() + b"\0" * 1024)
    with pytest.raises((backup.DiskFull, backup.BackupDamaged)):
        restore(path, empty, version=VERSION)
    assert list(empty.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\0" * 10240])
def test_what_is_no_backup_is_refused(tmp_path, empty, content):
    path = tmp_path / "letter.tar"
    path.write_bytes(content)
    with pytest.raises(backup.BackupDamaged):
        restore(path, empty, version=VERSION)
    assert list(empty.iterdir()) == []
