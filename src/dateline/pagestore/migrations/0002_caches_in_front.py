from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pagestore", "0001_purges")]

    operations = [
        migrations.CreateModel(
            name="CacheInFront",
            fields=[
                (
                    "name",
                    models.CharField(max_length=220, primary_key=True, serialize=False),
                ),
                ("told", models.BigIntegerField(default=0)),
                ("settled", models.BigIntegerField(default=0)),
                ("lapsed_from", models.BigIntegerField(default=0)),
                ("lapsed_to", models.BigIntegerField(default=0)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("trouble", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ("name",),
                "verbose_name_plural": "caches in front",
            },
        ),
    ]
