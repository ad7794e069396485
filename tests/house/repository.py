"""The files of the repository, as the house's tests read them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def files() -> tuple[Path, ...]:
    """Return every file that is kept or about to be, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607  (git from PATH)
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = (Path(name) for name in listed.stdout.split("\0") if name)
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


@cache
def text(name: Path) -> str:
    """Return a file's text, and nothing for what is not text."""
    try:
        return (ROOT / name).read_text("utf-8")
    except UnicodeDecodeError:
        return ""
