"""
IPTC Media Topics, the trade's common list of subjects, as a file in the package.

The file is made by `mediatopics_sheet` from the sheet that IPTC publishes; what it
holds and under which terms stands beside it in `mediatopics.LICENSE`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from dateline.languages import LANGUAGES

_DATA = files("dateline.articles") / "data"


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
    own = {row["code"]: _names(row) for row in _rows("mediatopics.own.tsv")}
    return [
        MediaTopic(
            code=row["code"],
            parent=row["parent"] or None,
            retired_on=row["retired"] or None,
            names=own.get(row["code"], {}) | _names(row),
        )
        for row in _rows("mediatopics.tsv")
    ]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8") as lines:
        header, *rows = (line.rstrip("\n").split("\t") for line in lines)
    for row in rows:
        yield dict(zip(header, row, strict=True))


def _names(row: dict[str, str]) -> dict[str, str]:
    return {key: text for key, text in row.items() if text and key in LANGUAGES}
