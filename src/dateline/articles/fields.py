"""How copy is kept in the database."""

from typing import Any

from django.db import models
from wagtail.fields import StreamField

from dateline.plumbing.json_text import ReadableEncoder


class BodyField(StreamField):
    """
    A stream of body blocks, kept as readable JSON.

    The block definitions stay out of migrations: they are code, not schema,
    and each change of a label would otherwise write a migration of its own.
    """

    def __init__(self, block_types: Any = (), **options: Any) -> None:
        super().__init__(block_types, **options)

    @property
    def json_field(self) -> models.JSONField:
        return models.JSONField(encoder=ReadableEncoder)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _, options = super().deconstruct()
        options.pop("block_lookup", None)
        return name, path, [], options
