"""Old books brought in: what becomes of them, and that the bot goes on from there."""

import datetime as dt
from decimal import Decimal

import pytest

from bot.access import CodeSent, request_code
from bot.invoices import NewInvoice, NewItem, create_invoice
from bot.payments import NewPayment, record_payment
from bot.pdf import Firm, render_invoice
from bot.posting import balance_of
from bot.reversals import NewReversal, reverse
from storage.ids import new_id
from storage.models import Allocation, Customer, EntryKind, InvoiceItem, Status, User
from tests.bot.importing.old_books import (
    BILL,
    PARTNER,
    RAMESH,
    bill,
    customer,
    invoice,
    user,
    whole,
)

BOOKS = ([customer()], [invoice()], [user()])


def test_the_schemas_customer_is_kept_with_their_balance_in_paise(importing, clock):
    assert importing.run(*BOOKS) == 0

    assert importing.store.customers.get(RAMESH) == Customer(
        id=RAMESH,
        name="Customer Name",
        name_key="customer name",
        phone="+911234567890",
        email="customer@example.com",
        address="Customer Address",
        business_type="Retail",
        total_outstanding_balance=4_000_00,
        profile_image="url_to_customer_image.jpg",
        applied_seq=1,
        created_by_user_id="import",
        created_at=clock.now(),
        used_at=clock.now(),
    )


def test_the_schemas_invoice_is_one_opening_entry_with_all_that_stood_on_it(importing, clock):
    importing.run(*BOOKS)

    (entry,) = importing.store.ledger.entries(RAMESH)
    assert (entry.op, entry.kind, entry.seq) == (BILL, EntryKind.OPENING, 1)
    assert (entry.before, entry.amount, entry.after) == (0, 4_000_00, 4_000_00)
    assert entry.paid == 6_000_00
    assert entry.allocations == [Allocation(invoice_id=BILL, amount=6_000_00)]
    assert (entry.actor, entry.actor_name, entry.at) == (PARTNER, "Partner Name", clock.now())
    assert (entry.number_key, entry.invoice_number) == (None, "OLD-00001")
    shown = importing.store.invoices.get(BILL)
    assert shown == entry.invoice
    assert (shown.invoice_date, shown.due_date) == (dt.date(2024, 8, 1), dt.date(2024, 8, 15))
    assert shown.open_due_date == shown.due_date
    assert (shown.total_amount, shown.amount_paid) == (10_000_00, 6_000_00)
    assert (shown.remaining_balance, shown.status) == (4_000_00, Status.PARTIAL)
    assert shown.items == [
        InvoiceItem(
            item_name=name, quantity=Decimal(10), price_per_unit=500_00, total_price=5_000_00
        )
        for name in ("Product A", "Product B")
    ]
    assert (shown.customer_name, shown.customer_phone) == ("Customer Name", "+911234567890")
    assert (shown.created_by_name, shown.created_by_phone) == ("Partner Name", "+919876543211")
    assert shown.download_link == "invoice_url.pdf"


def test_what_had_been_paid_is_no_payment_of_ours(importing):
    importing.run(*BOOKS)

    assert importing.store.payments.count() == 0


def test_the_schemas_user_is_a_partner_who_can_sign_in(importing, clock):
    importing.run(*BOOKS)

    partner = importing.store.users.get(PARTNER)
    assert partner == User(
        id=PARTNER,
        name="Partner Name",
        phone="+919876543211",
        registration_date=dt.date(2024, 8, 1),
        profile_image="url_to_user_image.jpg",
    )
    sent = request_code(
        importing.store, clock, b"key", telegram_user_id=1, chat_id=1, phone=partner.phone
    )
    assert isinstance(sent, CodeSent)


def test_the_books_add_up_to_the_last_paisa(importing):
    bills = [bill(Decimal("0.01"), _id="1"), bill(Decimal("1234567.89"), Decimal("0.9"), _id="2")]
    thirds = invoice(
        _id="3",
        items=[
            {
                "item_name": "wheat",
                "quantity": Decimal("0.333"),
                "price_per_unit": Decimal("1.50"),
                "total_price": Decimal("0.50"),
            }
        ],
        total_amount=Decimal("0.50"),
        amount_paid=0,
        remaining_balance=Decimal("0.50"),
        status="Unpaid",
    )
    owes = customer(total_outstanding_balance=Decimal("1234567.50"))

    assert importing.run([owes], [*bills, thirds]) == 0

    assert balance_of(importing.store, RAMESH).net == 1_234_567_50


