"""A request as the slower ways of the front read it."""

from dataclasses import dataclass

from dateline.pagestore.front.forwarding import peer_of
from dateline.pagestore.http.vocabulary import Head, HeaderList


@dataclass
class Request:
    """The head of a request, read as far as somebody asks."""

    head: Head

    @property
    def method(self) -> str:
        return self.head.method

    @property
    def path(self) -> str:
        """The path, percent-decoded; what is no UTF-8 has become U+FFFD."""
        return self.head.path

    @property
    def query(self) -> str:
        return self.head.query_string

    @property
    def peer(self) -> str:
        """The address at the other end of the connection."""
        return peer_of(self.head.client)

    @property
    def headers(self) -> HeaderList:
        return self.head.headers.items()

    def header(self, name: str) -> str:
        """Return a header's value, empty where it is not sent."""
        return self.head.headers.get(name) or ""
