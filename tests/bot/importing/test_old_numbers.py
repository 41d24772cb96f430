"""The numbers on old papers: kept where they can be, and never in the way of ours."""

import pytest

from tests.bot.importing.old_books import (
    BILL,
    bill,
    customer,
    invoice,
    user,
)

BOOKS = ([customer()], [invoice()], [user()])


@pytest.mark.parametrize(
    ("old", "kept"),
    [
        ("A/2024/17", "A/2024/17"),
        (" INV  17 ", "INV 17"),
        (1017, "1017"),
        ("x" * 16, "x" * 16),
        ("x" * 17, "OLD-00001"),
        ("KGM/2024/17", "KGM/2024/17"),
        ("26-27/00001", "OLD-00001"),
        ("2627/00001", "OLD-00001"),
        ("2024/00017", "OLD-00001"),
        ("KGM/2425/00017", "OLD-00001"),
        ("2024-08-01/17", "OLD-00001"),
        ("", "OLD-00001"),
    ],
    ids=[
        "kept",
        "tidied",
        "a number",
        "fits",
        "too long",
        "almost ours",
        "ours",
        "ours joined",
        "ours by calendar year",
        "ours with a prefix",
        "like a date",
        "none",
    ],
)
def test_an_old_number_is_kept_where_it_can_stay(importing, old, kept):
    importing.run([customer()], [invoice(invoice_number=old)])

    assert importing.store.invoices.get(BILL).invoice_number == kept
    assert importing.store.invoices.by_number(kept).id == BILL


def test_a_number_stays_with_whom_it_came_first_and_the_others_hear_of_it(planning):
    bills = [
        bill(1, _id="1", invoice_number="17"),
        bill(1, _id="2", invoice_number="17"),
        bill(1, _id="3", invoice_number="OLD-00001"),
    ]
    owes = customer(total_outstanding_balance=3)

    plan = planning.plan([owes], bills)

    numbers = [opening.invoice.invoice_number for opening in plan.openings]
    assert numbers == ["17", "OLD-00002", "OLD-00001"]
    (note,) = plan.notes
    assert note.endswith(
        "document 2, invoice “2”: its number “17” cannot stay, it becomes OLD-00002"
    )
