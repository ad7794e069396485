"""The tests' own ground: what one test commits, the next does not see."""

import pytest
from django.contrib.auth.models import Group

from dateline.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", [1, 2])
def test_a_committing_test_leaves_nothing_behind(turn):
    assert not User.objects.filter(username="committed").exists()
    User.objects.create_user("committed")


@pytest.mark.parametrize("turn", [1, 2])
def test_what_migrations_wrote_is_there_after_a_committing_test(turn):
    assert Group.objects.exists()
    Group.objects.all().delete()
