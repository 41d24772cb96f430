"""What an invoice does to a customer's balance: the rules, without any storage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.books_check import check_customer
from bot.entries import decide_invoice
from bot.errors import InvalidAmount
from bot.ledger import balance, payload_hash
from bot.views import rebuild, views
from storage.models import Allocation, EntryKind, Invoice, LedgerEntry, Status
from storage.types import MAX_PAISE
from tests.bot.asking import asking
from tests.bot.ledger_of_one import FIRST_DAY, bill

RUPEE = 100


def posted(*orders: tuple[Invoice, int]) -> list[LedgerEntry]:
    """The entries of one customer who is given these invoices, with this much paid on each."""
    entries: list[LedgerEntry] = []
    for serial, (invoice, paid) in enumerate(orders, 1):
        head = entries[-1] if entries else None
        entries.append(
            decide_invoice(head, invoice, paid=paid, number_key=serial, asking=asking(invoice.id))
        )
    return entries


def open_of(entry: LedgerEntry) -> dict[str, int]:
    return {invoice.invoice_id: invoice.due for invoice in entry.open}


def given_to(entry: LedgerEntry) -> dict[str, int]:
    return {part.invoice_id: part.amount for part in entry.allocations}


def test_the_example_of_the_schema():
    _, entry = posted((bill("1", 2_000 * RUPEE), 0), (bill("2", 10_000 * RUPEE), 6_000 * RUPEE))

    invoice = entry.invoice
    assert invoice.previous_balance == 2_000 * RUPEE
    assert invoice.total_amount == 10_000 * RUPEE
    assert invoice.amount_paid == 6_000 * RUPEE
    assert invoice.remaining_balance == 4_000 * RUPEE
    assert invoice.status == Status.PARTIAL
    assert invoice.open_due_date == invoice.due_date
    assert (entry.before, entry.amount, entry.after) == (200_000, 400_000, 600_000)
    assert open_of(entry) == {"1": 200_000, "2": 400_000}


def test_a_first_invoice_starts_from_nothing():
    (entry,) = posted((bill("1", 500), 0))

    assert (entry.seq, entry.before, entry.after) == (1, 0, 500)
    assert entry.invoice.status == Status.UNPAID
    assert entry.allocations == []


def test_an_invoice_paid_at_once_leaves_nothing_open():
    (entry,) = posted((bill("1", 500), 500))

    assert entry.invoice.status == Status.PAID
    assert entry.invoice.open_due_date is None
    assert (entry.open, entry.advance, entry.after) == ([], 0, 0)


def test_what_is_paid_beyond_everything_open_becomes_advance():
    (entry,) = posted((bill("1", 500), 800))

    assert entry.invoice.amount_paid == 500
    assert given_to(entry) == {"1": 500}
    assert (entry.advance, entry.after) == (300, -300)
    assert entry.invoice.balance_after == -300


def test_an_advance_pays_for_the_next_invoice_by_itself_and_says_so():
    *_, entry = posted((bill("1", 500), 800), (bill("2", 1_000), 0))

    assert entry.before == -300
    assert entry.invoice.previous_balance == -300
    assert entry.invoice.amount_paid == 300
    assert entry.invoice.advance_used == 300
    assert entry.invoice.remaining_balance == 700
    assert entry.invoice.status == Status.PARTIAL
    assert (entry.advance, entry.after) == (0, 700)


def test_an_advance_pays_only_what_the_money_handed_over_does_not():
    *_, entry = posted((bill("1", 500), 800), (bill("2", 1_000), 900))

    assert entry.invoice.advance_used == 100
    assert entry.invoice.amount_paid == 1_000
    assert (entry.open, entry.advance, entry.after) == ([], 200, -200)


def test_an_advance_larger_than_the_invoice_stays_for_the_one_after():
    *_, entry = posted((bill("1", 500), 5_000), (bill("2", 1_000), 0))

    assert entry.invoice.status == Status.PAID
    assert (entry.invoice.advance_used, entry.advance, entry.after) == (1_000, 3_500, -3_500)


def test_too_much_money_goes_to_the_oldest_due_first_then_to_advance():
    *_, entry = posted(
        (bill("late", 300, due_in=30), 0),
        (bill("soon", 200, due_in=10), 0),
        (bill("new", 1_000, due_in=5), 1_350),
    )
    assert given_to(entry) == {"new": 1_000, "soon": 200, "late": 150}
    assert open_of(entry) == {"late": 150}
    assert entry.advance == 0

    *_, entry = posted(
        (bill("late", 300, due_in=30), 0),
        (bill("soon", 200, due_in=10), 0),
        (bill("new", 1_000, due_in=5), 1_600),
    )
    assert open_of(entry) == {}
    assert entry.advance == 100


def test_of_two_due_on_the_same_day_the_lower_number_is_paid_first():
    *_, entry = posted(
        (bill("a", 300, number="26-27/100000"), 0),
        (bill("b", 300, number="26-27/99999"), 0),
        (bill("c", 100), 150),
    )
    assert given_to(entry) == {"c": 100, "b": 50}


def test_no_balance_passes_what_the_books_can_hold():
    (entry,) = posted((bill("1", MAX_PAISE), 0))
    assert entry.after == MAX_PAISE

    with pytest.raises(InvalidAmount, match=r"99,99,99,99,999\.99"):
        posted((bill("1", MAX_PAISE), 0), (bill("2", 1), 0))
    with pytest.raises(InvalidAmount):
        posted((bill("1", 1), MAX_PAISE + 1))
    with pytest.raises(InvalidAmount):
        posted((bill("1", 0), MAX_PAISE), (bill("2", 0), 1))


def test_money_for_an_older_invoice_shows_on_that_invoice():
    entries = posted((bill("1", 300), 0), (bill("2", 100), 200))

    shown = views(entries[-1], {"1": entries[0]}.__getitem__)

    new, older = shown.invoices
    assert (new.id, new.status, new.applied_seq) == ("2", Status.PAID, 2)
    assert (older.id, older.status, older.applied_seq) == ("1", Status.PARTIAL, 2)
    assert (older.amount_paid, older.remaining_balance) == (100, 200)
    assert older.previous_balance == 0, "the paper of the older invoice stays as it was"


def test_the_payment_is_the_money_handed_over_without_the_advance_it_met():
    entries = posted((bill("1", 500), 800), (bill("2", 1_000), 400))

    shown = views(entries[-1], {}.__getitem__)

    assert given_to(entries[-1]) == {"2": 700}
    assert shown.payment.amount == 400
    assert shown.payment.allocations == [Allocation(invoice_id="2", amount=400)]
    assert shown.payment.payment_date == FIRST_DAY


def test_an_invoice_that_only_an_advance_pays_for_is_no_payment():
    entries = posted((bill("1", 500), 800), (bill("2", 100), 0))

    assert views(entries[-1], {}.__getitem__).payment is None


def test_money_with_an_invoice_of_nothing_is_a_payment_on_the_older_ones():
    entries = posted((bill("1", 500), 0), (bill("2", 0), 200))

    payment = views(entries[-1], {"1": entries[0]}.__getitem__).payment

    assert payment.allocations == [Allocation(invoice_id="1", amount=200)]


def test_the_same_order_has_the_same_hash_whatever_the_order_of_its_fields():
    asked = {"customer_id": "रमेश", "paid": 5}

    assert payload_hash(EntryKind.INVOICE, asked) == payload_hash(
        EntryKind.INVOICE, dict(reversed(asked.items()))
    )
    assert len(payload_hash(EntryKind.INVOICE, asked)) == 64
    for other in ({**asked, "paid": 6}, {**asked, "paid": "5"}, {"paid": 5}):
        assert payload_hash(EntryKind.INVOICE, other) != payload_hash(EntryKind.INVOICE, asked)
    assert payload_hash(EntryKind.PAYMENT, asked) != payload_hash(EntryKind.INVOICE, asked)


AMOUNTS = st.integers(min_value=0, max_value=500)
ORDERS = st.lists(st.tuples(AMOUNTS, AMOUNTS, st.integers(0, 5)), max_size=12)


@given(ORDERS)
def test_any_sequence_of_invoices_agrees_with_a_plain_count(orders):
    """The model: a dict of what is owed on each invoice, and one number for the advance."""
    entries = posted(
        *((bill(str(n), total, due_in=days), paid) for n, (total, paid, days) in enumerate(orders))
    )
    due: dict[str, int] = {}
    advance = 0
    for n, (total, paid, _days) in enumerate(orders):
        entry = entries[n]
        due[str(n)] = total
        for id, amount in given_to(entry).items():
            assert 0 < amount <= due[id]
            due[id] -= amount
        advance += paid - sum(given_to(entry).values())
        assert open_of(entry) == {id: left for id, left in due.items() if left}
        assert entry.advance == advance >= 0
        assert entry.after == sum(due.values()) - advance
        assert not (advance and entry.open), "nobody is asked for money while the firm holds some"
    assert entries == [] or entries[-1].after == sum(o[0] for o in orders) - sum(
        o[1] for o in orders
    )
    assert check_customer(entries) == []


@given(ORDERS)
def test_the_views_are_what_the_entries_rebuild_in_whatever_steps(orders):
    entries = posted(
        *((bill(str(n), total, due_in=days), paid) for n, (total, paid, days) in enumerate(orders))
    )
    stands, invoices, payments = rebuild(entries)

    assert stands == balance(entries[-1] if entries else None)
    assert {invoice.id: invoice.remaining_balance for invoice in invoices} == {
        str(n): {part.invoice_id: part.due for part in stands.open}.get(str(n), 0)
        for n in range(len(orders))
    }
    assert sum(payment.amount for payment in payments) == sum(paid for _, paid, _ in orders)
    assert rebuild(LedgerEntry.read(entry.stored()) for entry in entries) == (
        stands,
        invoices,
        payments,
    )
