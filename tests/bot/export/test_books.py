"""Each customer's books in an export are what the ledger carries and the views show."""

import datetime as dt
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.export.books import CustomerBooks
from bot.export.period import Period
from bot.views import rebuild
from storage.models import Customer
from tests.bot.books import every_kind, taken_back_at_once
from tests.bot.histories import histories
from tests.bot.ledger_of_one import FIRST_DAY

DAY = dt.timedelta(days=1)
RAMESH = Customer(id="ramesh", name="Ramesh")


def books(entries, period=Period()):  # noqa: B008 - it is frozen
    # As they come: what is open after each is not read.
    return CustomerBooks(RAMESH, [one.model_copy(update={"open": []}) for one in entries], period)


@given(histories)
def test_all_days_are_what_is_shown(history):
    balance, invoices, payments = rebuild(history.entries)
    whole = books(history.entries)

    assert (whole.opening, whole.closing, whole.net) == (0, balance.net, balance.net)
    assert (whole.outstanding, whole.advance) == (balance.outstanding, balance.advance)
    assert {(one.entry.op, one.paid, one.left, one.status) for one in whole.invoices()} == {
        (one.id, one.amount_paid, one.remaining_balance, one.status) for one in invoices
    }
    assert {
        (one.entry.op, one.entry.paid, one.undone.op if one.undone else None)
        for one in whole.payments()
    } == {(one.id, one.amount, one.undone.op if one.undone else None) for one in payments}


@given(histories, st.integers(0, 40), st.integers(0, 40))
def test_periods_follow_each_other_without_a_gap(history, one, other):
    first, last = (FIRST_DAY + DAY * days for days in sorted((one, other)))
    before = books(history.entries, Period(None, first - DAY))
    within = books(history.entries, Period(first, last))
    after = books(history.entries, Period(last + DAY, None))

    assert (before.closing, within.closing) == (within.opening, after.opening)
    assert after.closing == history.entries[-1].after
    parts = [[line.entry.op for line in part.lines()] for part in (before, within, after)]
    assert list(chain(*parts)) == [entry.op for entry in history.entries]


@given(histories, st.integers(0, 40))
def test_the_lines_go_from_the_opening_to_the_closing_balance(history, days):
    part = books(history.entries, Period(FIRST_DAY + DAY * days, None))
    lines = list(part.lines())

    assert all(line.after == following.before for line, following in pairwise(lines))
    if lines:
        assert (lines[0].before, lines[-1].after) == (part.opening, part.closing)
    assert [line.before for line in lines] == [line.entry.before for line in lines]


@pytest.mark.parametrize("entries", [every_kind(), taken_back_at_once()])
def test_what_was_taken_back_names_what_did(entries):
    whole = books(entries)
    by = {line.entry.op: line.taken_back.op for line in whole.lines() if line.taken_back}

    assert (
        by
        == {
            12: {"p": "undo p", "cancel b": "restore b", "c": "drop c"},
            11: {
                "a": "undo a again",
                "undo a": "put back a",
                "b": "cancel b",
                "undo use": "put back use",
            },
        }[len(entries)]
    )


def test_what_is_dated_back_stands_under_its_day():
    first, *others, last = every_kind()
    earlier = last.model_copy(update={"date": first.day - DAY})
    lines = list(books([first, *others, earlier]).lines())

    assert [line.entry.seq for line in lines][:2] == [12, 1]
    assert (lines[0].before, lines[0].after) == (0, earlier.amount)
    assert lines[-1].after == last.after
