"""A request as the slower ways of the front read it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dateline.pagestore.front.forwarding import peer_of
from dateline.pagestore.front.vocabulary import Headers


@dataclass
class Request:
    """Granian's scope, read as far as somebody asks."""

    scope: Any

    @cached_property
    def method(self) -> str:
        return str(self.scope.method)

    @cached_property
    def path(self) -> str:
        """The path, percent-decoded; what is no UTF-8 has become U+FFFD."""
        return str(self.scope.path)

    @property
    def query(self) -> str:
        return str(self.scope.query_string)

    @property
    def peer(self) -> str:
        """The address at the other end of the connection."""
        return peer_of(self.scope.client)

    @property
    def headers(self) -> Headers:
        return list(self.scope.headers.items())

    def header(self, name: str) -> str:
        """Return a header's value, empty where it is not sent."""
        return str(self.scope.headers.get(name) or "")
