"""Under which key an answer is kept, or that it never is."""

from collections.abc import Callable
from dataclasses import dataclass

LONGEST_PATH = 2_000
SAFE = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Keys:
    """
    How the addresses of one house become keys.

    Addresses that begin with one of `never` depend on who asks. An address in
    `by_language` differs by what the reader's Accept-Language header comes down to:
    `languages` returns that, and few different ones. Nothing else of a request makes
    another page: no query string, no cookie.
    """

    never: tuple[str, ...]
    by_language: frozenset[str]
    languages: Callable[[str], str]

    def key_of(self, method: str, path: str, accept_language: str = "") -> str | None:
        """Return the key of what a request asks for; None if it is never kept."""
        if method not in SAFE or path.startswith(self.never) or not path:
            return None
        if len(path) > LONGEST_PATH:
            return None
        if path in self.by_language:
            return f"{path} {self.languages(accept_language)}"
        return path
