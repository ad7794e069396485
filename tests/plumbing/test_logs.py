import logging

import pytest

from dateline.plumbing.logs import LineFormatter, configuration


def line(message, *arguments, error=None, **extra):
    exc_info = (type(error), error, None) if error else None
    record = logging.LogRecord(
        "dateline.desk", logging.INFO, "x.py", 1, message, arguments, exc_info
    )
    vars(record).update(extra)
    record.created = 1795320720.12
    return LineFormatter().format(record)


def test_an_event_is_one_line():
    assert line("signed in", user="eva", why="new device") == (
        "2026-11-22T04:12:00.120Z INFO dateline.desk signed in "
        'user=eva why="new device"'
    )


@pytest.mark.parametrize("break_", ["\n", "\r", "\u2028", "\x1b[2J", "\x00"])
def test_text_from_outside_cannot_begin_a_line(break_):
    forged = f"x{break_}2026-11-22T04:12:00Z ERROR forged"
    for written in (line(forged), line("%s", forged), line("x", agent=forged)):
        assert break_ not in written
        assert written.isprintable()


def test_every_script_is_written_as_itself():
    assert line("فتح", who="ကောင်း").endswith("فتح who=ကောင်း")


def test_a_traceback_follows_indented():
    written = line("failed", error=ValueError("no\nsuch"))
    first, *rest = written.splitlines()
    assert first.endswith("failed")
    assert rest
    assert all(text.startswith("    ") for text in rest)


def test_the_level_is_the_operators():
    assert configuration("error")["loggers"]["dateline"]["level"] == "ERROR"
