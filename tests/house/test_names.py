"""Names that say nothing are refused: what is in such a file belongs elsewhere."""

from pathlib import Path

import pytest

from tests.house import repository

REFUSED = {"utils", "util", "helpers", "common", "misc", "core", "manager", "base"}
# What every settings module of the house begins with is called so by custom.
ALLOWED = {Path("src/dateline/config/settings/base.py")}


def _says_nothing(path: Path) -> bool:
    return path not in ALLOWED and any(
        part.removesuffix(".py") in REFUSED for part in path.parts
    )


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("src/dateline/articles/utils.py", True),
        ("src/dateline/helpers/text.py", True),
        ("src/dateline/articles/slugs.py", False),
        ("src/dateline/config/settings/base.py", False),
    ],
)
def test_the_rule_tells_good_from_bad(name, verdict):
    assert _says_nothing(Path(name)) is verdict


def test_every_file_is_named_for_what_is_in_it():
    code = [path for path in repository.files() if path.suffix == ".py"]
    assert len(code) > 50
    assert [str(path) for path in code if _says_nothing(path)] == []
