"""The checks of what shows the ledger, each shown documents with the one fault it is there for."""

import datetime as dt

import pytest

from bot.books_check import check_views
from bot.views import rebuild
from storage.models import Allocation, Customer, PaymentMethod, Status
from tests.bot.books import HALF, TODAY, Book, every_kind, taken_back_at_once

LATER = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


class Kept:
    """What is kept of a customer with these entries."""

    def __init__(self, entries):
        self.entries = entries
        balance, invoices, payments = rebuild(entries)
        self.customer = Customer(
            id="ramesh",
            name="Ramesh",
            applied_seq=balance.seq,
            total_outstanding_balance=balance.outstanding,
            advance=balance.advance,
        )
        self.invoices = {invoice.id: invoice for invoice in invoices}
        self.payments = {payment.id: payment for payment in payments}

    def faults(self):
        shown = self.invoices.values(), self.payments.values()
        return check_views(self.entries, self.customer, *shown)


@pytest.fixture
def kept():
    return Kept(every_kind())


@pytest.mark.parametrize("entries", [[], every_kind(), taken_back_at_once()])
def test_what_shows_sound_books_passes(entries):
    for end in range(len(entries) + 1):
        assert Kept(entries[:end]).faults() == []


@pytest.mark.parametrize(
    ("field", "wrong", "fault"),
    [
        ("applied_seq", 11, "The customer shows applied_seq 11, not 12"),
        (
            "total_outstanding_balance",
            301,
            "The customer shows total_outstanding_balance 3.01, not 3.00",
        ),
        ("advance", 0, "The customer shows advance 0.00, not 1.00"),
    ],
)
def test_a_customer_shows_what_the_entries_add_up_to(kept, field, wrong, fault):
    kept.customer = kept.customer.model_copy(update={field: wrong})

    assert kept.faults() == [fault]


@pytest.mark.parametrize(
    ("id", "field", "wrong", "fault"),
    [
        ("o", "amount_paid", 151, "amount_paid 1.51, not 1.50"),
        ("o", "remaining_balance", 250, "remaining_balance 2.50, not 1.00"),
        ("o", "status", Status.PAID, "status Paid, not Partial"),
        ("d", "status", Status.PARTIAL, "status Partial, not Unpaid"),
        ("a", "status", Status.CANCELLED, "status Cancelled, not Paid"),
        ("o", "open_due_date", None, "open_due_date nothing, not 2026-12-07"),
        ("a", "open_due_date", TODAY, "open_due_date 2026-11-22, not nothing"),
        ("a", "applied_seq", 6, "applied_seq 6, not 8"),
        ("c", "cancelled", None, "cancelled nothing, not Ravi"),
        ("c", "status", Status.PAID, "status Paid, not Cancelled"),
        ("c", "amount_paid", 100, "amount_paid 1.00, not 0.00"),
        ("c", "remaining_balance", 100, "remaining_balance 1.00, not 0.00"),
        ("a", "customer_id", "suresh", "customer_id suresh, not ramesh"),
        ("a", "customer_name", "Suresh", "customer_name Suresh, not Ramesh"),
        ("a", "total_amount", 5, "total_amount 0.05, not 5.00"),
        ("a", "items", [HALF], "other items than its entry"),
        ("a", "due_date", TODAY, "due_date 2026-11-22, not 2026-12-07"),
        ("c", "previous_balance", 0, "previous_balance 0.00, not 7.00"),
        ("c", "download_link", "x", "download_link x, not "),
    ],
)
def test_an_invoice_shows_its_paper_and_what_came_after(kept, id, field, wrong, fault):
    number = kept.invoices[id].invoice_number
    kept.invoices[id] = kept.invoices[id].model_copy(update={field: wrong})

    assert kept.faults() == [f"Invoice {number} shows {fault}"]


def test_the_number_of_an_invoice_is_its_papers(kept):
    kept.invoices["a"] = kept.invoices["a"].model_copy(update={"invoice_number": "26-27/00099"})

    (fault,) = kept.faults()
    assert fault.endswith("shows invoice_number 26-27/00099, not 26-27/00001")


@pytest.mark.parametrize(
    ("id", "field", "wrong", "fault"),
    [
        ("p", "amount", 1, "amount 0.01, not 3.50"),
        ("p", "customer_id", "suresh", "customer_id suresh, not ramesh"),
        ("p", "payment_date", LATER.date(), "payment_date 2026-11-23, not 2026-11-22"),
        ("c", "allocations", [], "other allocations than its entry"),
        ("p", "method", PaymentMethod.UPI, "method upi, not cash"),
        ("p", "reference", "42", "reference 42, not nothing"),
        ("p", "created_by_user_id", "x", "created_by_user_id x, not partner"),
        ("p", "created_by_name", "Asha", "created_by_name Asha, not Ravi"),
        ("p", "created_at", LATER, f"created_at {LATER}, not 2026-11-01 09:30:00+00:00"),
        ("p", "seq", 4, "seq 4, not 3"),
        ("p", "applied_seq", 3, "applied_seq 3, not 6"),
        ("p", "undone", None, "undone nothing, not Ravi"),
    ],
)
def test_a_payment_shows_its_entry_and_what_came_after(kept, id, field, wrong, fault):
    kept.payments[id] = kept.payments[id].model_copy(update={field: wrong})

    assert kept.faults() == [f"Payment {id} shows {fault}"]


def test_a_payment_says_where_the_money_went_and_not_what_an_advance_paid():
    book = Book()
    book.receive("p", 400)
    book.sell("a", 500, 100)
    kept = Kept(book.entries)
    assert kept.payments["a"].allocations == [Allocation(invoice_id="a", amount=100)]
    assert kept.faults() == []

    whole = [Allocation(invoice_id="a", amount=500)]
    kept.payments["a"] = kept.payments["a"].model_copy(update={"allocations": whole})
    assert kept.faults() == ["Payment a shows other allocations than its entry"]


def test_what_is_not_shown_is_missed(kept):
    del kept.invoices["a"]
    del kept.payments["q"]

    assert kept.faults() == ["Invoice 26-27/00001 is not shown", "Payment q is not shown"]


def test_what_no_entry_explains_is_named(kept):
    kept.invoices["z"] = kept.invoices["a"].model_copy(update={"id": "z"})
    kept.payments["y"] = kept.payments["p"].model_copy(update={"id": "y"})

    assert kept.faults() == [
        "Invoice z is shown, and in no entry",
        "Payment y is shown, and in no entry",
    ]


@pytest.mark.parametrize("id", ["a", "use", "cancel b", "undo p", "o"])
def test_only_money_that_came_is_a_payment(kept, id):
    kept.payments[id] = kept.payments["p"].model_copy(update={"id": id})

    assert f"Payment {id} is shown, and in no entry" in kept.faults()
