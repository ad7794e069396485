"""Who listens to the stream, and to what."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.pagestore.front.asking import Asked
from dateline.pagestore.http.exchanges import Live


@dataclass(eq=False, slots=True)
class Client:
    """One connection. What it hears of next comes after `position`."""

    channels: tuple[str, ...]
    address: str
    slot: int
    live: Live | None = None
    position: int = 0
    unread: int = 0
    """Bytes that may still be on their way to it."""
    waits_since: float | None = None

    @property
    def is_live(self) -> bool:
        """Whether it hears of an event when it happens, or catches up later."""
        return self.live is not None and self.waits_since is None


class Audience:
    """
    Every client, found by channel, by address, and in equal parts.

    Nothing is kept of a channel or an address that nobody listens on or from.
    """

    def __init__(self, parts: int) -> None:
        self._clients: set[Client] = set()
        self._by_channel: dict[str, set[Client]] = {}
        self._by_address: Counter[str] = Counter()
        self._parts: list[set[Client]] = [set() for _ in range(parts)]

    def __len__(self) -> int:
        return len(self._clients)

    def everybody(self) -> tuple[Client, ...]:
        return tuple(self._clients)

    def on(self, channel: str) -> tuple[Client, ...]:
        return tuple(self._by_channel.get(channel, ()))

    def count_from(self, address: str) -> int:
        return self._by_address[address]

    def parts(self) -> Iterator[tuple[Client, ...]]:
        """Yield everybody, in as many parts as were asked for."""
        return (tuple(part) for part in self._parts)

    def add(self, asked: Asked) -> Client:
        part = random.randrange(len(self._parts))  # noqa: S311  (spreads work)
        client = Client(asked.channels, asked.address, part)
        self._clients.add(client)
        self._parts[part].add(client)
        self._by_address[client.address] += 1
        for channel in client.channels:
            self._by_channel.setdefault(channel, set()).add(client)
        return client

    def remove(self, client: Client) -> None:
        self._clients.remove(client)
        self._parts[client.slot].remove(client)
        self._by_address[client.address] -= 1
        if not self._by_address[client.address]:
            del self._by_address[client.address]
        for channel in client.channels:
            self._by_channel[channel].remove(client)
            if not self._by_channel[channel]:
                del self._by_channel[channel]
