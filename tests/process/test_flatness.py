"""What the soak makes of memory: made-up samples, one a second."""

from itertools import chain

import pytest

from benchmarks.soak_memory import Sample, rises

LIVES = 8


def life(number, seconds, mb):
    """One process; ``mb`` says what it holds at an age."""
    return [Sample(number, float(age), mb(age)) for age in range(seconds)]


def always(mb):
    return lambda _age: mb


FLAT = always(90.0)


def soaked(last, others=FLAT):
    """Lives of half a minute, each of a level of its own, and a long last one."""
    short = (life(number, 30, always(others(number))) for number in range(LIVES))
    return [*chain.from_iterable(short), *life(LIVES, 200, last)]


def too_much(samples):
    return [rise.what for rise in rises(samples) if rise.too_much]


def test_what_stays_as_it_is_is_flat():
    assert too_much(soaked(FLAT)) == []


def test_what_is_loaded_at_the_start_is_no_leak():
    assert too_much(soaked(lambda age: 60.0 + min(age, 40))) == []


def test_a_paper_that_is_being_drawn_at_the_end_is_no_leak():
    assert too_much(soaked(lambda age: 140.0 if age > 195 else 90.0)) == []


@pytest.mark.parametrize("leak", [0.1, 1.0])
def test_a_process_that_holds_more_and_more_leaks(leak):
    """6 MB a minute, or 60."""
    assert too_much(soaked(lambda age: 90.0 + leak * age)) == ["in the last 149 s of one process"]


def test_processes_that_begin_with_more_and_more_leak():
    """What is loaded at each start grows with what lies in the store."""
    found = too_much(soaked(always(130.0), others=lambda number: 90.0 + 5 * number))

    assert found == ["25 s after a start, in the first 4 processes and the last"]


def test_nothing_is_said_of_a_soak_that_was_too_short():
    assert rises(life(0, 10, lambda age: 90.0 * age)) == []
    assert rises([]) == []
