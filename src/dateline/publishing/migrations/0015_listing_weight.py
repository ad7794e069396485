"""A place in a source's list says how many statements rest on that source."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import migrations, models

_CHUNK = 500


def weigh(apps: Any, _schema_editor: Any) -> None:
    listing = apps.get_model("publishing", "Listing").objects.filter(kind="source")
    leads = dict(
        apps.get_model("sources", "Source")
        .objects.filter(merged_into__isnull=False)
        .values_list("pk", "merged_into_id")
    )
    rows = listing.order_by("publication_id", "pk").values_list(
        "pk", "key", "publication__version__content__attributions"
    )
    for pk, key, told in rows.iterator(_CHUNK):
        weight = Counter(_keys(told or {}, leads))[key]
        if weight > 1:
            listing.filter(pk=pk).update(weight=weight)


def _keys(told: Any, leads: dict[int, int]) -> Iterator[str]:
    for row in told.values():
        for source in (row["source"], row.get("status_set", {}).get("second")):
            if source is None:
                continue
            pk = source["id"]
            while pk in leads:
                pk = leads[pk]
            yield "unnamed" if source["kind"] == "unnamed" else str(pk)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0014_gate_words")]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="weight",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.RunPython(weigh, migrations.RunPython.noop),
    ]
