"""Purges: written in the transaction that makes pages stale, applied after it."""

from django.db import models


class PurgeCount(models.Model):
    """
    The number of the newest purge, in a row of its own.

    Who writes a purge holds this row until its transaction ends, so that numbers
    follow the order in which transactions become visible, without a gap.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="one_purge_count"),
        )

    def __str__(self) -> str:
        return f"{self.number} purges"


class Purge(models.Model):
    """
    What was made stale, or withdrawn, and why.

    `pages` and `keys` (the first of them) are what this machine's store held;
    they are empty until it was applied there.
    """

    number = models.BigIntegerField(primary_key=True)
    tags = models.JSONField(default=list)
    is_hard = models.BooleanField(default=False)
    cause = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(db_index=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    milliseconds = models.FloatField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    keys = models.JSONField(default=list)

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"Purge {self.number}"


class CacheInFront(models.Model):
    """
    How far a cache in front has been told of the purges, in their order.

    Purges up to `told` were told once; those up to `settled` were told again when no
    answer made before them could still be on its way to the cache. The last ones that
    it could not be told before every older copy had expired are `lapsed`.
    """

    name = models.CharField(primary_key=True, max_length=220)
    told = models.BigIntegerField(default=0)
    settled = models.BigIntegerField(default=0)
    lapsed_from = models.BigIntegerField(default=0)
    lapsed_to = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "caches in front"

    def __str__(self) -> str:
        return self.name
