"""What a setting may hold: each parser returns the value or raises ValueError."""

import ipaddress
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from dateline.pagestore.adapters import choosing
from dateline.pagestore.adapters.vocabulary import Cache

LOG_LEVELS = ("debug", "info", "warning", "error")
SHORTEST_SECRET = 32
MOST_MEGABYTES = 1_000_000
MOST_THREADS = 256
MOST_FRONTS = 32
WEEK_SECONDS = 604_800
HIGHEST_PORT = 65_535


class SettingRefused(Exception):
    """A setting cannot be used: which one, and why."""

    def __init__(self, setting: str, why: str) -> None:
        super().__init__(f"The setting {setting} {why}.")


def text(value: object) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError("must be a line of text")
    return value.strip()


def folder(value: object) -> Path:
    return Path(text(value)).expanduser().absolute()


def truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    known = {"true": True, "yes": True, "1": True}
    known |= {"false": False, "no": False, "0": False}
    try:
        return known[str(value).strip().lower()]
    except KeyError as error:
        raise ValueError("must be true or false") from error


def _number(value: object, highest: int, lowest: int = 1) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = -1
    if not lowest <= number <= highest or isinstance(value, bool):
        raise ValueError(f"must be a whole number from {lowest} to {highest}")
    return number


def port(value: object) -> int:
    return _number(value, HIGHEST_PORT)


def threads(value: object) -> int:
    return _number(value, MOST_THREADS)


def fronts(value: object) -> int:
    return _number(value, MOST_FRONTS, lowest=0)


def megabytes(value: object) -> int:
    return _number(value, MOST_MEGABYTES)


def seconds(most: int) -> Callable[[object], int]:
    """Return a parser of whole seconds, up to so many."""

    def parse(value: object) -> int:
        return _number(value, most)

    return parse


def words(value: object) -> tuple[str, ...]:
    """Read a list: an array of the file, or words with commas between them."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        raise ValueError("must be a list")  # noqa: TRY004  (all refusals are one kind)
    return tuple(word for word in map(text, value) if word)


def networks(value: object) -> tuple[str, ...]:
    return tuple(str(ipaddress.ip_network(word)) for word in words(value))


def caches(value: object) -> tuple[Cache, ...]:
    return tuple(dict.fromkeys(choosing.parse(word) for word in words(value)))


def token(value: object) -> str:
    said = text(value)
    if not said.isascii() or " " in said:
        raise ValueError("must be a token as the service shows it")
    return said


def address(value: object) -> str:
    said = text(value).rstrip("/")
    parts = urlsplit(said)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ValueError("must be an address such as https://news.example")
    return said


def database_url(value: object) -> str:
    said = text(value)
    if urlsplit(said).scheme not in {"postgresql", "postgres"}:
        raise ValueError("must begin with postgresql://")
    return said


def secret(value: object) -> str:
    said = text(value)
    if len(said) < SHORTEST_SECRET:
        raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
    return said


def log_level(value: object) -> str:
    said = text(value).lower()
    if said not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
    return said


def smtp_url(value: object) -> str:
    said = text(value)
    parts = urlsplit(said)
    if parts.scheme not in {"smtp", "smtps", "smtp+plain"} or not parts.hostname:
        raise ValueError("must be an address such as smtp://mail.example:587")
    return said


def mail_settings(url: str) -> dict[str, Any]:
    """Return Django's mail settings for the address of a mail server."""
    if not url:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    usual = {"smtp": 587, "smtps": 465, "smtp+plain": 25}[parts.scheme]
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "HOST": parts.hostname,
        "PORT": parts.port or usual,
        "HOST_USER": unquote(parts.username or ""),
        "HOST_PASSWORD": unquote(parts.password or ""),
        "USE_TLS": parts.scheme == "smtp",
        "USE_SSL": parts.scheme == "smtps",
        "TIMEOUT": 20,
    }
