"""
The settings an operator may choose, each read in one place.

A setting comes from the environment (``DATELINE_PORT``) or from one TOML file
(``port = 8000`` in ``dateline.toml`` of the data folder, or the file that
``DATELINE_CONFIG`` names); the environment wins. A name that is not known is
refused, so that a slip of the pen cannot pass for a choice. No Django here:
the start reads its settings before anything heavy is loaded.
"""

import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dateline.config.settings import parsers
from dateline.config.settings.databases import database_of
from dateline.config.settings.parsers import SettingRefused
from dateline.pagestore.adapters.vocabulary import Cache, Secrets
from dateline.plumbing import logs

PREFIX = "DATELINE_"
CONFIG = "DATELINE_CONFIG"
FILE_NAME = "dateline.toml"
SECRET_KEY_FILE = Path("keys", "secret-key")


def _setting(
    parse: Callable[[object], Any], default: object, says: str, *, in_file: bool = True
) -> Any:
    metadata = {"parse": parse, "says": says, "in_file": in_file}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the operator chose, checked, with what follows from it."""

    data: Path = _setting(
        parsers.folder,
        Path("data"),
        "The data folder: database, keys, pictures, originals. `--data` says it on "
        "the command line. It cannot stand in the file that lies inside it.",
        in_file=False,
    )
    host: str = _setting(
        parsers.text, "127.0.0.1", "The address that the server listens on."
    )
    port: int = _setting(
        parsers.port, 8000, "The port that it listens on; `--port` on the command line."
    )
    site_url: str = _setting(
        parsers.address,
        "",
        "The address by which readers reach the paper, without a closing slash: "
        "`https://news.example`. Left empty it is the address that the server listens "
        "on. With `https`, cookies are marked secure, browsers are told to stay with "
        "`https`, and the proxy in front must set `X-Forwarded-Proto`.",
    )
    allowed_hosts: tuple[str, ...] = _setting(
        parsers.words,
        (),
        "Further host names under which the server answers. The host of `site_url` "
        "always counts, and so do the machine's own names while the server "
        "listens on a loopback address.",
    )
    database_url: str = _setting(
        parsers.database_url,
        "",
        "`postgresql://user:password@host:5432/name`. Left empty, the database is "
        "the file `dateline.sqlite3` in the data folder.",
    )
    secret_key: str = _setting(
        parsers.secret,
        "",
        "Signs sessions and forms, at least 32 characters. Left empty, a key made at "
        "the first start is kept in `keys/secret-key` of the data folder.",
    )
    threads: int = _setting(
        parsers.threads, 8, "How many requests the server works on at once."
    )
    fronts: int = _setting(
        parsers.fronts,
        0,
        "How many processes answer readers; 0 is one for every four cores. They share "
        "the port, which only Linux lets them do: elsewhere there is one.",
    )
    pages_megabytes: int = _setting(
        parsers.megabytes,
        1000,
        "How much of the disk kept pages may take. Those that were asked for longest "
        "ago go first; they are rendered again when somebody asks.",
    )
    memory_megabytes: int = _setting(
        parsers.megabytes,
        128,
        "How much memory all fronts together may fill with kept pages, so that they "
        "need not be read from the disk.",
    )
    metrics_token: str = _setting(
        parsers.secret,
        "",
        "Who sends it as `Authorization: Bearer …` may read `/metrics`, at least 32 "
        "characters. Left empty, `/metrics` answers only requests that come from this "
        "very machine, by one of its own names and through no proxy.",
    )
    log_level: str = _setting(
        parsers.log_level,
        "info",
        "The least that is logged: `debug`, `info`, `warning` or `error`.",
    )
    log_requests: bool = _setting(
        parsers.truth, False, "Whether each request is logged in a line of its own."
    )
    surrogate_keys: bool = _setting(
        parsers.truth,
        False,
        "Whether pages name what they show in a `Surrogate-Key` header, for a cache in "
        "front that somebody else purges by it. The caches of `purge_caches` are told "
        "without this.",
    )
    purge_caches: tuple[Cache, ...] = _setting(
        parsers.caches,
        (),
        "Caches in front that keep pages and are told of every purge ([Caches in "
        "front](caches.md)): `varnish+http://127.0.0.1:6083`, "
        "`nginx+http://127.0.0.1:6084`, `fastly://SERVICE`, `cloudflare://ZONE`.",
    )
    purge_lifetime: int = _setting(
        parsers.seconds(parsers.WEEK_SECONDS),
        86_400,
        "For how many seconds a cache that purges by tag (Varnish, Fastly, Cloudflare) "
        "may keep a page.",
    )
    purge_lifetime_by_address: int = _setting(
        parsers.seconds(3_600),
        60,
        "The same for nginx, which purges by address: what a purge did not reach is "
        "seen for no longer than this.",
    )
    purge_fastly_token: str = _setting(
        parsers.token,
        "",
        "The API token for Fastly, with the scope `purge_select`. Never logged.",
    )
    purge_cloudflare_token: str = _setting(
        parsers.token,
        "",
        "The API token for Cloudflare, with the permission *Cache Purge* for the zone. "
        "Never logged.",
    )
    debug: bool = _setting(
        parsers.truth,
        False,
        "Shows errors in full to whoever meets them: for development alone.",
    )
    allowed_networks: tuple[str, ...] = _setting(
        parsers.networks,
        (),
        "Networks of the newsroom's own from which wire and pictures may be fetched "
        "(`10.20.0.0/16`). Without an entry here no private address is ever asked.",
    )
    trusted_proxies: tuple[str, ...] = _setting(
        parsers.networks,
        (),
        "Networks of the proxies in front (`127.0.0.1`): what they say in "
        "`X-Forwarded-For` is believed. Failed sign-ins are counted by address; "
        "behind a proxy that is not named here all come from the proxy's.",
    )
    require_second_factor: bool = _setting(
        parsers.truth,
        False,
        "Whether everybody at the desk needs a second factor. Who has none is led to "
        "set one up before anything else.",
    )
    smtp_url: str = _setting(
        parsers.smtp_url,
        "",
        "The mail server: `smtp://user:password@mail.example:587` (STARTTLS), "
        "`smtps://…:465`, or `smtp+plain://…:25` without encryption. Left empty, mail "
        "is written to the log.",
    )
    email_from: str = _setting(
        parsers.text, "dateline@localhost", "The address from which mail is sent."
    )

    @cached_property
    def public_url(self) -> str:
        """The address of the paper without a closing slash."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.site_url or f"http://{host}:{self.port}"

    @cached_property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @cached_property
    def hosts(self) -> list[str]:
        """Every host name under which the server answers."""
        own = ["localhost", "127.0.0.1", "[::1]"]
        site = urlsplit(self.public_url).hostname or ""
        site = f"[{site}]" if ":" in site else site
        local = own if self.host in {"127.0.0.1", "::1", "localhost"} else own[:2]
        return list(dict.fromkeys([site, *self.allowed_hosts, *local]))

    @cached_property
    def database(self) -> dict[str, Any]:
        return database_of(self.database_url, self.data)

    @cached_property
    def signing_secret(self) -> str:
        """The secret key: chosen, or kept in the data folder."""
        try:
            return self.secret_key or (self.data / SECRET_KEY_FILE).read_text("ascii")
        except FileNotFoundError:
            # Commands that need no data folder (`receive --dry-run`) still need
            # some key; nothing that it signs outlives them.
            return secrets.token_urlsafe(48)

    @cached_property
    def purge_secrets(self) -> Secrets:
        return Secrets(
            fastly=self.purge_fastly_token, cloudflare=self.purge_cloudflare_token
        )

    @cached_property
    def mail(self) -> dict[str, Any]:
        """Django's settings for mail."""
        return parsers.mail_settings(self.smtp_url)

    @cached_property
    def logging(self) -> dict[str, Any]:
        return logs.configuration(self.log_level, requests=self.log_requests)


