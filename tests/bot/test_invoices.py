"""Making an invoice, from what a partner asks for to what stands in the books."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.books_check import check_customer, check_views
from bot.errors import (
    BalanceChanged,
    InvalidAmount,
    InvalidDate,
    InvalidQuantity,
    InvalidText,
    NotThere,
)
from bot.invoices import NewInvoice, NewItem, create_invoice, preview
from bot.ledger import payload_hash
from bot.numbering import DEFAULT_NUMBERING, Numbering
from bot.posting import balance_of
from storage.errors import OperationConflict
from storage.models import Allocation, Customer, EntryKind, Status, User
from storage.types import MAX_PAISE

RUPEE = 100
TODAY = dt.date(2026, 11, 22)
PARTNER = User(id="p1", name="Gurpreet", phone="+919876543210", registration_date=TODAY)
RAMESH = Customer(id="ramesh", name="Ramesh", phone="+919812345678", address="Mandi Gate 2")


@pytest.fixture(autouse=True)
def ramesh(store):
    return store.customers.add(RAMESH)


@pytest.fixture
def save(store, clock):
    def save(order, *, by=PARTNER, standing_on=None, numbering=DEFAULT_NUMBERING):
        return create_invoice(
            store,
            clock,
            order,
            by=by,
            link="https://t.me/arhtiya_bot?start=inv_{}".format,
            standing_on=standing_on,
            numbering=numbering,
        )

    return save


def order(op: str, rupees: int, paid: int = 0, *, due_in: int = 15) -> NewInvoice:
    """One line of wheat, for this many rupees, with this many paid."""
    return NewInvoice(
        op=op,
        customer_id="ramesh",
        items=(NewItem("wheat", Decimal(1), rupees * RUPEE),),
        paid=paid * RUPEE,
        invoice_date=TODAY,
        due_date=TODAY + dt.timedelta(days=due_in),
    )


def assert_books_are_sound(store):
    entries = store.ledger.entries("ramesh")
    invoices = store.invoices.of_customer("ramesh", 0, 100)
    payments = store.payments.of_customer("ramesh", 0, 100)
    assert check_customer(entries) == []
    assert check_views(entries, store.customers.get("ramesh"), invoices, payments) == []


def test_the_example_of_the_schema_from_the_order_to_the_documents(store, save, clock):
    save(order("earlier", 2_000))
    products = (
        NewItem("Product A", Decimal(10), 500 * RUPEE),
        NewItem("Product B", Decimal(10), 500 * RUPEE),
    )

    posted = save(replace(order("this", 0, 6_000), items=products))

    invoice = store.invoices.get("this")
    assert invoice == posted.invoice
    assert invoice.previous_balance == 2_000 * RUPEE
    assert invoice.total_amount == 10_000 * RUPEE
    assert invoice.amount_paid == 6_000 * RUPEE
    assert invoice.remaining_balance == 4_000 * RUPEE
    assert invoice.status == Status.PARTIAL
    assert [(item.item_name, item.total_price) for item in invoice.items] == [
        ("Product A", 5_000 * RUPEE),
        ("Product B", 5_000 * RUPEE),
    ]
    assert invoice.created_by_user_id == PARTNER.id
    assert invoice.created_by_name == PARTNER.name
    assert invoice.customer_name == "Ramesh"
    assert invoice.customer_address == "Mandi Gate 2"
    assert invoice.created_at == clock.now()
    assert invoice.download_link == "https://t.me/arhtiya_bot?start=inv_this"
    assert invoice.invoice_number == "26-27/00002"

    customer = store.customers.get("ramesh")
    assert customer.total_outstanding_balance == 6_000 * RUPEE
    assert customer.used_at == clock.now()
    (payment,) = store.payments.of_customer("ramesh", 0, 10)
    assert (payment.id, payment.amount) == ("this", 6_000 * RUPEE)
    assert payment.allocations == [Allocation(invoice_id="this", amount=6_000 * RUPEE)]
    assert_books_are_sound(store)


def test_a_quantity_with_decimals_is_rounded_half_up_to_a_paisa_once(save):
    line = NewItem("wheat", Decimal("0.005"), 2425_00)

    posted = save(replace(order("a", 0), items=(line,)))

    assert posted.invoice.total_amount == 1213
    assert posted.invoice.items[0].quantity == Decimal("0.005")


def test_money_beyond_the_invoice_spreads_over_the_older_ones_then_becomes_advance(store, save):
    save(order("later", 300, due_in=30))
    save(order("sooner", 200, due_in=10))

    save(order("new", 1_000, 1_350))

    stands = {id: store.invoices.get(id).remaining_balance for id in ("later", "sooner", "new")}
    assert stands == {"later": 150 * RUPEE, "sooner": 0, "new": 0}
    assert store.invoices.get("sooner").status == Status.PAID
    assert balance_of(store, "ramesh").net == 150 * RUPEE

    save(order("newer", 100, 300))

    assert balance_of(store, "ramesh").net == -50 * RUPEE
    assert store.customers.get("ramesh").advance == 50 * RUPEE
    assert store.customers.get("ramesh").total_outstanding_balance == 0
    assert_books_are_sound(store)


def test_an_advance_is_used_on_the_next_invoice(store, save):
    save(order("first", 100, 400))

    posted = save(order("next", 500, 50))

    assert posted.invoice.previous_balance == -300 * RUPEE
    assert posted.invoice.amount_paid == 350 * RUPEE
    assert posted.invoice.advance_used == 300 * RUPEE
    assert posted.invoice.remaining_balance == 150 * RUPEE
    assert posted.invoice.balance_after == balance_of(store, "ramesh").net == 150 * RUPEE
    assert balance_of(store, "ramesh").advance == 0
    assert_books_are_sound(store)


def test_the_preview_tells_exactly_what_posting_then_does(store, save):
    save(order("first", 100, 400))
    asked = order("next", 500, 50)

    shown = preview(store, asked)

    assert balance_of(store, "ramesh").seq == 1, "a preview writes nothing"
    assert store.ledger.by_op("next") is None
    posted = save(asked, standing_on=shown.seq)
    assert (shown.seq, shown.before) == (posted.entry.seq - 1, posted.entry.before)
    assert (shown.total, shown.paid) == (posted.invoice.total_amount, posted.entry.paid)
    assert shown.advance_used == posted.invoice.advance_used == 300 * RUPEE
    assert shown.amount_paid == posted.invoice.amount_paid == 350 * RUPEE
    assert shown.remaining == posted.invoice.remaining_balance
    assert (shown.after, shown.advance_after) == (posted.entry.after, posted.entry.advance)


def test_the_balance_of_a_new_customer_is_nothing(store):
    stands = balance_of(store, "ramesh")

    assert (stands.seq, stands.net, stands.outstanding, stands.advance) == (0, 0, 0, 0)


def test_posting_again_shows_the_first_result(store, save):
    first = save(order("a", 500, 100))
    save(order("b", 50, 300))

    again = save(order("a", 500, 100))

    assert not first.repeated
    assert again.repeated
    assert (again.entry, again.invoice) == (first.entry, first.invoice)
    assert len(store.ledger.entries("ramesh")) == 2
    assert store.invoices.get("a").amount_paid == 350 * RUPEE, "what happened since stays"


def test_posting_again_does_not_mind_that_the_balance_is_another_by_then(save):
    first = save(order("a", 500), standing_on=0)

    assert save(order("a", 500), standing_on=0).entry == first.entry


@pytest.mark.parametrize(
    "other",
    [
        order("a", 501),
        order("a", 500, 1),
        order("a", 500, due_in=16),
        replace(order("a", 500), customer_id="suresh"),
        replace(order("a", 500), invoice_date=TODAY - dt.timedelta(days=1)),
        replace(order("a", 0), items=(NewItem("rice", Decimal(1), 500_00),)),
        replace(order("a", 0), items=(NewItem("wheat", Decimal(2), 250_00),)),
    ],
)
def test_one_operation_with_two_contents_is_refused_and_the_first_stands(store, save, other):
    first = save(order("a", 500))

    with pytest.raises(OperationConflict):
        save(other)

    assert store.ledger.entries("ramesh") == [first.entry]


def test_an_item_keeps_its_unit_and_another_unit_is_another_order(save):
    def sold(unit):
        return replace(order("a", 0), items=(NewItem("wheat", Decimal(1), 100, unit),))

    posted = save(sold("bags"))

    assert posted.invoice.items[0].unit == "bags"
    assert save(sold("bags")).repeated
    for other in ("q", ""):
        with pytest.raises(OperationConflict):
            save(sold(other))


def test_what_was_posted_before_there_were_units_is_the_same_order(save):
    asked = {
        "customer_id": "ramesh",
        "items": [["wheat", "1", 500_00]],
        "paid": 0,
        "invoice_date": TODAY.isoformat(),
        "due_date": (TODAY + dt.timedelta(days=15)).isoformat(),
    }

    assert save(order("a", 500)).entry.payload_hash == payload_hash(EntryKind.INVOICE, asked)


def test_a_quantity_written_differently_is_the_same_order(save):
    def weighing(quantity):
        return replace(order("a", 0), items=(NewItem("wheat", Decimal(quantity), 100),))

    save(weighing("52.5"))

    assert save(weighing("52.500")).repeated


def test_nothing_is_posted_on_another_balance_than_the_one_shown(store, save):
    shown = preview(store, order("mine", 100))
    save(order("someone else's", 500))

    with pytest.raises(BalanceChanged, match="has changed"):
        save(order("mine", 100), standing_on=shown.seq)

    assert store.ledger.by_op("mine") is None
    assert save(order("mine", 100), standing_on=1).invoice.previous_balance == 50_000


def test_nothing_is_posted_for_a_customer_who_is_not_there(store, save):
    with pytest.raises(NotThere):
        save(replace(order("a", 500), customer_id="nobody"))

    assert store.ledger.by_op("a") is None


def test_the_number_counts_within_the_financial_year_of_the_invoice_date(save):
    def dated(op, day):
        return save(replace(order(op, 1), invoice_date=day, due_date=day)).invoice.invoice_number

    assert dated("a", dt.date(2027, 3, 31)) == "26-27/00001"
    assert dated("b", dt.date(2027, 4, 1)) == "27-28/00001"
    assert dated("c", dt.date(2027, 3, 30)) == "26-27/00002"
    assert dated("d", dt.date(2027, 4, 2)) == "27-28/00002"


def test_the_financial_year_may_begin_in_another_month(save):
    june = replace(order("a", 1), invoice_date=dt.date(2026, 6, 30))

    assert save(june, numbering=Numbering(7)).invoice.invoice_number == "25-26/00001"


def test_the_paper_of_an_invoice_keeps_the_name_the_customer_had(store, save):
    save(order("a", 500))
    store.customers.update_profile("ramesh", {"name": "Ramesh & Sons"})

    save(order("b", 500))

    assert store.invoices.get("a").customer_name == "Ramesh"
    assert store.invoices.get("b").customer_name == "Ramesh & Sons"


def one_item(name="wheat", quantity="1", price=100):
    return (NewItem(name, Decimal(quantity), price),)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"items": ()}, InvalidText),
        ({"items": one_item() * 1001}, InvalidText),
        ({"items": one_item(name=" \t")}, InvalidText),
        ({"items": one_item(quantity="0")}, InvalidQuantity),
        ({"items": one_item(quantity="-1")}, InvalidQuantity),
        ({"items": one_item(quantity="0.0001")}, InvalidQuantity),
        ({"items": one_item(quantity="1E9")}, InvalidQuantity),
        ({"items": one_item(quantity="NaN")}, InvalidQuantity),
        ({"items": one_item(quantity="Infinity")}, InvalidQuantity),
        ({"items": one_item(price=-1)}, InvalidAmount),
        ({"items": one_item(quantity="0.001", price=MAX_PAISE + 1)}, InvalidAmount),
        ({"items": one_item(price=MAX_PAISE) + one_item()}, InvalidAmount),
        ({"paid": -1}, InvalidAmount),
        ({"paid": MAX_PAISE + 1}, InvalidAmount),
        ({"due_date": TODAY - dt.timedelta(days=1)}, InvalidDate),
    ],
)
def test_an_order_that_cannot_be_is_refused_in_words_before_anything_is_written(
    store, save, change, error
):
    wrong = replace(order("a", 500), **change)

    with pytest.raises(error, match=r"\w+ .*\."):
        preview(store, wrong)
    with pytest.raises(error):
        save(wrong)

    assert store.ledger.by_op("a") is None


def test_the_largest_order_that_can_be_is_posted(store, save):
    most = replace(order("a", 0), items=one_item(quantity="999999.999", price=1_000) * 1000)

    assert save(most).invoice == store.invoices.get("a")
    assert save(replace(order("b", 0), items=one_item(price=MAX_PAISE - 10**12 + 1000))).entry.seq

    with pytest.raises(InvalidAmount, match=r"99,99,99,99,999\.99"):
        save(order("c", 1))
