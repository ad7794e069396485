"""
IPTC Media Topics, the trade's common list of subjects, as a file in the package.

The file is made by `mediatopics_sheet` from the sheet that IPTC publishes; what it
holds and under which terms stands beside it in `mediatopics.LICENSE`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice

_FILE = files("dateline.articles").joinpath("data", "mediatopics.tsv")


@dataclass(frozen=True, slots=True)
class MediaTopic:
    """One subject; `names` by the codes of `dateline.languages`, English always."""

    code: str
    parent: str | None
    retired_on: str | None
    """ISO date since which the topic must not be given to new articles."""
    names: dict[str, str]

    @property
    def is_retired(self) -> bool:
        """Return whether new articles must do without it."""
        return self.retired_on is not None


def load() -> list[MediaTopic]:
    """Return every topic, a parent always before what is narrower."""
    with _FILE.open(encoding="utf-8") as lines:
        return list(_parse(line.rstrip("\n").split("\t") for line in lines))


def _parse(rows: Iterator[list[str]]) -> Iterator[MediaTopic]:
    [header] = islice(rows, 1)
    languages = header[3:]
    for code, parent, retired_on, *names in rows:
        yield MediaTopic(
            code=code,
            parent=parent or None,
            retired_on=retired_on or None,
            names={
                language: name
                for language, name in zip(languages, names, strict=True)
                if name
            },
        )
