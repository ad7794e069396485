"""Each day with public articles gets its row; those that are there are counted once."""

from typing import Any

from django.db import migrations, models
from django.db.models import Count, Max


def count(apps: Any, _schema_editor: Any) -> None:
    publications = apps.get_model("publishing", "Publication").objects
    public_day = apps.get_model("publishing", "PublicDay")
    public = publications.filter(form="article", state="public").order_by("date")
    days = public.values("date").annotate(
        articles=Count("id"), updated_at=Max("updated_at")
    )
    public_day.objects.bulk_create((public_day(**day) for day in days), batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0003_publication_day")]

    operations = [
        migrations.CreateModel(
            name="PublicDay",
            fields=[
                ("date", models.DateField(primary_key=True, serialize=False)),
                ("articles", models.PositiveIntegerField()),
                ("updated_at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
