"""The table of figures: what was measured, what must be reached, and whether it is."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import machine
from bench.newsroom import STATE

TABLE = Path(__file__).with_name("RESULTS.md")
KEPT = STATE / "results.json"
PARTS = ("hits", "busy", "acts", "miss", "purge", "stream", "memory", "peers")
INTRODUCTION = """# What readers wait for, measured

`scripts/bench` writes this file; `scripts/bench PART` repeats one part, and
`scripts/bench --peers` runs the peers beside it. Ratios are taken in one run, A B A B,
and are medians. How each figure is taken stands at the head of the part's own file in
`bench/`.
"""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measured figure; `must` is what it has to reach, if anything."""

    what: str
    measured: str
    must: str = ""
    reached: bool | None = None


def at_least(what: str, value: float, least: float, text: str) -> Figure:
    reached = value >= least
    return Figure(what=what, measured=text, must=f"≥ {least:g}", reached=reached)


def at_most(what: str, value: float, most: float, unit: str = "") -> Figure:
    unit = f" {unit}" if unit else ""
    return Figure(
        what=what,
        measured=f"{spelled(value)}{unit}",
        must=f"≤ {most:g}{unit}",
        reached=value <= most,
    )


def spelled(value: float) -> str:
    """Return a figure with as many digits as mean something."""
    for least, digits in ((1000, 0), (100, 0), (10, 1)):
        if abs(value) >= least:
            return f"{value:,.{digits}f}"
    return f"{value:.2f}"


def write(part: str, figures: Sequence[Figure]) -> None:
    """Keep a part's figures, print them, and write the table anew."""
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    at = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"  # noqa: TID251  (when it was measured)
    kept[part] = {
        "at": at,
        "commit": machine.commit(),
        "machine": machine.described(),
        "load": machine.load(),
        "pace": machine.pace(),
        "figures": [asdict(figure) for figure in figures],
    }
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")
    TABLE.write_text(_document(kept), "utf-8")
    for figure in figures:
        print("  " + " · ".join(filter(None, _cells(figure))), flush=True)


def _document(kept: dict[str, dict[str, object]]) -> str:
    parts = [INTRODUCTION]
    for part in PARTS:
        if part not in kept:
            continue
        told = kept[part]
        rows = [Figure(**row) for row in told["figures"]]  # type: ignore[attr-defined]
        parts.append(f"## {part}\n\n{_table(rows)}\n")
        parts.append(
            f"{told['at']}, commit {told['commit']}. {told['machine']}. At the end "
            f"of the part the load was {told['load']}, and a fixed piece of Python "
            f"took {told.get('pace', '?')} ms.\n"
        )
    return "\n".join(parts)


def _table(figures: Iterable[Figure]) -> str:
    lines = ["| what | measured | must reach | |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(_cells(figure))} |" for figure in figures]
    return "\n".join(lines)


def _cells(figure: Figure) -> tuple[str, str, str, str]:
    verdict = {True: "reached", False: "**not reached**", None: ""}[figure.reached]
    return figure.what, figure.measured, figure.must, verdict
