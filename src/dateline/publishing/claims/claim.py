"""Words of claims: what a sentence counts, and what it is about."""

from dataclasses import dataclass, field

PEOPLE, MEASURE, BEFELL = "~", "#", "="
_GREAT = 1_000


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a sentence, and the words that tell what is counted."""

    text: str
    value: float
    least: float
    most: float
    """What it may stand for: “about 500” is no other number than 487."""
    unit: str = ""
    noun: str = ""
    """The stem of what is counted or, behind a unit, of what is measured."""
    befell: str = ""
    is_part: bool = False
    """It says that it is no total: “20 of them”, “12 more”."""
    is_change: bool = False
    """It says how much more or less, not how much: “by 12 percent”."""
    kinds: tuple[str, ...] = ()
    """Stems of the words that may be what is counted, the first of them `noun`."""
    narrowed: str = ""
    """The word directly behind what is counted: “nine injured *gravely*”."""
    around: frozenset[tuple[str, str]] = frozenset()
    """In what it stands, by the word before that: “in the valley”."""
    scale: float = 1.0
    """What its figures are multiplied by: “8.3 million”."""
    place: int = 0
    """In which clause of the sentence it stands."""

    @property
    def is_great(self) -> bool:
        """Tell whether it is a sum that needs no word for what it counts."""
        return self.value >= _GREAT and not self.text.isdecimal()


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence as it is compared with others."""

    quantities: tuple[Quantity, ...] = ()
    about: frozenset[str] = frozenset()
    """Stems of what it is about, without who says so and what is counted."""
    times: frozenset[tuple[str, str]] = frozenset()
    """When it was: kind of time, and which."""
    is_past: bool = False
    clocks: tuple[tuple[int, str], ...] = ()
    """Times of day, in minutes, and as they are written."""
    places: frozenset[str] = frozenset()
    located: tuple[tuple[str, str, str], ...] = ()
    """Each place with the word before it: (stem, word, as written)."""
    definite: frozenset[str] = frozenset()
    """Stems that were spoken of before: “the trawler”."""
    denials: frozenset[str] = frozenset()
    bare: Quantity | None = None
    """A number that answers what the sentence before asks: “The Board counts 61.”"""
    asked: frozenset[str] = frozenset()
    """What that sentence says beside: “It *costs* 6.9, the union said.”"""
    is_unspaced: bool = False
    is_known: bool = True
    keys: frozenset[str] = field(default=frozenset())
    """Two claims that share none of these need not be compared."""
