"""A schedule that broke says how often it was tried, and why it did not go out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0015_listing_weight")]

    operations = [
        migrations.AddField(
            model_name="schedule",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0, db_default=0),
        ),
        migrations.AddField(
            model_name="schedule",
            name="tried_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="schedule",
            name="tried_on",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        migrations.AddField(
            model_name="schedule",
            name="trouble",
            field=models.TextField(blank=True, db_default=""),
        ),
    ]
