"""Each source gets the list of what is public from it, and a count of that."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import migrations, models

_CHUNK = 500
_KINDS = [
    ("latest", "Latest"),
    ("section", "Section"),
    ("topic", "Topic"),
    ("place", "Place"),
    ("story", "Story"),
    ("contributor", "Contributor"),
    ("source", "Source"),
]


def list_and_count(apps: Any, _schema_editor: Any) -> None:
    publications = apps.get_model("publishing", "Publication").objects
    listing = apps.get_model("publishing", "Listing")
    public_source = apps.get_model("publishing", "PublicSource")
    leads = dict(
        apps.get_model("sources", "Source")
        .objects.filter(merged_into__isnull=False)
        .values_list("pk", "merged_into_id")
    )
    public = publications.filter(form="article", state="public")
    rows = public.values_list(
        "pk", "language", "published_at", "version__content__attributions"
    )
    articles: Counter[tuple[str, str]] = Counter()
    statements: Counter[tuple[str, str]] = Counter()
    listed = []
    for pk, language, published_at, told in rows.order_by("pk").iterator(_CHUNK):
        for key, count in _counted(told or {}, leads).items():
            articles[language, key] += 1
            statements[language, key] += count
            listed.append(
                listing(
                    language=language,
                    kind="source",
                    key=key,
                    published_at=published_at,
                    publication_id=pk,
                )
            )
        if len(listed) >= _CHUNK:
            listing.objects.bulk_create(listed)
            listed = []
    listing.objects.bulk_create(listed)
    public_source.objects.bulk_create(
        (
            public_source(
                language=language,
                key=key,
                articles=count,
                statements=statements[language, key],
            )
            for (language, key), count in articles.items()
        ),
        batch_size=_CHUNK,
    )


def _counted(told: Any, leads: dict[int, int]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for source in _sources(told):
        if "[…]" in source["name"]:
            continue
        pk = source["id"]
        while pk in leads:
            pk = leads[pk]
        counted["unnamed" if source["kind"] == "unnamed" else str(pk)] += 1
    return counted


def _sources(told: Any) -> Iterator[Any]:
    for row in told.values():
        yield row["source"]
        if second := row.get("status_set", {}).get("second"):
            yield second


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0008_gate_contradictions"),
        ("sources", "0004_public_notes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="listing",
            name="kind",
            field=models.CharField(choices=_KINDS, max_length=12),
        ),
        migrations.CreateModel(
            name="PublicSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("language", models.CharField(max_length=8)),
                ("key", models.CharField(max_length=20)),
                ("articles", models.IntegerField(default=0)),
                ("statements", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "key"), name="public_source_once"
                    )
                ],
            },
        ),
        migrations.RunPython(list_and_count, migrations.RunPython.noop),
    ]
