"""How an act is done: whole or not at all."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from dateline.pagestore.tags import asking_once

Asked = ParamSpec("Asked")
Done = TypeVar("Done")


def in_one_act(verb: Callable[Asked, Done]) -> Callable[Asked, Done]:
    """
    Do it in one transaction, asking once for what no act changes.

    The newsroom's name and its time zone are needed in several places of each.
    """

    @wraps(verb)
    def do(*args: Asked.args, **kwargs: Asked.kwargs) -> Done:
        with transaction.atomic(), asking_once():
            return verb(*args, **kwargs)

    return do
