"""The kinds of caches, how one is named in a setting, and how telling one fails."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    VARNISH = "varnish"
    NGINX = "nginx"
    FASTLY = "fastly"
    CLOUDFLARE = "cloudflare"


SERVICES = {
    Kind.FASTLY: "https://api.fastly.com",
    Kind.CLOUDFLARE: "https://api.cloudflare.com/client/v4",
}


@dataclass(frozen=True, slots=True)
class Cache:
    """
    A cache in front, as the operator named it.

    `url` is where it is asked to purge; `account` is the service or zone there, which
    Varnish and nginx have not.
    """

    kind: Kind
    url: str
    account: str = ""

    def __str__(self) -> str:
        if self.url == SERVICES.get(self.kind):
            return f"{self.kind}://{self.account}"
        return f"{self.kind}+{self.url}" + (f"/{self.account}" if self.account else "")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What opens the purging of a service. Never shown, and so never in a repr."""

    fastly: str = ""
    cloudflare: str = ""

    def __repr__(self) -> str:
        return "Secrets(…)"


class Adapter(Protocol):
    """What every kind of cache can be told."""

    def purge(
        self, tags: Collection[str], addresses: Collection[str], *, hard: bool
    ) -> None:
        """
        Have the cache forget every copy with one of these tags.

        `addresses` (whole ones, `https://…`) are of pages known to carry them: all
        that a cache without tags can go by. After a hard purge no copy is ever shown
        again; after a soft one the old copy may be shown while a new one is fetched.
        Telling the same twice does no harm.

        :raises CacheNotTold: it may have forgotten some or none; tell it again
        """


class CacheNotTold(Exception):
    """The cache has not done what it was asked. The message says what to do."""

    message = "The cache could not be told."

    def __init__(self, detail: str = "", *, wait_seconds: float = 0.0) -> None:
        self.wait_seconds = wait_seconds
        """For how long the cache asked not to be asked again."""
        super().__init__(f"{self.message} {detail}".strip())


class CacheUnreachable(CacheNotTold):
    message = "It gave no answer. Check that it runs, and its address in purge_caches."


class CacheTooSlow(CacheNotTold):
    message = "It did not answer in time."


class CacheRefused(CacheNotTold):
    message = (
        "It refused. Check its configuration and the addresses that it lets purge."
    )


class SecretRefused(CacheNotTold):
    message = "It does not accept our token. Check the token in the settings."


class CacheBusy(CacheNotTold):
    message = "It takes no more purges at the moment, and will be told later."
