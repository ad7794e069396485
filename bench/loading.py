"""Load from `wrk`: one address or many at random, and what came of it."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.newsroom import STATE

CONNECTIONS, THREADS, SECONDS = 64, 2, 6
SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True)
class Load:
    """What a run of load came to; times in milliseconds."""

    rate: float
    p50: float
    p99: float
    errors: int


def load(
    address: str,
    paths: Sequence[str],
    *,
    connections: int = CONNECTIONS,
    seconds: float = SECONDS,
    threads: int = THREADS,
) -> Load:
    """Ask for the paths at random with so many connections, gzip accepted."""
    STATE.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=STATE, suffix=".paths") as listed:
        listed.write("\n".join(paths) + "\n")
        listed.flush()
        command = ["wrk", "-t", str(threads), "-c", str(connections)]
        command += ["-d", f"{seconds:g}s", "-s", str(SCRIPT), address, listed.name]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout.rpartition("RESULT ")[2])
    return Load(
        rate=told["requests"] / told["microseconds"] * 1e6,
        p50=told["p50"] / 1000,
        p99=told["p99"] / 1000,
        errors=told["errors"],
    )
