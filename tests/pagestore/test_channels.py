"""Channels between processes: order, resume, limits, and what a crash leaves."""

import contextlib
import os
import select
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine

from dateline.pagestore.channels import (
    KEPT_SECONDS,
    LARGEST_EVENT,
    EventRefused,
    LocalChannels,
)
from dateline.plumbing import clock

PUBLISHER = """
import sys
from pathlib import Path
from dateline.pagestore.channels import LocalChannels
channels = LocalChannels(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(int(sys.argv[2])):
    print(channels.publish(sys.argv[3], str(number)), flush=True)
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "pages"


@pytest.fixture
def channels(folder):
    return LocalChannels(folder)


def publisher(folder, count, name="news"):
    command = [sys.executable, "-c", PUBLISHER, str(folder), str(count), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def data(events):
    return [event.data for event in events]


def is_woken(listener, seconds=10.0):
    return bool(select.select([listener], [], [], seconds)[0])


def test_who_asks_is_told_what_came_since(channels):
    first = channels.publish("news", "one")
    channels.publish("weather", "rain")
    channels.publish("news", "two")
    assert data(channels.after(first)) == ["rain", "two"]
    assert data(channels.after(first, ["news"])) == ["two"]
    assert data(channels.after(0, ["news"], limit=1)) == ["one"]
    assert data(channels.after(channels.span().newest)) == []


def test_ids_rise_across_processes_that_publish_at_once(channels, folder):
    processes = [publisher(folder, 40, f"from-{number}") for number in range(3)]
    printed = [process.communicate(timeout=60)[0] for process in processes]
    given = [int(line) for text in printed for line in text.split() if line.isdigit()]
    kept = channels.after(0)
    assert len(kept) == len(set(given)) == 120
    assert [event.id for event in kept] == sorted(given)
    for number in range(3):
        own = [event for event in kept if event.channel == f"from-{number}"]
        assert data(own) == [str(turn) for turn in range(40)]


def test_ids_rise_where_the_clock_runs_back(channels, folder):
    now = channels.publish("news", "now")
    with time_machine.travel(clock.now() - timedelta(days=1)):
        earlier = LocalChannels(folder).publish("news", "earlier")
    assert earlier == now + 1


def test_a_listener_is_woken_by_another_process(channels, folder):
    listener = channels.listen()
    assert not is_woken(listener, 0)
    with publisher(folder, 1) as other:
        other.communicate(timeout=60)
    assert is_woken(listener)
    listener.heard()
    assert not is_woken(listener, 0)
    listener.close()


def test_many_calls_that_nobody_answers_do_not_hold_up_a_publisher(channels, folder):
    listener = channels.listen()
    end = os.open(next((folder / "listeners").iterdir()), os.O_WRONLY | os.O_NONBLOCK)
    with contextlib.suppress(BlockingIOError):
        while os.write(end, b"!" * 4096):
            pass
    os.close(end)
    assert channels.publish("news", "one") == channels.span().newest
    listener.close()


def test_the_pipe_of_a_listener_that_was_killed_is_swept_away(channels, folder):
    listener = channels.listen()
    os.close(listener.fileno())
    channels.publish("news", "one")
    assert list((folder / "listeners").iterdir()) == []


@pytest.mark.parametrize("turn", range(3))
def test_a_publisher_killed_at_any_moment_leaves_whole_events(channels, folder, turn):
    with publisher(folder, 100_000) as other:
        told = [other.stdout.readline() for _ in range(2 + 40 * turn)]
        other.send_signal(signal.SIGKILL)
        rest = other.stdout.read()
    whole = [
        line for line in (*told[1:], *rest.splitlines(keepends=True)) if "\n" in line
    ]
    kept = channels.after(0, limit=100_000)
    assert [event.id for event in kept][: len(whole)] == [int(line) for line in whole]
    assert data(kept) == [str(number) for number in range(len(kept))]
    assert channels.publish("news", "after") > kept[-1].id


@pytest.mark.parametrize("damage", ["garbage", "removal", "emptiness"])
def test_a_lost_file_is_begun_anew_and_says_what_it_no_longer_knows(
    channels, folder, damage
):
    seen = channels.publish("news", "before")
    reader = LocalChannels(folder)
    assert reader.span().holds_all_since(seen)
    file = folder / "channels.sqlite3"
    for end in ("-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)
    if damage == "removal":
        file.unlink()
    else:
        draft = file.with_suffix(".bad")
        draft.write_bytes(b"" if damage == "emptiness" else b"no database" * 1000)
        draft.replace(file)
    later = channels.publish("news", "later")
    assert later > seen
    assert data(reader.after(seen)) == ["later"]
    assert not reader.span().holds_all_since(seen)
    assert reader.span().holds_all_since(later)


def test_no_more_is_kept_than_is_told(folder):
    channels = LocalChannels(folder, kept_events=10, pruned_every=5)
    ids = [channels.publish("news", str(number)) for number in range(31)]
    kept = channels.after(0)
    assert data(kept) == [str(number) for number in range(21, 31)]
    span = channels.span()
    assert not span.holds_all_since(ids[19])
    assert span.holds_all_since(ids[20])


def test_nothing_is_kept_for_longer_than_is_told(channels, folder):
    too_long = timedelta(seconds=KEPT_SECONDS + 60)
    with time_machine.travel(clock.now() - too_long):
        old = channels.publish("news", "old")
    LocalChannels(folder).publish("news", "new")
    assert data(channels.after(0)) == ["new"]
    assert not channels.span().holds_all_since(old - 1)


@pytest.mark.parametrize("name", ["", "News", "a b", "-news", "a" * 81, "news\n", "é"])
def test_a_channel_has_a_plain_name(channels, name):
    with pytest.raises(EventRefused):
        channels.publish(name, "one")


def test_an_event_has_a_largest_size_in_bytes(channels):
    channels.publish("news", "ж" * (LARGEST_EVENT // 2))
    with pytest.raises(EventRefused):
        channels.publish("news", "ж" * (LARGEST_EVENT // 2) + "!")


def test_a_public_name_leads_to_its_channel_in_every_process(channels, folder):
    address = channels.address("article-1")
    assert LocalChannels(folder).find(address) == "article-1"
    assert channels.address("article-1") == address


@pytest.mark.parametrize(
    "change",
    [
        lambda address: address[:-1],
        lambda address: address.replace("1", "2", 1),
        lambda address: address.upper(),
        lambda address: address.partition(".")[0],
        lambda address: address + "é",
        lambda address: address[:0],
    ],
)
def test_nobody_makes_up_a_public_name(channels, change):
    assert channels.find(change(channels.address("article-1"))) is None


def test_the_names_of_one_house_are_none_in_another(channels, tmp_path):
    other = LocalChannels(tmp_path / "other")
    assert other.find(channels.address("article-1")) is None
