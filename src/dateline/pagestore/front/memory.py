"""
Kept pages in the front's own memory, ready to be sent.

Bounded in bytes; what was asked for longest ago goes first. An entry is good as long
as the store's generation is the one that it was read under.
"""

import time
from collections import OrderedDict

from dateline.pagestore.answers import accepted_codings, answer
from dateline.pagestore.front.vocabulary import Count
from dateline.pagestore.http.vocabulary import HeaderList
from dateline.pagestore.http.wire import opening
from dateline.pagestore.vocabulary import Coding, Found

NO_GENERATION = -1
UNPRESSED_SECONDS = 30.0
# What an entry costs beside its bytes; most of its headers it shares with others.
_OVERHEAD = 1_500
_MOST_HEADERS_KNOWN = 500
_HEADS_BYTES, _LONGEST_HEAD, _HEAD_OVERHEAD = 8_000_000, 2_000, 250
# The larger share of the memory is never given to one page.
_LARGEST_SHARE = 8

Ready = tuple[int, HeaderList, bytes]


class Entry:
    """A page as found, with the answers made from it so far, by accepted codings."""

    __slots__ = (
        "count",
        "found",
        "generation",
        "good_until",
        "looked_at",
        "ready",
        "size",
        "was_asked",
        "wires",
    )

    found: Found
    generation: int
    good_until: float
    looked_at: float

    def __init__(self, found: Found, generation: int) -> None:
        self.ready: list[Ready | None] = [None] * 4
        self.wires: list[tuple[bytes, bytes] | None] = [None] * 4
        self.size = found.page.size + _OVERHEAD
        self.count = int(Count.QUICK_2XX) + found.page.status // 100 - 2
        self.was_asked = True
        self.renew(found, generation)

    def renew(self, found: Found, generation: int) -> None:
        """Note that the store was asked again, and has the same page."""
        self.found = found
        # An odd one is no state of the store: it is being changed.
        self.generation = NO_GENERATION if generation & 1 else generation
        self.good_until = _good_until(found)
        self.looked_at = time.time()

    def holds(self, found: Found) -> bool:
        """Tell whether a page found is the one that is held, in all its forms."""
        held, new = self.found.page, found.page
        return (held.etag, held.headers, held.status, held.size) == (
            (new.etag, new.headers, new.status, new.size)
        )

    def answer(self, codings: int, accept_encoding: str) -> tuple[Ready, int]:
        """Return the answer to a plain GET, and how many bytes the entry has grown."""
        ready = self.ready[codings]
        if ready is not None:
            return ready, 0
        page = self.found.page
        made = answer(page, method="GET", accept_encoding=accept_encoding)
        ready = made.status, made.headers, made.body
        self.ready[codings] = ready
        self.wires[codings] = opening(made.status, made.headers), made.body
        forms = (page.plain, page.gzip, page.brotli)
        return ready, 0 if any(made.body is form for form in forms) else len(made.body)


def _good_until(found: Found) -> float:
    """
    Return until when the page may be served without another look into the store.

    A stale one is judged at each request. One that is still to be pressed is looked at
    now and then: told of each, the front would look at every page again for it.
    """
    if found.purged_at is not None:
        return 0.0
    page = found.page
    is_settled = page.brotli is not None or page.gzip is None
    again_at = float("inf") if is_settled else time.time() + UNPRESSED_SECONDS
    return again_at if page.expires_at is None else min(again_at, page.expires_at)


class Memory:
    """Entries by key, those asked for longest ago first."""

    def __init__(self, largest_bytes: int) -> None:
        self.largest_bytes = largest_bytes
        self.bytes = 0
        self.entries: OrderedDict[str, Entry] = OrderedDict()

    def put(self, key: str, entry: Entry) -> None:
        """Keep an entry instead of any other under its key."""
        self.drop(key)
        if entry.size > self.largest_bytes // _LARGEST_SHARE:
            return
        self.entries[key] = entry
        self.bytes += entry.size
        self._make_room()

    def drop(self, key: str) -> None:
        entry = self.entries.pop(key, None)
        if entry is not None:
            self.bytes -= entry.size

    def grow(self, key: str, more: int) -> None:
        """Count bytes that an entry has taken since it was put."""
        entry = self.entries.get(key)
        if entry is not None and more:
            entry.size += more
            self.bytes += more
            self._make_room()

    def take_asked(self) -> list[str]:
        """Return the keys asked for since the last call; these will go last."""
        asked = [key for key, entry in self.entries.items() if entry.was_asked]
        for key in asked:
            self.entries[key].was_asked = False
            self.entries.move_to_end(key)
        return asked

    def _make_room(self) -> None:
        while self.bytes > self.largest_bytes:
            key, entry = self.entries.popitem(last=False)
            if entry.was_asked:
                # Once more to the end. The mark is gone, so this comes to an end.
                entry.was_asked = False
                self.entries[key] = entry
            else:
                self.bytes -= entry.size


class Heads:
    """
    What a whole head asks for, as it came over the wire: a key, and its codings.

    A browser sends the same bytes for the same page each time, so that most of what is
    asked for is known before it is read.
    """

    def __init__(self) -> None:
        self.known: dict[bytes, tuple[str, int]] = {}
        self._bytes = 0

    def put(self, head: bytes, place: tuple[str, int]) -> None:
        if len(head) > _LONGEST_HEAD or self.known.get(head) == place:
            return
        if self._bytes > _HEADS_BYTES:
            # They are known again as soon as they are asked for.
            self.known.clear()
            self._bytes = 0
        self.known[head] = place
        self._bytes += len(head) + _HEAD_OVERHEAD


class Codings:
    """
    What an Accept-Encoding header takes, as a number from 0 to 3.

    Browsers send a handful of different ones, so that each is read once.
    """

    def __init__(self) -> None:
        self.known: dict[str | None, int] = {None: 0}

    def read(self, header: str) -> int:
        """Return the number of the codings that the header takes."""
        accepted = accepted_codings(header)
        number = (Coding.GZIP in accepted) + 2 * (Coding.BROTLI in accepted)
        if len(self.known) < _MOST_HEADERS_KNOWN:
            self.known[header] = number
        return number
