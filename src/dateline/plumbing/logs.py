"""
The log: one line an event, readable by people and by `grep`.

``2026-11-22T04:12:00.120Z INFO dateline.plumbing.outbox message key=value``. What is
given as ``extra={"key": value}`` follows the message. Line breaks and control
characters are written out, so that text from outside cannot forge a line.
"""

import logging
import traceback
from datetime import UTC, datetime
from typing import Any

# What every record carries by itself; anything else came by ``extra``.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# What Django adds to its records for handlers of its own.
_DJANGO = frozenset({"request", "response", "server_time", "params", "sql", "alias"})


class LineFormatter(logging.Formatter):
    """Write a record as one line; a traceback follows, indented."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        stamp = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        message = _one_line(record.getMessage())
        words = [stamp, record.levelname, record.name, message, *_extras(record)]
        return " ".join(words) + _traceback(record)


def _extras(record: logging.LogRecord) -> list[str]:
    return [
        f"{key}={_value(value)}"
        for key, value in vars(record).items()
        if key not in _OWN and key not in _DJANGO
    ]


def _value(value: object) -> str:
    text = _one_line(str(value))
    if not text or any(letter in text for letter in ' "='):
        return '"' + text.replace('"', r"\"") + '"'
    return text


def _one_line(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )


def _traceback(record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[1] is None:
        return ""
    lines = "".join(traceback.format_exception(record.exc_info[1])).splitlines()
    return "".join(f"\n    {_one_line(line)}" for line in lines)


def configuration(level: str = "info", *, requests: bool = False) -> dict[str, Any]:
    """Return the set-up of :mod:`logging` for every process of the newsroom."""
    loud = {"level": level.upper()}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{__name__}.LineFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "dateline": loud,
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # Each 404 of a reader is no event for the operator.
            "django.request": {"level": "ERROR"},
            "django_tasks_db": {"level": "WARNING"},
            "_granian": {"handlers": [], "level": "WARNING", "propagate": True},
            "dateline.access": {"level": "INFO" if requests else "WARNING"},
        },
    }
