"""Run parts of the measurement and write bench/RESULTS.md: see `scripts/bench`."""

import importlib
import subprocess
import sys
import time

from bench.results import PARTS

ROOMS = {
    "hits": ("bench.hits", "main"),
    "busy": ("bench.hits", "busy"),
    "acts": ("bench.publishing_to_reader", "main"),
    "miss": ("bench.misses", "measure_all"),
    "purge": ("bench.purging", "main"),
    "stream": ("bench.stream", "main"),
    "memory": ("bench.memory", "main"),
    "peers": ("bench.peers.wagtail", "main"),
}


def main(asked: list[str]) -> int:
    """Run the parts in processes of their own; a failed one does not stop the rest."""
    parts = asked or [part for part in PARTS if part != "peers"]
    unknown = [part for part in parts if part not in ROOMS]
    if unknown:
        print(f"no part is called {unknown[0]}: {', '.join(ROOMS)}")
        return 2
    failed = []
    for part in parts:
        print(f"\n== {part}", flush=True)
        began = time.monotonic()
        ran = subprocess.run(
            [sys.executable, "-m", "bench", "--run", part], check=False
        )
        print(f"== {part}: {time.monotonic() - began:.0f} s", flush=True)
        if ran.returncode:
            failed.append(part)
    if failed:
        print(f"\nFAILED: {', '.join(failed)}")
    return 1 if failed else 0


def run(part: str) -> None:
    module, function = ROOMS[part]
    getattr(importlib.import_module(module), function)()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2])
    else:
        sys.exit(main(sys.argv[1:]))
