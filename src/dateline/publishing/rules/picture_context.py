"""I18: where and when a picture was taken, what it shows, and if it is an old one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.publishing.rules.refusals import Finding


@dataclass(frozen=True, slots=True)
class PictureContextFact:
    """What nobody said of a photograph that readers do not have yet."""

    picture: int
    title: str
    place: str
    lacks: tuple[str, ...]


def picture_findings(pictures: Iterable[PictureContextFact]) -> Iterator[Finding]:
    """Yield the photographs of which readers would not know what they look at."""
    for fact in pictures:
        if fact.lacks:
            yield Finding(
                key=f"picture:{fact.picture}:{len(fact.lacks)}",
                place=fact.place,
                text=fact.title,
                says="; ".join(fact.lacks),
                ways=(f"picture:{fact.picture}",),
            )
