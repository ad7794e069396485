"""Tries are counted before they are made, in the database, and not for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from dateline.people.actions import tries
from dateline.people.actions.tries import Count, count_try, forgive, take_back
from dateline.people.models import Tries
from dateline.people.rules import TooManyTries, Tried

pytestmark = pytest.mark.django_db
ADDRESS = Count(Tried.ADDRESS, "203.0.113.9")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 11, 22, 6, tzinfo=UTC), tick=False) as at:
        yield at


def account(name="mira"):
    return Count(Tried.ACCOUNT, name)


def fail(times, *counts):
    for _ in range(times):
        count_try(*counts)


def test_twenty_from_one_address_whatever_the_name():
    for number in range(20):
        count_try(account(f"name {number}"), ADDRESS)
    with pytest.raises(TooManyTries):
        count_try(account("mira"), ADDRESS)
    count_try(account("mira"), Count(Tried.ADDRESS, "203.0.113.10"))


def test_what_is_refused_is_not_counted(clock):
    fail(5, account())
    with pytest.raises(TooManyTries):
        count_try(account(), ADDRESS)
    fail(20, ADDRESS)
    clock.shift(timedelta(minutes=15))
    count_try(account())


def test_case_spaces_and_width_of_letters_hide_nothing():
    for name in ("mira", " Mira", "MIRA ", "ｍｉｒａ", "mira"):
        count_try(account(name))
    with pytest.raises(TooManyTries):
        count_try(account("mirA"))


def test_what_succeeds_is_taken_back_and_no_more():
    fail(19, ADDRESS)
    for _ in range(3):
        count_try(ADDRESS)
        take_back(ADDRESS)
    count_try(ADDRESS)
    with pytest.raises(TooManyTries):
        count_try(ADDRESS)


def test_whoever_has_shown_to_be_the_one_begins_anew():
    fail(5, account())
    forgive(account())
    fail(5, account())


def test_what_is_kept_names_nobody_and_is_swept(clock):
    count_try(account("my-password-by-mistake"), ADDRESS)
    assert not Tries.objects.filter(pk__contains="mistake").exists()
    clock.shift(timedelta(minutes=16))
    count_try(account("mira"))
    assert Tries.objects.count() == 1


def test_there_are_never_more_rows_than_the_bound(clock, monkeypatch):
    monkeypatch.setattr(tries, "MOST_ROWS", 6)
    for number in range(19):
        clock.shift(1)
        count_try(account(f"name {number}"), ADDRESS)
    assert Tries.objects.count() == 6
    # What goes is what was longest ago: the address is still counted.
    count_try(ADDRESS)
    with pytest.raises(TooManyTries):
        count_try(ADDRESS)


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_time_see_each_other():
    def attempt(number):
        try:
            count_try(account(), Count(Tried.ADDRESS, f"203.0.113.{number % 3}"))
        except TooManyTries:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(8) as people:
        assert sum(people.map(attempt, range(24))) == 5
