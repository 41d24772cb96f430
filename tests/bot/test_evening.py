"""The evening summary: which evening an entry belongs to, and what the figures add up to."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.evening import Evenings, Summary, Tally, due, switch
from storage.models import PaymentMethod
from tests.bot.asking import MOMENT, PARTNER
from tests.bot.books import every_kind, keep, taken_back_at_once
from tests.bot.desks import desk_of
from tests.bot.evening_books import Books

EIGHT = dt.time(20)
SATURDAY, SUNDAY, MONDAY, TUESDAY = (dt.date(2026, 8, day) for day in range(1, 5))


def utc(*when: int) -> dt.datetime:
    return dt.datetime(*when, tzinfo=dt.UTC)


# Which evening.


@pytest.mark.parametrize(
    ("zone", "at", "day", "moment"),
    [
        ("Asia/Kolkata", EIGHT, (2026, 8, 1), utc(2026, 8, 1, 14, 30)),
        ("Europe/Berlin", EIGHT, (2026, 3, 28), utc(2026, 3, 28, 19)),
        ("Europe/Berlin", EIGHT, (2026, 3, 29), utc(2026, 3, 29, 18)),
        ("Europe/Berlin", EIGHT, (2026, 10, 25), utc(2026, 10, 25, 19)),
        # 02:30 is skipped in spring, and comes twice in autumn.
        ("Europe/Berlin", dt.time(2, 30), (2026, 3, 29), utc(2026, 3, 29, 1, 30)),
        ("Europe/Berlin", dt.time(2, 30), (2026, 10, 25), utc(2026, 10, 25, 0, 30)),
    ],
)
def test_there_is_one_evening_a_day_whatever_the_clocks_do(zone, at, day, moment):
    evenings, day = Evenings(at, ZoneInfo(zone)), dt.date(*day)

    assert evenings.moment(day) == moment
    assert evenings.after(moment - dt.timedelta(seconds=1)) == day
    assert evenings.after(moment) == day + dt.timedelta(days=1)
    # Not a second time as 02:30 comes again.
    assert evenings.after(moment + dt.timedelta(hours=1)) == day + dt.timedelta(days=1)


@pytest.mark.parametrize("at", [dt.time(0), dt.time(2, 30), EIGHT])
def test_every_moment_of_a_year_belongs_to_one_evening_and_they_follow_each_other(at):
    evenings, moment = Evenings(at, ZoneInfo("Europe/Berlin")), utc(2026, 1, 1)
    while moment < utc(2027, 1, 2):
        day = evenings.after(moment)
        assert evenings.moment(day - dt.timedelta(days=1)) <= moment < evenings.moment(day)
        moment += dt.timedelta(minutes=30)


# What was posted.


@pytest.fixture
def books(store, clock):
    return Books(store, clock)


@pytest.fixture
def fast(mongomock_store, clock):
    return Books(mongomock_store, clock)


def moved(one: Summary) -> int:
    """By how much what it tells changes what all customers owe, less what is held of them."""
    more = one.invoices, one.brought_in, one.undone, one.restored_invoices
    less = one.cancelled, one.restored_payments
    return sum(t.amount for t in more) - sum(t.amount for t in less) - one.total


def test_the_figures_of_a_day(books):
    books.sell("a", 5000, paid=1000)
    books.sell("b", 3000, customer="suresh")
    books.receive("p", 700, PaymentMethod.UPI)
    books.receive("q", 300, PaymentMethod.UPI)
    books.receive("r", 50)

    assert books.told(SATURDAY) == Summary(
        first=SATURDAY,
        last=SATURDAY,
        invoices=Tally(2, 8000_00),
        brought_in=Tally(),
        collected={PaymentMethod.CASH: 1050_00, PaymentMethod.UPI: 1000_00},
        cancelled=Tally(),
        undone=Tally(),
        restored_invoices=Tally(),
        restored_payments=Tally(),
        until=dt.datetime(2026, 8, 1, 14, 30, tzinfo=dt.UTC),
        outstanding=5950_00,
        advance=0,
    )


def test_what_is_taken_back_and_put_back_stands_beside_it(fast):
    fast.sell("a", 500)
    fast.sell("b", 700, paid=200)
    fast.receive("p", 100)
    fast.undo("p")
    back = fast.undo("b")
    fast.cancel("a")
    fast.undo(back)

    one = fast.told(SATURDAY)

    assert (one.invoices, one.total) == (Tally(2, 1200_00), 300_00)
    assert (one.cancelled, one.undone) == (Tally(2, 1200_00), Tally(2, 300_00))
    assert (one.restored_invoices, one.restored_payments) == (Tally(1, 700_00), Tally(1, 200_00))
    assert (one.outstanding, one.advance) == (500_00, 0)
    assert moved(one) == fast.net == 500_00


def test_money_beyond_what_is_due_is_held_and_a_figure_of_its_own(fast):
    fast.sell("a", 500, customer="suresh")
    fast.receive("p", 800)

    one = fast.told(SATURDAY)

    assert (one.outstanding, one.advance) == (500_00, 800_00)
    assert moved(one) == fast.net == -300_00


def test_to_use_an_advance_brings_neither_goods_nor_money(fast):
    fast.sell("a", 400)
    fast.sell("b", 500)
    fast.receive("p", 900, invoice_id="b")
    fast.at(SATURDAY, 20)
    fast.is_told(SATURDAY)
    fast.at(SUNDAY, 9)
    fast.receive("use", 400, from_advance=True)

    assert fast.told(SUNDAY) is None


@pytest.mark.parametrize("entries", [every_kind(), taken_back_at_once()], ids=["all", "undo"])
def test_whatever_is_posted_the_figures_add_up(mongomock_store, clock, entries):
    keep(mongomock_store, entries)
    day = MOMENT.date()
    partner = PARTNER.model_copy(update={"evening_from": day})
    one = due(desk_of(mongomock_store, clock), partner, day)

    assert moved(one) == one.outstanding - one.advance == entries[-1].after


# For which days.


def test_each_entry_is_in_one_summary_and_each_balance_follows_from_the_last(fast):
    net = 0
    for day in (SATURDAY, SUNDAY, MONDAY):
        fast.at(day, 19, 59)
        fast.sell(f"{day} before", 1000, paid=100)
        fast.at(day, 20)
        # Too late for this evening: neither in what it tells nor in the balance.
        fast.sell(f"{day} after", 10, paid=500)
        one = fast.told(day)
        fast.is_told(day)

        assert one.first == one.last == day
        assert one.outstanding - one.advance == net + moved(one)
        net += moved(one)
    assert net != fast.net
    one = fast.told(TUESDAY)
    assert one.invoices == Tally(1, 10_00)
    assert net + moved(one) == fast.net


def test_missed_evenings_are_one(fast):
    for day in (SATURDAY, MONDAY, TUESDAY):
        fast.at(day, 15)
        fast.sell(str(day), 100)

    one = fast.told(TUESDAY)

    assert (one.first, one.last, one.invoices) == (SATURDAY, TUESDAY, Tally(3, 300_00))
    fast.is_told(TUESDAY)
    assert fast.told(TUESDAY) is None


def test_what_was_told_before_them_is_not_told_again(fast):
    fast.sell("a", 100)
    fast.is_told(SATURDAY)
    fast.at(TUESDAY, 12)
    fast.sell("b", 200)

    assert fast.told(TUESDAY).invoices == Tally(1, 200_00)


def test_days_without_a_posting_at_either_end_are_not_named(fast):
    fast.at(MONDAY, 12)
    fast.sell("a", 100)

    one = fast.told(dt.date(2026, 8, 6))

    assert (one.first, one.last) == (MONDAY, MONDAY)


def test_a_week_is_the_most_that_is_made_up_for(fast):
    for day in range(1, 11):
        fast.at(dt.date(2026, 8, day), 15)
        fast.sell(str(day), 100)

    one = fast.told(dt.date(2026, 8, 10))

    assert (one.first, one.last) == (dt.date(2026, 8, 4), dt.date(2026, 8, 10))
    assert one.invoices == Tally(7, 700_00)
    assert one.outstanding == 1000_00


@pytest.mark.parametrize("last", [dt.date(2026, 8, 31), dt.date(2026, 12, 31)])
def test_over_the_end_of_a_month_and_of_a_year(fast, last):
    fast.at(last, 20, 30)
    fast.sell("a", 100)
    first = last + dt.timedelta(days=1)

    assert fast.told(last) is None
    assert fast.told(first).last == first


def test_nothing_is_told_of_a_day_without_a_posting(fast):
    assert fast.told(SATURDAY) is None


# To whom.


def test_it_begins_with_the_next_evening(mongomock_store, clock):
    desk = desk_of(mongomock_store, clock)
    user = mongomock_store.users.add(PARTNER)
    assert user.evening_from is None

    assert switch(desk, user, on=True).evening_from == SATURDAY
    clock.advance(hours=6)
    assert switch(desk, user, on=True).evening_from == SUNDAY


def test_to_switch_it_on_again_leaves_it_as_it_was(fast):
    fast.at(MONDAY, 12)
    again = switch(fast.desk, fast.store.users.get(PARTNER.id), on=True)

    assert again.evening_from == fast.store.users.get(PARTNER.id).evening_from == SATURDAY


def test_switched_off_it_is_off_and_begins_anew(fast):
    off = switch(fast.desk, fast.partner, on=False)
    assert fast.store.users.get(PARTNER.id) == off == PARTNER
    fast.sell("a", 100)
    fast.at(TUESDAY, 12)
    fast.partner = switch(fast.desk, off, on=True)

    assert fast.told(TUESDAY) is None


def test_each_partner_is_told_what_they_missed(fast):
    other = PARTNER.model_copy(update={"id": "other", "evening_from": SUNDAY})
    fast.sell("a", 100)
    fast.at(SUNDAY, 12)
    fast.sell("b", 200)

    assert due(fast.desk, other, SUNDAY).invoices.count == 1
    assert fast.told(SUNDAY).invoices.count == 2


# Of one moment.


def test_what_is_posted_while_the_books_are_read_is_in_all_of_it_or_in_none(fast, monkeypatch):
    fast.sell("a", 100)
    since, posted = fast.store.ledger.since, []

    def and_then_somebody_posts(moment):
        lines = since(moment)
        if not posted:
            posted.append(fast.sell("b", 900))
        return lines

    monkeypatch.setattr(fast.store.ledger, "since", and_then_somebody_posts)
    one = fast.told(SATURDAY)

    assert one.outstanding == one.invoices.amount == 1000_00


def test_what_is_posted_and_not_shown_yet_is_shown_first(fast, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("bot.posting._show", lambda *_: True)
        fast.sell("a", 100)
    assert fast.store.customers.totals().outstanding == 0

    assert fast.told(SATURDAY).outstanding == 100_00
