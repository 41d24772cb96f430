"""The checks of the books, each shown books with the one fault it is there for."""

import datetime as dt

import pytest

from bot.books_check import check_customer, check_numbers, check_views
from bot.entries import decide_invoice
from bot.numbering import number_key
from bot.views import rebuild
from storage.models import Allocation, Customer, Invoice, Status
from tests.bot.asking import asking

TODAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def bill(id: str, total: int) -> Invoice:
    return Invoice(
        id=id,
        customer_id="ramesh",
        created_by_user_id="partner",
        invoice_date=TODAY,
        due_date=TODAY,
        previous_balance=0,
        total_amount=total,
        amount_paid=0,
        remaining_balance=total,
        status=Status.UNPAID,
        items=[],
        download_link="",
        created_at=NOON,
    )


@pytest.fixture
def entries():
    """Three invoices: one left open, one that pays a part of the first, one paid too much."""
    posted = []
    for serial, (total, paid) in enumerate([(500, 0), (100, 200), (100, 600)], 1):
        head = posted[-1] if posted else None
        key = number_key(2026, serial)
        invoice = bill(f"inv{serial}", total)
        posted.append(
            decide_invoice(head, invoice, paid=paid, number_key=key, asking=asking(invoice.id))
        )
    return posted


def altered(entries, place, **fields):
    return [
        entry.model_copy(update=fields) if n == place else entry for n, entry in enumerate(entries)
    ]


def test_sound_books_pass(entries):
    assert check_customer([]) == []
    assert check_customer(entries) == []
    assert check_numbers(entries) == []


@pytest.mark.parametrize(
    ("place", "fields", "fault"),
    [
        (1, {"seq": 3}, "has seq 3 in place 2"),
        (1, {"before": 400}, "inv2 starts at 400, where inv1 ended at 500"),
        (1, {"amount": 7}, "500 + 7 is not 400"),
        (0, {"before": 9, "amount": 491}, "is the first, but starts at 9"),
        (1, {"paid": 0}, "uses more advance than there was"),
        (1, {"open": []}, "inv2 carries [], but open is {'inv1': 400}"),
        (2, {"advance": 90}, "carries an advance of 90, not 100"),
        (2, {"after": 0, "amount": -400}, "ends at 0, not at what is open less advance"),
        (
            1,
            {"allocations": [Allocation(invoice_id="inv1", amount=600)]},
            "inv2 pays inv1 more than it is",
        ),
        (
            0,
            {"allocations": [Allocation(invoice_id="elsewhere", amount=1)]},
            "inv1 pays elsewhere more than it is",
        ),
    ],
)
def test_a_fault_is_named(entries, place, fields, fault):
    assert any(fault in error for error in check_customer(altered(entries, place, **fields)))


@pytest.mark.parametrize("serial", [2, 9])
def test_a_number_used_twice_or_left_out_is_named(entries, serial):
    (error,) = check_numbers(altered(entries, 2, number_key=number_key(2026, serial)))

    assert error == f"the numbers of 2026 are not 1 to 3: [1, 2, {serial}]"


def test_each_year_counts_from_one(entries):
    assert check_numbers(altered(entries, 2, number_key=number_key(2027, 1))) == []


def test_views_that_differ_from_the_entries_are_named(entries):
    balance, invoices, payments = rebuild(entries)
    customer = Customer(
        id="ramesh",
        name="Ramesh",
        applied_seq=balance.seq,
        total_outstanding_balance=balance.outstanding,
        advance=balance.advance,
    )
    assert check_views(entries, customer, invoices, payments) == []

    behind = customer.model_copy(update={"applied_seq": 2})
    wrong = invoices[0].model_copy(update={"amount_paid": 1})
    (error,) = check_views(entries, behind, invoices, payments)
    assert error == "ramesh shows (2, 0, 100), not (3, 0, 100)"
    (error,) = check_views(entries, customer, [wrong, *invoices[1:]], payments)
    assert error.startswith("invoice inv1 is ")
    (error,) = check_views(entries, customer, invoices, payments[1:])
    assert error.startswith("payment inv2 is None, not ")
