"""Old books brought in: what becomes of them."""

import datetime as dt
from decimal import Decimal

from bot.access import CodeSent, request_code
from bot.pdf import Firm, render_invoice
from bot.posting import balance_of
from storage.models import Allocation, Customer, EntryKind, InvoiceItem, Status, User
from tests.bot.importing.old_books import (
    BILL,
    PARTNER,
    RAMESH,
    bill,
    customer,
    invoice,
    item,
    user,
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


def test_an_item_may_have_a_unit(importing):
    sold = [item(unit=" Quintal "), item(unit=None), item(unit="sq ft"), item()]
    total = {"total_amount": 20_000, "amount_paid": 16_000}

    assert importing.run([customer()], [invoice(items=sold, **total)], [user()]) == 0

    shown = importing.store.invoices.get(BILL)
    assert [one.unit for one in shown.items] == ["quintal", "", "sq ft", ""]


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
