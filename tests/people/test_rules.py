from hypothesis import given
from hypothesis import strategies as st

from dateline.people import rules

MINUTE = 60
WINDOW = 15 * MINUTE


def test_the_fifth_failure_is_the_last_for_a_quarter_of_an_hour():
    tries = [0, 60, 120, 180]
    assert rules.seconds_to_wait(tries, limit=5, now=200) == 0
    assert rules.seconds_to_wait([*tries, 200], limit=5, now=200) == WINDOW - 200
    assert rules.seconds_to_wait([*tries, 200], limit=5, now=WINDOW) == 0


def test_a_clock_that_was_set_back_keeps_nobody_out():
    assert rules.seconds_to_wait([10_000] * 5, limit=5, now=9_000) == 0


def test_the_sentence_names_whole_minutes():
    assert "in 12 minutes" in str(rules.TooManyTries(11 * MINUTE + 1))
    assert "in a minute" in str(rules.TooManyTries(3))


@given(
    st.lists(st.integers(0, 200), max_size=60),
    st.integers(1, 8),
)
def test_no_quarter_of_an_hour_holds_more_tries_than_the_limit(pauses, limit):
    """Somebody tries whenever they may, however impatiently."""
    now, kept, allowed = 0, [], []
    for pause in pauses:
        now += pause
        if not rules.seconds_to_wait(kept, limit=limit, now=now):
            kept = [*rules.recent(kept, now=now), now]
            allowed.append(now)
        assert len(kept) <= limit
    for start in allowed:
        assert sum(start <= moment < start + WINDOW for moment in allowed) <= limit


@given(st.lists(st.integers(0, 2000), min_size=1, max_size=20), st.integers(1, 8))
def test_after_the_wait_one_may_try(tries, limit):
    now = max(tries)
    wait = rules.seconds_to_wait(tries, limit=limit, now=now)
    assert rules.seconds_to_wait(tries, limit=limit, now=now + wait) == 0
