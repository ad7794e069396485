"""What the figures were measured on."""

import json
import platform
import statistics
import subprocess
import time
from pathlib import Path


def described() -> str:
    """Return processor, cores, memory and system in one line."""
    cores = len(_values("/proc/cpuinfo", "processor"))
    name = _values("/proc/cpuinfo", "model name")[0]
    memory = int(_values("/proc/meminfo", "MemTotal")[0].split()[0]) / 1e6
    system = _system()
    python = platform.python_version()
    return f"{name}, {cores} cores, {memory:.0f} GB, {system}, Python {python}"


def load() -> str:
    """Return the mean number of processes that were waiting to run, of one minute."""
    return Path("/proc/loadavg").read_text("ascii").split()[0]


def pace() -> str:
    """
    Return the processor time of a fixed piece of work, in milliseconds.

    Where others use the machine it grows, and so do the figures beside it.
    """
    told = {str(n): [n, f"{n:08x}" * 8] for n in range(200)}
    spent = []
    for _ in range(15):
        began = time.process_time()
        for _ in range(30):
            json.loads(json.dumps(told))
        spent.append((time.process_time() - began) * 1000)
    return f"{statistics.median(spent):.1f}"


def commit() -> str:
    """Return the commit that is checked out, and whether files differ from it."""
    here = Path(__file__).resolve().parent
    head = _git(here, "rev-parse", "--short=10", "HEAD")
    changed = _git(here, "status", "--porcelain", "--", "../src")
    return f"{head} with changes" if changed else head


def _git(folder: Path, *words: str) -> str:
    found = subprocess.run(
        ["git", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    return found.stdout.strip()


def _values(path: str, name: str) -> list[str]:
    lines = (line.partition(":") for line in Path(path).read_text().splitlines())
    return [value.strip() for key, _, value in lines if key.strip() == name]


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.platform()
