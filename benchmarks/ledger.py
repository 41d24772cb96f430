"""What posting an invoice costs on the embedded store, and whether it grows."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from pymongo import MongoClient, WriteConcern

from benchmarks.timing import ratio, timed
from bot.clock import SystemClock
from bot.invoices import NewInvoice, NewItem, Posted, create_invoice
from storage.embedded import embedded_server
from storage.ids import new_id
from storage.models import Customer, User
from storage.store import Store

DAY = dt.date(2026, 8, 1)
CLOCK = SystemClock(ZoneInfo("Asia/Kolkata"))
PARTNER = User(id=new_id(), name="Gurpreet", phone="+919876543210", registration_date=DAY)
ITEMS = (NewItem("wheat", Decimal(52), 2_425_00), NewItem("rice", Decimal(10), 3_200_00))
TOTAL = sum(item.total for item in ITEMS)


def commit_vs_insert(paid: int = 0) -> float:
    """``create_invoice`` ÷ one acknowledged insert of the very entry it makes, and no more.

    Args:
        paid: paise handed over with each invoice; 0 is one on credit, as most are in this trade.
    """
    with _database() as database:
        store, customers = _firm(database, 50)
        bare = database.get_collection("bare", write_concern=WriteConcern("majority", j=True))
        numbers = count()
        entry = _post(store, customers[0], paid).entry.stored()

        def post() -> None:
            _post(store, customers[next(numbers) % len(customers)], paid)

        def insert() -> None:
            bare.insert_one(entry | {"_id": new_id()})

        return ratio(post, insert, times=150)


def growth() -> float:
    """The 2000th entry of one customer ÷ their 10th: medians of the twenty around each.

    Every second invoice is left open and paid with the next one, as by somebody who pays.
    """
    with _database() as database:
        store, (customer, other) = _firm(database, 2)
        for _warm_up in range(20):
            _post(store, other)
        taken = [
            timed(partial(_post, store, customer, paid))
            for _pair in range(1005)
            for paid in (0, 2 * TOTAL)
        ]
        return median(taken[1990:2010]) / median(taken[:20])


@contextmanager
def _database() -> Iterator[object]:
    with (
        tempfile.TemporaryDirectory() as folder,
        embedded_server(Path(folder)) as uri,
        MongoClient(uri, tz_aware=True, w="majority", journal=True) as client,
    ):
        yield client["arhtiya"]


def _firm(database: object, customers: int) -> tuple[Store, list[str]]:
    store = Store(database)
    store.prepare()
    ids = [new_id() for _customer in range(customers)]
    for id in ids:
        store.customers.add(Customer(id=id, name=f"Customer {id}"))
    return store, ids


def _post(store: Store, customer_id: str, paid: int = TOTAL) -> Posted:
    order = NewInvoice(
        op=new_id(),
        customer_id=customer_id,
        items=ITEMS,
        paid=paid,
        invoice_date=DAY,
        due_date=DAY,
    )
    return create_invoice(store, CLOCK, order, by=PARTNER, link=str, standing_on=None)
