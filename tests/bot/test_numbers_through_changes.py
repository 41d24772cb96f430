"""The firm changes how its invoices are numbered, in the middle of anything: the books hold."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

import mongomock
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.books_check import check_customer, check_numbers
from bot.invoices import NewInvoice, NewItem, create_invoice
from bot.numbering import DEFAULT_NUMBERING, Numbering
from bot.payments import NewPayment, record_payment
from bot.reversals import NewReversal, reverse
from storage.ids import new_id
from storage.ledger import NUMBERS_A_YEAR
from storage.models import Customer, NumberStyle, User
from storage.store import Store
from tests.clock import FakeClock

DAY = dt.date(2026, 8, 1)
PARTNER = User(id="p", name="Gurpreet", phone="+919876543210", registration_date=DAY)
CLOCK = FakeClock()


def numberings(*first_months: int):
    return st.builds(
        Numbering,
        first_month=st.sampled_from(first_months),
        prefix=st.sampled_from(["", "", "K", "20"]),
        style=st.sampled_from(NumberStyle),
    )


DAYS = st.builds(
    dt.date,
    # 2021 may be a calendar year, or 2020-21 without its dash.
    st.sampled_from([2019, 2020, 2021, 2026]),
    st.sampled_from([1, 3, 4, 6, 7, 12]),
    st.just(15),
)


class Books:
    """One customer's, with an invoice of a rupee whenever one is asked for."""

    def __init__(self, store: Store) -> None:
        self.store = store
        store.customers.add(Customer(id="ramesh", name="Ramesh"))

    def sell(self, numbering: Numbering, day: dt.date = DAY) -> str:
        """The number of a new invoice; all are due on one day."""
        order = NewInvoice(
            op=new_id(),
            customer_id="ramesh",
            items=(NewItem("wheat", Decimal(1), 100),),
            paid=0,
            invoice_date=day,
            due_date=dt.date(2027, 1, 31),
        )
        posted = create_invoice(
            self.store,
            CLOCK,
            order,
            by=PARTNER,
            link=str,
            standing_on=None,
            numbering=numbering,
        )
        return posted.invoice.invoice_number

    def take(self, rupees: int) -> None:
        payment = NewPayment(new_id(), "ramesh", rupees * 100, DAY)
        record_payment(self.store, CLOCK, payment, by=PARTNER, standing_on=None)

    @property
    def entries(self):
        return self.store.ledger.entries("ramesh")

    @property
    def open(self) -> list[str]:
        """The numbers of what is to be paid, in that order."""
        return [one.number for one in self.entries[-1].open]


def plain_books() -> Books:
    store = Store(mongomock.MongoClient()["arhtiya"])
    store.prepare()
    return Books(store)


@pytest.fixture
def books(store):
    return Books(store)


@settings(deadline=None, max_examples=60)
@given(sales=st.lists(st.tuples(numberings(1, 4, 7, 12), DAYS), min_size=2, max_size=12))
def test_no_number_is_given_twice_and_no_year_has_a_gap(sales):
    books = plain_books()

    printed = [books.sell(numbering, day) for numbering, day in sales]

    assert len({*printed}) == len(printed)
    serials = defaultdict(list)
    for (numbering, day), entry in zip(sales, books.entries, strict=True):
        year, serial = divmod(entry.number_key, NUMBERS_A_YEAR)
        assert year == numbering.year_of(day)
        serials[year].append(serial)
    assert all(given == [*range(1, len(given) + 1)] for given in serials.values())
    assert check_numbers(books.entries) == []


@settings(deadline=None, max_examples=30)
@given(
    # In all of them this day is of 2026.
    styles=st.lists(numberings(1, 4, 7), min_size=3, max_size=6),
    rupees=st.integers(1, 2),
)
def test_money_goes_to_the_invoices_of_a_day_in_the_order_of_their_serials(styles, rupees):
    books = plain_books()
    printed = [books.sell(numbering) for numbering in styles]

    books.take(rupees)

    assert books.open == printed[rupees:]
    assert check_customer(books.entries) == []


def test_an_invoice_that_is_put_back_stands_before_those_with_a_higher_serial(books):
    first, second = books.sell(DEFAULT_NUMBERING), books.sell(Numbering(prefix="KGM"))
    third = books.sell(Numbering(style=NumberStyle.JOINED))
    cancelled = books.entries[1].op
    cancel = NewReversal(new_id(), "a slip", invoice_id=cancelled)
    reverse(books.store, CLOCK, cancel, by=PARTNER, standing_on=None)
    assert books.open == [first, third]

    back = NewReversal(new_id(), "it was none", restores=cancel.op)
    reverse(books.store, CLOCK, back, by=PARTNER, standing_on=None)

    assert books.open == [first, second, third] == ["26-27/00001", "KGM/26-27/00002", "2627/00003"]
    assert check_customer(books.entries) == []


@pytest.mark.parametrize(
    "numbering",
    [
        DEFAULT_NUMBERING,
        Numbering(style=NumberStyle.JOINED),
        Numbering(first_month=1),
        Numbering(prefix="KGM"),
        Numbering(first_month=1, prefix="12"),
        Numbering(prefix="202", style=NumberStyle.JOINED),
    ],
    ids=lambda numbering: numbering.number(2026, 1),
)
def test_every_store_finds_an_invoice_by_its_number(books, numbering):
    number = books.sell(numbering)
    (entry,) = books.entries

    assert number == numbering.number(2026, 1)
    assert books.store.invoices.by_number(number).id == entry.op
    assert books.store.ledger.numbered(2026 * NUMBERS_A_YEAR + 1) == entry
    assert books.store.ledger.numbered(2026 * NUMBERS_A_YEAR + 2) is None
