"""The guards in the database: see `publishing/guards.py`."""

from typing import Any

from django.db import migrations

from dateline.publishing import guards


def install(_apps: Any, schema_editor: Any) -> None:
    guards.install(schema_editor.connection)


def remove(_apps: Any, schema_editor: Any) -> None:
    guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial"), ("articles", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