def test_a_customers_invoices_follow_one_another_by_date_then_by_id(importing):
    bills = [
        bill(10, _id="10", invoice_date="2024-02-01", due_date="2024-02-01"),
        bill(1, _id="9", invoice_date="2024-02-01", due_date="2024-02-01"),
        bill(100, _id="1", invoice_date="2024-03-01", due_date="2024-03-01"),
        bill(1000, _id="2", invoice_date="2024-01-01", due_date="2024-12-01"),
    ]
    importing.run([customer(total_outstanding_balance=1111)], bills)

    entries = importing.store.ledger.entries(RAMESH)
    assert [entry.amount // 100 for entry in entries] == [1000, 1, 10, 100]
    assert [entry.invoice_number for entry in entries] == [f"OLD-0000{n}" for n in (1, 2, 3, 4)]
    assert [entry.invoice.previous_balance for entry in entries] == [0, 100000, 100100, 101100]
    oldest_due_first = [one.number for one in entries[-1].open]
    assert oldest_due_first == ["OLD-00002", "OLD-00003", "OLD-00004", "OLD-00001"]


def test_what_was_paid_on_an_invoice_stays_on_it(importing):
    """Money of today would go to the oldest first; these payments are long made."""
    bills = [
        bill(100, _id="1", invoice_date="2024-01-01", due_date="2024-01-01"),
        bill(100, 100, _id="2", invoice_date="2024-02-01", due_date="2024-02-01"),
    ]
    importing.run([customer(total_outstanding_balance=100)], bills)

    paid = [one.amount_paid for one in importing.store.invoices.of_customer(RAMESH, 0, 5)]
    assert sorted(paid) == [0, 100_00]


@pytest.mark.parametrize(
    ("old", "kept"),
    [
        ("A/2024/17", "A/2024/17"),
        (" INV  17 ", "INV 17"),
        (1017, "1017"),
        ("x" * 16, "x" * 16),
        ("x" * 17, "OLD-00001"),
        ("26-27/00001", "OLD-00001"),
        ("2024-08-01/17", "OLD-00001"),
        ("", "OLD-00001"),
    ],
    ids=["kept", "tidied", "a number", "fits", "too long", "one of ours", "like a date", "none"],
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


def test_the_years_own_numbers_begin_at_one_after_an_import(importing, clock):
    importing.run([customer()], [invoice(invoice_number="26-27/00001")])

    assert new_bill(importing, clock).invoice.invoice_number == "26-27/00001"


def test_who_is_not_among_the_users_is_named_import(importing):
    importing.run([customer()], [invoice(created_by_user_id="somebody")])

    (entry,) = importing.store.ledger.entries(RAMESH)
    assert (entry.actor, entry.actor_name) == ("import", "Import")
    # The name stands on the paper's head: better none.
    assert (entry.invoice.created_by_user_id, entry.invoice.created_by_name) == ("import", "")
    assert render_invoice(entry.invoice, firm=Firm(name=entry.invoice.created_by_name))


def test_a_partner_of_an_earlier_import_made_it(importing):
    importing.run(users=[user()])

    importing.run([customer()], [invoice()])

    (entry,) = importing.store.ledger.entries(RAMESH)
    assert entry.actor == PARTNER


def test_a_dry_run_says_it_all_and_writes_nothing(importing, capsys):
    importing.run([customer(_id="other", phone=None, total_outstanding_balance=0)])
    before = whole(importing.store)
    capsys.readouterr()

    assert importing.run(*BOOKS, dry_run=True) == 0

    assert whole(importing.store) == before
    assert capsys.readouterr().out == (
        "Customers       1 new      0 in the books already\n"
        "Invoices        1 new      0 in the books already\n"
        "Partners        1 new      0 in the books already\n"
        "\n"
        "Partners, who will be able to sign in\n"
        "  Partner Name, +91 98765 43211\n"
        "\n"
        "What customers will owe\n"
        "  ₹4,000.00  Customer Name, 1 invoice\n"
        "  ₹4,000.00  to collect in all\n"
        "\n"
        "This was a dry run: nothing was brought in.\n"
    )


def test_unknown_fields_are_listed_and_left_out(importing, capsys):
    extra = {"createdAt": "2024-08-01", "__v": 0}

    assert importing.run([customer(**extra)], [invoice(**extra)]) == 0

    said = capsys.readouterr().out
    assert "Ignored\n  “__v” of customers: 1\n  “__v” of invoices: 1\n  “createdAt” of" in said


@pytest.mark.parametrize("dry_run", [False, True])
def test_what_is_refused_in_one_document_keeps_all_of_them_out(importing, capsys, dry_run):
    before = whole(importing.store)

    code = importing.run([customer()], [invoice(status="Void")], [user()], dry_run=dry_run)

    assert code == 1
    assert whole(importing.store) == before
    said = capsys.readouterr().out
    assert "\nRefused: 1\n" in said
    assert "document 1, invoice “unique_invoice_id”: status is “Void”" in said
    assert said.endswith("Nothing was brought in. Correct what is refused, then import again.\n")


def test_twice_is_once(importing, clock, capsys):
    importing.run(*BOOKS)
    once = whole(importing.store)
    clock.advance(days=1)
    capsys.readouterr()

    assert importing.run(*BOOKS) == 0

    assert whole(importing.store) == once
    said = capsys.readouterr().out
    assert "Customers       0 new      1 in the books already" in said
    assert "Invoices        0 new      1 in the books already" in said
    assert "Partners        0 new      1 in the books already" in said
    assert "It was all in the books before." in said


def test_more_invoices_of_the_same_customer_may_follow(importing):
    importing.run([customer()], [invoice()])

    code = importing.run(
        [customer()], [invoice(), bill(100, 100, _id="2", invoice_date="2024-08-02")]
    )

    assert code == 0
    assert [one.invoice_number for one in importing.store.ledger.entries(RAMESH)] == [
        "OLD-00001",
        "OLD-00002",
    ]


def new_bill(importing, clock, paid=0):
    order = NewInvoice(
        op=new_id(),
        customer_id=RAMESH,
        items=(NewItem("wheat", Decimal(1), 100_00),),
        paid=paid,
        invoice_date=clock.today(),
        due_date=clock.today(),
    )
    partner = User(id="p", name="Gurpreet", phone="+919", registration_date=clock.today())
    return create_invoice(importing.store, clock, order, by=partner, link=str, standing_on=None)


def test_trade_goes_on_from_the_old_balance(importing, clock):
    importing.run(*BOOKS)
    partner = importing.store.users.get(PARTNER)

    posted = new_bill(importing, clock, paid=50_00)
    assert posted.invoice.previous_balance == 4_000_00
    assert posted.invoice.balance_after == 4_050_00

    payment = NewPayment(new_id(), RAMESH, 4_010_00, clock.today())
    record_payment(importing.store, clock, payment, by=partner, standing_on=2)
    old = importing.store.invoices.get(BILL)
    assert (old.remaining_balance, old.status) == (0, Status.PAID)
    assert balance_of(importing.store, RAMESH).net == 40_00

    assert importing.run(*BOOKS) == 0, "the books add up, and nothing comes twice"


def test_an_old_invoice_is_cancelled_like_any_other(importing, clock):
    importing.run(*BOOKS)
    partner = importing.store.users.get(PARTNER)

    order = NewReversal(new_id(), "brought in by mistake", invoice_id=BILL)
    reverse(importing.store, clock, order, by=partner, standing_on=1)

    assert importing.store.invoices.get(BILL).status is Status.CANCELLED
    assert balance_of(importing.store, RAMESH).advance == 6_000_00
    assert importing.run(*BOOKS) == 0, "the books add up, and it does not come back"
    assert importing.store.invoices.get(BILL).status is Status.CANCELLED