def read(environ: Mapping[str, str] | None = None) -> Options:
    """
    Return the operator's settings.

    :raises SettingRefused: a name is unknown, or a value is not of its kind
    """
    environ = os.environ if environ is None else environ
    named: dict[str, tuple[str, object]] = {
        name.removeprefix(PREFIX).lower(): (name, value)
        for name, value in environ.items()
        if name.startswith(PREFIX) and name != CONFIG and value
    }
    data = parsers.folder(named["data"][1] if "data" in named else "data")
    path = Path(environ.get(CONFIG) or data / FILE_NAME)
    if environ.get(CONFIG) or path.is_file():
        written = {key: (f"{key} in {path}", v) for key, v in _parse(path).items()}
        _refuse_unknown(written, [f.name for f in fields(Options) if _in_file(f)])
        named = written | named
    _refuse_unknown(named, [f.name for f in fields(Options)])
    return Options(**(_checked(named) | {"data": data}))


def _in_file(setting: Any) -> bool:
    return bool(setting.metadata["in_file"])


def _parse(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingRefused(str(path), f"cannot be read: {error}") from error


def _refuse_unknown(named: Mapping[str, tuple[str, object]], known: list[str]) -> None:
    for key, (said, _) in named.items():
        if key not in known:
            raise SettingRefused(said, "is not a setting of Dateline")


def _checked(named: Mapping[str, tuple[str, object]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for setting in fields(Options):
        if setting.name in named:
            said, raw = named[setting.name]
            try:
                values[setting.name] = setting.metadata["parse"](raw)
            except ValueError as error:
                raise SettingRefused(said, str(error)) from error
    return values


def reference() -> str:
    """Return the page of the operator's manual that lists every setting."""
    return "\n".join([_PREAMBLE, *(_entry(setting) for setting in fields(Options))])


def _entry(setting: Any) -> str:
    default = _written(setting.default)
    where = f"`{PREFIX}{setting.name.upper()}`"
    if setting.metadata["in_file"]:
        where += f" or `{setting.name}` in the file"
    return (
        f"## {setting.name}\n\n{setting.metadata['says']}\n\n"
        f"{where}. Default: {default}.\n"
    )


def _written(default: object) -> str:
    if default in ("", ()):
        return "empty"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


_PREAMBLE = """# Settings

Each setting comes from the environment or from one TOML file: `dateline.toml` in
the data folder, or the file that `DATELINE_CONFIG` names. The environment wins. Lists
are written with commas in the environment and as arrays in the file. A name that is
not listed here is refused, and so is a value that is not of its kind.

This page is printed by `dateline settings`.
"""
