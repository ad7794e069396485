"""
The direction of imports, where import-linter cannot see it.

A foreign key names its model in a string, and a migration its dependency. Both join
packages as an import does, and both may only point down the stack.
"""

import tomllib

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.house.repository import ROOT

HOUSE = "dateline."


def _floors() -> dict[str, int]:
    """Return each package's floor, the highest first, from the import contract."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        package.strip(" ()"): floor
        for floor, layer in enumerate(layers)
        for package in layer.split("|")
    }


FLOORS = _floors()


def _may_point(upper: str, lower: str) -> bool:
    return upper == lower or FLOORS[upper] < FLOORS[lower]


def _package(model: type) -> str | None:
    name = model.__module__
    return name.split(".")[1] if name.startswith(HOUSE) else None


def _relations() -> list[tuple[str, str, str]]:
    return [
        (package, target, f"{model._meta.label}.{field.name}")
        for model in apps.get_models(include_auto_created=True)
        if (package := _package(model))
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if (target := _package(field.related_model))
    ]


@pytest.mark.parametrize(
    ("upper", "lower", "may"),
    [
        ("publishing", "articles", True),
        ("articles", "articles", True),
        ("articles", "publishing", False),
        ("website", "desk", False),
    ],
)
def test_the_rule_tells_down_from_up(upper, lower, may):
    assert _may_point(upper, lower) is may


def test_foreign_keys_point_down_the_stack():
    relations = _relations()
    assert len(relations) > 20
    upward = [
        f"{where} → {target}"
        for package, target, where in relations
        if not _may_point(package, target)
    ]
    assert upward == []


def test_migrations_depend_on_what_lies_below():
    graph = MigrationLoader(None).disk_migrations
    upward = [
        f"{app}.{name} → {on}"
        for (app, name), migration in graph.items()
        if app in FLOORS
        for on, _ in migration.dependencies
        if on in FLOORS and not _may_point(app, on)
    ]
    assert upward == []
