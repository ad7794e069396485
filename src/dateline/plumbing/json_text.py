"""JSON as it is kept and as it is hashed."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


class ReadableEncoder(DjangoJSONEncoder):
    """Keeps every script as itself: escapes triple the size of Arabic or Burmese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**(options | {"ensure_ascii": False}))


def canonical(value: Any) -> bytes:
    """
    Return the one spelling of `value` that is hashed and signed.

    Keys sorted, no white space, UTF-8: RFC 8785 for the values used here
    (text, integers, booleans, null, lists, objects; floats are refused).

    :raises TypeError: a float, whose spelling differs between languages
    """
    _refuse_floats(value)
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        msg = "A float has no canonical spelling: keep it as text."
        raise TypeError(msg)
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
