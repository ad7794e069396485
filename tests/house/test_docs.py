"""What an operator can choose or type is in the manual."""

import re

import pytest

from dateline.config import cli
from dateline.config.settings import options
from tests.house.repository import ROOT

MANUAL = ROOT / "docs" / "operations"


def test_the_page_of_settings_is_what_the_code_says():
    page = (MANUAL / "settings.md").read_text("utf-8")
    assert page == options.reference(), (
        "Run `dateline settings >docs/operations/settings.md`."
    )


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_is_in_the_manual(command):
    page = (MANUAL / "commands.md").read_text("utf-8")
    assert re.search(rf"^## dateline {command}\b", page, re.MULTILINE)


@pytest.mark.parametrize(
    "script", sorted(path.name for path in (ROOT / "scripts").iterdir())
)
def test_every_script_is_in_the_manual(script):
    pages = (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    assert any(f"scripts/{script}" in page.read_text("utf-8") for page in pages)


def test_every_link_between_pages_leads_somewhere():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
        if "://" not in target and not target.startswith("mailto:")
        if not (page.parent / target).exists()
    ]
    assert broken == []
