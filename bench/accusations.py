"""
How many sentences that accuse a named person are found, and how many others.

    python -m bench.accusations [LANGUAGE [HALF]]

Reads the project's own labelled sentences (tests/publishing/accusing), half of them
held out: rules and word lists were made by the known half. Prints recall (found of
those that accuse) and the share left alone of those that do not; with a half, also
what was got wrong.
"""

import sys
from pathlib import Path

from dateline.articles.statements.finding import find_texts
from dateline.publishing.accusing.finding import find_accusations

LABELLED = Path(__file__).parents[1] / "tests" / "publishing" / "accusing"
HALVES = ("known", "held out")


def labelled(code: str) -> dict[str, list[tuple[bool, str]]]:
    """Return the sentences of each half, each with whether it accuses."""
    told: dict[str, list[tuple[bool, str]]] = {}
    for line in (LABELLED / f"{code}.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            told[line[3:]] = []
        elif line:
            list(told.values())[-1].append((line[0] == "+", line[2:]))
    return told


def accuses(sentence: str, code: str) -> str:
    """Return whom a sentence accuses, or "" for nobody."""
    content = {
        "language": code,
        "headline": "",
        "lede": "",
        "body": [{"id": "block", "type": "paragraph", "value": f"<p>{sentence}</p>"}],
    }
    found = find_accusations(find_texts(content), code)
    return f"{found[0].person} ({found[0].word})" if found else ""


def score(code: str, half: str) -> tuple[int, int, int, int]:
    """Return those found, those that accuse, those left alone, those that do not."""
    told = [(label, bool(accuses(text, code))) for label, text in labelled(code)[half]]
    accusing = [found for label, found in told if label]
    others = [found for label, found in told if not label]
    return sum(accusing), len(accusing), others.count(False), len(others)


def main(argv: list[str]) -> None:
    codes = argv[:1] or sorted(path.stem for path in LABELLED.glob("*.txt"))
    for half in argv[1:] or HALVES:
        totals = [0, 0, 0, 0]
        for code in codes:
            counts = score(code, half)
            totals = [a + b for a, b in zip(totals, counts, strict=True)]
            print(f"{half:9} {code:6} found {counts[0]} of {counts[1]}", end="; ")
            print(f"left alone {counts[2]} of {counts[3]}")
            if argv[1:]:
                _show_wrong(code, half)
        print(
            f"{half:9} all    recall {totals[0] / totals[1]:.2f}, left alone "
            f"{totals[2] / totals[3]:.2f}"
        )


def _show_wrong(code: str, half: str) -> None:
    for label, text in labelled(code)[half]:
        if bool(found := accuses(text, code)) is not label:
            print(f"    {'missed' if label else found}: {text}")


if __name__ == "__main__":
    main(sys.argv[1:])
