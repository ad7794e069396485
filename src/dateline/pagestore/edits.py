"""Rows that people edit and pages read: an edit purges what reads differently now."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from dateline.pagestore.actions import purge


class ReadByPages(models.Model):
    """
    A row of which pages read something.

    Saving or deleting it purges, in the same transaction, the tags whose readings
    changed. What is written past it (`update`, `bulk_create`) must purge by itself.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row, and purge the pages that it changes."""
        with transaction.atomic():
            before = self._stored()
            super().save(*args, **options)
            self._purge_changed(before, self._stored())

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete the row, and purge the pages that showed it."""
        with transaction.atomic():
            self._purge_changed(self._stored(), {})
            return super().delete(*args, **options)

    def readings(self) -> Mapping[str, object]:
        """Return what pages read of this row, each part under its tag."""
        raise NotImplementedError

    def _stored(self) -> Mapping[str, object]:
        """Return the readings of the row as it is in the database."""
        if self.pk is None:
            return {}
        row = type(self)._base_manager.filter(pk=self.pk).first()
        return row.readings() if row else {}

    def _purge_changed(
        self, before: Mapping[str, object], after: Mapping[str, object]
    ) -> None:
        if changed := changes(before, after):
            purge(changed, cause=f"{self._meta.label_lower} {self.pk}")


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """Return the tags whose readings differ."""
    every = sorted(before.keys() | after.keys())
    return [tag for tag in every if before.get(tag) != after.get(tag)]
