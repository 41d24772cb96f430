"""After an import the bot goes on from the old balances, as if it had been there all along."""

from decimal import Decimal

from bot.invoices import NewInvoice, NewItem, create_invoice
from bot.payments import NewPayment, record_payment
from bot.posting import balance_of
from bot.reversals import NewReversal, reverse
from storage.ids import new_id
from storage.models import Status, User
from tests.bot.importing.old_books import (
    BILL,
    PARTNER,
    RAMESH,
    customer,
    invoice,
    user,
)

BOOKS = ([customer()], [invoice()], [user()])


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


def test_the_years_own_numbers_begin_at_one_after_an_import(importing, clock):
    importing.run([customer()], [invoice(invoice_number="26-27/00001")])

    assert new_bill(importing, clock).invoice.invoice_number == "26-27/00001"
