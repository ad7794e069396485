"""Two people at the desk: one who writes and one who may use the door."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client

from dateline.desk.vocabulary import EDITORS, REPORTERS
from dateline.people.models import User
from tests.desk.desk_forms import a_member, signed_in
from tests.desk.entrance import PASSWORD


@pytest.fixture
def reporter(db: None) -> User:
    return a_member("reporter", REPORTERS)


@pytest.fixture
def editor(db: None) -> User:
    return a_member("editor", EDITORS)


@pytest.fixture
def reporters_desk(reporter: User) -> Client:
    return signed_in(reporter)


@pytest.fixture
def editors_desk(editor: User) -> Client:
    return signed_in(editor)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 11, 22, 6, tzinfo=UTC), tick=False) as at:
        yield at


@pytest.fixture
def member(db: None) -> User:
    """Somebody with a password, who signs in by themselves."""
    user = User.objects.create_user("mira", "mira@news.example", PASSWORD)
    user.groups.add(Group.objects.get(name=EDITORS))
    return user
