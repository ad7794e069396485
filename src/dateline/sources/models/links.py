"""Addresses of sources, and whether they still answer."""

from django.db import models

from dateline.sources.vocabulary import LinkState


class WatchedLink(models.Model):
    """
    One address that a source or a kept copy names, asked again now and then.

    ``state`` is what readers of the desk are told; ``failures`` counts in a row.
    """

    address = models.URLField(max_length=2000)
    address_hash = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=255)
    state = models.CharField(
        max_length=10, choices=LinkState.choices, default=LinkState.UNCHECKED
    )
    status = models.PositiveSmallIntegerField(null=True)
    says = models.CharField(max_length=300, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    next_check_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = (
            models.Index(fields=["next_check_at", "id"], name="watched_link_due"),
            models.Index(fields=["host", "checked_at"], name="watched_link_host"),
        )

    def __str__(self) -> str:
        return self.address
