"""Digests: whose invoices they are, and what is said of more than one message holds."""

import datetime as dt
from decimal import Decimal

import pytest

from bot.reminders import SHOWN, digests
from storage.models import Invoice, InvoiceItem, Status, User

TODAY = dt.date(2026, 8, 15)


def partner(id: str) -> User:
    day = dt.date(2026, 1, 1)
    return User(id=id, name=id, phone="+919876543210", registration_date=day, chat_id=7)


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


def told(store, *reachable: str) -> dict[str, tuple[list[str], list[str], int, int]]:
    """What each is told: ids of what is overdue and due today, how many, and what is left."""
    partners = {id: partner(id) for id in reachable}
    return {
        one.partner.id: (
            [invoice.id for invoice in one.overdue],
            [invoice.id for invoice in one.due_today],
            one.count,
            one.left,
        )
        for one in digests(store, partners, TODAY)
    }


def test_each_is_told_of_their_own_overdue_first(mongomock_store, owe):
    owe("asha", "a-today", 0, 100)
    owe("asha", "a-late", 3, 200)
    owe("asha", "a-soon", -1, 400)
    owe("ravi", "r-later", 1, 10)

    assert told(mongomock_store, "asha", "ravi", "sunita") == {
        "asha": (["a-late"], ["a-today"], 2, 300),
        "ravi": (["r-later"], [], 1, 10),
    }


def test_what_a_partner_made_who_left_stands_among_that_of_all_others(mongomock_store, owe):
    owe("asha", "a", 2, 100)
    for days, maker in ((1, "gone"), (3, "away"), (0, "gone")):
        owe(maker, f"{maker}-{days}", days, 10)

    assert told(mongomock_store, "asha", "ravi") == {
        "asha": (["away-3", "a", "gone-1"], ["gone-0"], 4, 130),
        "ravi": (["away-3", "gone-1"], ["gone-0"], 3, 30),
    }


def test_of_many_those_due_longest_are_named_and_all_are_added_up(mongomock_store, owe):
    for days in range(SHOWN):
        owe("asha", f"a-{days:02}", days, 1)
        owe("gone", f"g-{days:02}", days, 100)

    overdue, due_today, count, left = told(mongomock_store, "asha")["asha"]

    assert sorted(overdue) == sorted(
        f"{maker}-{days:02}" for days in range(SHOWN // 2, SHOWN) for maker in "ag"
    )
    assert due_today == []
    assert (count, left) == (2 * SHOWN, 101 * SHOWN)
