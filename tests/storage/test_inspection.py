"""The books as they are kept: right or wrong, every document is read."""

import pytest

from bot.views import rebuild
from storage.models import Invoice, Payment
from tests.bot.books import every_kind, keep


@pytest.fixture
def kept(store):
    """The store with the books of ramesh, and with suresh, who has none."""
    keep(store, every_kind())
    return store


def change(store, collection, id, **fields):
    store._database[collection].update_one({"_id": id}, {"$set": fields})


def test_all_of_one_customer_is_read_without_a_flaw(kept):
    entries = every_kind()
    _balance, invoices, payments = rebuild(entries)

    books = kept.inspection.books_of("ramesh")

    assert books.customer.document == kept.customers.get("ramesh")
    assert [one.document for one in books.entries] == entries
    assert {one.id: one.document for one in books.invoices} == {one.id: one for one in invoices}
    assert {one.id: one.document for one in books.payments} == {one.id: one for one in payments}


@pytest.mark.parametrize("page", [1, 2, 3, 4, 5, 12])
def test_however_many_there_are(kept, monkeypatch, page):
    whole = kept.inspection.books_of("ramesh")
    monkeypatch.setattr("storage.inspection.PAGE", page)

    assert kept.inspection.books_of("ramesh") == whole


def test_of_who_is_not_there_nothing_is(kept):
    books = kept.inspection.books_of("nobody")

    assert (books.customer, books.invoices, books.payments, books.entries) == (None, [], [], [])


def test_a_document_that_cannot_be_read_says_why_and_holds_up_nothing(kept):
    change(kept, "customers", "ramesh", advance=-5)
    change(kept, "invoices", "a", status="Lost", applied_seq="many")
    change(kept, "payments", "p", amount="much")
    change(kept, "ledger", "b", kind="gift")

    books = kept.inspection.books_of("ramesh")

    assert books.customer.document is None
    assert books.customer.flaw.startswith("advance: ")
    (invoice,) = [one for one in books.invoices if one.document is None]
    assert invoice.flaw.startswith("status: ")
    assert (invoice.id, invoice.applied_seq) == ("a", "many")
    assert [one.flaw[:7] for one in books.payments if one.document is None] == ["amount:"]
    assert [one.flaw[:5] for one in books.entries if one.document is None] == ["kind:"]
    assert len(books.entries) == 12


def test_the_fields_that_are_the_stores_own_are_looked_at_too(kept):
    """What reminders ask by, and the place that makes an entry the next one."""
    change(kept, "invoices", "o", open_due_day=20261231)
    change(kept, "invoices", "d", open_due_place="ravi:20261222")
    change(kept, "invoices", "a", open_due_day=20261231)
    change(kept, "ledger", "q", position="ramesh:00000099")

    books = kept.inspection.books_of("ramesh")

    flaws = [one.flaw for one in (*books.invoices, *books.entries) if one.flaw]
    assert sorted(flaws) == [
        "open_due_day: 20261231 is not 20261207",
        "open_due_day: 20261231 is not None",
        "open_due_place: ravi:20261222 is not partner:20261222",
        "position: ramesh:00000099 is not ramesh:00000011",
    ]


def test_who_is_named_anywhere_counts_as_a_customer(kept):
    assert kept.inspection.customer_ids() == ["ramesh", "suresh"]

    change(kept, "invoices", "a", customer_id="by an invoice")
    change(kept, "payments", "p", customer_id="by a payment")
    change(kept, "ledger", "a", customer_id="by an entry")
    change(kept, "ledger", "b", customer_id=7)

    assert kept.inspection.customer_ids() == [
        *("by a payment", "by an entry", "by an invoice", "ramesh", "suresh"),
    ]


def test_a_customer_whose_id_is_all_digits_is_one_like_any_other(kept):
    """One in eighty thousand ids is: 24 hexadecimal digits, none of them a letter."""
    digits = "6" * 24
    kept._database["customers"].insert_one({"_id": digits})
    change(kept, "invoices", "a", customer_id=digits)
    change(kept, "payments", "p", customer_id=digits)
    change(kept, "ledger", "a", customer_id=digits, position=f"{digits}:00000001")

    assert kept.inspection.customer_ids() == [digits, "ramesh", "suresh"]
    books = kept.inspection.books_of(digits)
    assert books.customer.id == digits
    assert [one.id for one in (*books.invoices, *books.payments, *books.entries)] == [
        "a",
        "p",
        "a",
    ]


def test_everything_is_counted_whoever_it_is_of(kept):
    change(kept, "payments", "p", customer_id=None)
    counts = kept.inspection.counts()

    assert (counts.entries, counts.invoices, counts.payments) == (12, 5, 4)


def test_numbers_come_in_their_order_page_by_page(kept, monkeypatch):
    monkeypatch.setattr("storage.inspection.PAGE", 2)

    numbers = list(kept.inspection.numbers())

    assert [key - 2026 * 10_000_000 for key, _number in numbers] == [1, 2, 3, 4, 5]
    assert [number for _key, number in numbers] == [f"26-27/0000{n}" for n in range(1, 6)]


def test_a_view_is_found_whoever_it_is_of(kept):
    assert kept.inspection.view(Invoice, "a").document == kept.invoices.get("a")
    assert kept.inspection.view(Payment, "z") is None


def test_a_view_that_is_set_back_gives_way_to_the_ledgers(kept):
    right = kept.payments.get("p")
    change(kept, "payments", "p", amount=1, applied_seq="many")
    kept.payments.bring_up_to(right)
    assert kept.inspection.view(Payment, "p").document is None

    kept.inspection.set_back(Payment, "p", "many", -1)
    kept.payments.bring_up_to(right)
    assert kept.payments.get("p") == right


def test_a_view_that_was_written_meanwhile_is_not_set_back(kept):
    kept.inspection.set_back(Invoice, "a", 3, -1)

    assert kept.invoices.get("a").applied_seq == 8
