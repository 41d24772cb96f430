"""Whatever adds up is brought in, and what everybody owes is what they owed, to the paisa."""

import datetime as dt
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import mongomock
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.importing.ids import kept_id
from bot.money import line_total
from bot.posting import balance_of
from storage.store import Store
from tests.bot.importing.old_books import (
    Import,
    customer,
    decimal,
    invoice,
    item,
    user,
    without,
)
from tests.clock import FakeClock

WHO = [1, "two", "66f1a2b3c4d5e6f708192a3b"]
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2026, 8, 1))


@st.composite
def items(draw):
    quantity = draw(st.integers(1, 10**7)) * decimal(10).scaleb(-2)
    price = draw(st.integers(0, 10**7))
    return item(
        item_name=draw(st.sampled_from(["wheat", "गेहूँ", "1121 (q)"])),
        quantity=quantity,
        unit=draw(st.sampled_from(["", "q", "बोरी"])),
        price_per_unit=decimal(price),
        total_price=decimal(line_total(quantity, price)),
    )


@st.composite
def invoices(draw):
    sold = draw(st.lists(items(), min_size=1, max_size=3))
    total = sum(one["total_price"] for one in sold)
    paid = draw(st.sampled_from([0, total]) | st.integers(0, int(total * 100)).map(decimal))
    left = total - paid
    date = draw(DAYS)
    return invoice(
        customer_id=draw(st.sampled_from(WHO)),
        created_by_user_id=draw(st.sampled_from(["unique_user_id", "somebody"])),
        invoice_date=str(date),
        due_date=str(date + dt.timedelta(days=draw(st.integers(0, 60)))),
        previous_balance=draw(st.integers(-(10**6), 10**6)),
        total_amount=total,
        amount_paid=paid,
        remaining_balance=left,
        status="Partial" if paid and left else "Unpaid" if left else "Paid",
        items=sold,
        invoice_number=draw(st.none() | st.text(max_size=18)),
    )


@settings(deadline=None, max_examples=60)
@given(bills=st.lists(invoices(), max_size=8))
def test_any_books_that_add_up(bills):
    bills = [bill | {"_id": place} for place, bill in enumerate(bills)]
    owed: Counter[object] = Counter()
    for bill in bills:
        owed[bill["customer_id"]] += bill["remaining_balance"]
    people = [without(customer(_id=id, total_outstanding_balance=owed[id]), "phone") for id in WHO]
    store = Store(mongomock.MongoClient()["arhtiya"])
    store.prepare()

    with TemporaryDirectory() as folder:
        code = Import(store, FakeClock(), Path(folder)).run(people, bills, [user()])

    assert code == 0
    for id in WHO:
        kept = kept_id("customers", str(id))
        assert balance_of(store, kept).net == owed[id] * 100
        assert store.customers.get(kept).total_outstanding_balance == owed[id] * 100
    for bill in bills:
        shown = store.invoices.get(kept_id("invoices", str(bill["_id"])))
        assert shown.amount_paid == bill["amount_paid"] * 100
        assert shown.remaining_balance == bill["remaining_balance"] * 100
        assert shown.status == bill["status"]
