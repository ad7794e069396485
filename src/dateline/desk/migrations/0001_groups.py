"""Reporters, editors, and the review between them."""

from typing import Any

from django.db import migrations

from dateline.desk import staffing


def staff_the_desk(apps: Any, _schema_editor: Any) -> None:
    staffing.remove_page_groups(apps)
    staffing.make_groups(apps)
    staffing.make_review(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("people", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [
        migrations.RunPython(staff_the_desk, migrations.RunPython.noop, elidable=False)
    ]
