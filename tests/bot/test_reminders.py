"""Digests: whose invoices they are, and what is said of more than one message holds."""

import datetime as dt
from decimal import Decimal

import pytest

from bot import reminders
from bot.reminders import Collecting, Sum
from storage.models import (
    Customer,
    FollowUp,
    Invoice,
    InvoiceItem,
    Status,
)

TODAY = dt.date(2026, 8, 15)


@pytest.fixture
def owe(mongomock_store):
    """``owe(maker, id, days, left)``: an invoice that is so many days late, with so much left."""

    def post(maker: str, id: str, days: int, left: int) -> None:
        due = TODAY - dt.timedelta(days=days)
        wheat = InvoiceItem(
            item_name="Wheat", quantity=Decimal(1), price_per_unit=left, total_price=left
        )
        mongomock_store.invoices.bring_up_to(
            Invoice(
                id=id,
                customer_id="c1",
                created_by_user_id=maker,
                invoice_date=due,
                due_date=due,
                previous_balance=0,
                total_amount=left,
                amount_paid=0,
                remaining_balance=left,
                status=Status.UNPAID,
                items=[wheat],
                download_link="",
                open_due_date=due,
            )
        )

    return post


def collecting(store, *reachable: str, ahead: int = 0) -> dict[str, Collecting]:
    """What each of these has to collect today."""
    store.firm.save(store.firm.get().model_copy(update={"remind_days": ahead}))
    all_due = ((id, reminders.collecting(store, id, reachable, TODAY)) for id in reachable)
    return {id: due for id, due in all_due if due.count}


def ids(due: Collecting, offset: int = 0, limit: int = 100) -> list[str]:
    return [invoice.id for invoice in due.page(offset, limit)]


def agree(store, id: str, days: int, *, promised: bool = True) -> None:
    """It comes back so many days from today."""
    until, now = TODAY + dt.timedelta(days=days), dt.datetime(2026, 8, 1, tzinfo=dt.UTC)
    store.follow_ups.put(
        FollowUp(id=id, until=until, promised=promised, by_name="Ravi Kumar", at=now)
    )


def test_each_is_told_of_their_own_longest_due_first(mongomock_store, owe):
    owe("asha", "a-today", 0, 100)
    owe("asha", "a-late", 3, 200)
    owe("asha", "a-soon", -1, 400)
    owe("ravi", "r-later", 1, 10)

    due = collecting(mongomock_store, "asha", "ravi", "sunita")

    assert list(due) == ["asha", "ravi"]
    assert ids(due["asha"]) == ["a-late", "a-today"]
    assert (due["asha"].overdue, due["asha"].today) == (Sum(1, 200), Sum(1, 100))
    assert due["asha"].now == Sum(2, 300)
    assert ids(due["ravi"]) == ["r-later"]


def test_what_falls_due_soon_is_named_and_not_to_be_collected_yet(mongomock_store, owe):
    for days in (0, -1, -3, -4):
        owe("asha", f"in{days}", days, 100)

    due = collecting(mongomock_store, "asha", ahead=3)["asha"]

    assert ids(due) == ["in0", "in-1", "in-3"]
    assert (due.now, due.soon) == (Sum(1, 100), Sum(2, 200))


def test_what_a_partner_made_who_left_stands_among_that_of_all_others(mongomock_store, owe):
    owe("asha", "a", 2, 100)
    for days, maker in ((1, "gone"), (3, "away"), (0, "gone")):
        owe(maker, f"{maker}-{days}", days, 10)

    due = collecting(mongomock_store, "asha", "ravi")

    assert ids(due["asha"]) == ["away-3", "a", "gone-1", "gone-0"]
    assert due["asha"].now == Sum(4, 130)
    assert ids(due["ravi"]) == ["away-3", "gone-1", "gone-0"]


def test_a_long_list_has_pages_in_one_order(mongomock_store, owe):
    for days in range(20):
        owe("asha", f"a-{days:02}", days, 1)
        owe("gone", f"g-{days:02}", days, 100)

    due = collecting(mongomock_store, "asha")["asha"]

    pages = [ids(due, offset, 7) for offset in range(0, 40, 7)]
    days = [int(id[2:]) for page in pages for id in page]
    assert days == sorted(days, reverse=True)
    assert len({id for page in pages for id in page}) == 40
    assert due.now == Sum(40, 20 * 101)


def test_what_comes_back_on_a_later_day_is_left_in_peace(mongomock_store, owe):
    for id, days in (("late", 5), ("later", 9), ("today", 0)):
        owe("asha", id, days, 100)
    agree(mongomock_store, "late", 3)
    agree(mongomock_store, "today", 7, promised=False)

    due = collecting(mongomock_store, "asha")["asha"]

    assert ids(due) == ["later"]
    assert (due.overdue, due.today, due.promised) == (Sum(1, 100), Sum(), Sum())


def test_where_all_is_left_in_peace_there_is_nothing_to_say(mongomock_store, owe):
    owe("asha", "late", 5, 100)
    agree(mongomock_store, "late", 1)

    assert collecting(mongomock_store, "asha") == {}


def test_what_was_promised_for_today_comes_first(mongomock_store, owe):
    for id, days in (("longest", 30), ("said", 5), ("not-due", -20)):
        owe("asha", id, days, 100)
    agree(mongomock_store, "said", 0)
    agree(mongomock_store, "not-due", 0)

    due = collecting(mongomock_store, "asha")["asha"]

    assert ids(due) == ["said", "not-due", "longest"]
    assert ids(due, 2, 1) == ["longest"]
    assert (due.promised, due.overdue) == (Sum(2, 200), Sum(1, 100))
    assert due.count == 3


def test_what_was_put_off_until_today_is_as_due_as_it_was(mongomock_store, owe):
    owe("asha", "late", 5, 100)
    agree(mongomock_store, "late", 0, promised=False)

    due = collecting(mongomock_store, "asha")["asha"]

    assert (due.promised, due.overdue) == (Sum(), Sum(1, 100))


def test_a_promise_that_was_not_kept_is_overdue_again(mongomock_store, owe):
    owe("asha", "late", 5, 100)
    agree(mongomock_store, "late", -1)

    assert collecting(mongomock_store, "asha")["asha"].overdue == Sum(1, 100)


def test_nobody_is_told_of_muted_customers_although_they_promised(mongomock_store, owe, clock):
    mongomock_store.customers.add(Customer(id="c1", name="Ramesh Kumar"))
    owe("asha", "late", 5, 100)
    owe("asha", "said", 5, 100)
    agree(mongomock_store, "said", 0)
    mongomock_store.customers.mute("c1", clock.now())

    assert collecting(mongomock_store, "asha") == {}
    mongomock_store.customers.mute("c1", None)
    assert ids(collecting(mongomock_store, "asha")["asha"]) == ["said", "late"]


def test_a_promise_of_what_is_paid_by_then_is_silent(mongomock_store, owe):
    owe("asha", "late", 5, 100)
    agree(mongomock_store, "late", 0)
    paid = mongomock_store.invoices.get("late").model_copy(
        update={"remaining_balance": 0, "open_due_date": None, "applied_seq": 1}
    )
    mongomock_store.invoices.bring_up_to(paid)

    assert collecting(mongomock_store, "asha") == {}
