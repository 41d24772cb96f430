"""The firm's papers as PDF files, in any mix of the scripts that people type.

What draws them is a third of all that the bot loads: it comes with the first paper.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from bot.pdf.party import Firm, Party
from bot.receipts import Receipt
from bot.settlements import Settlement
from bot.statement import Statement
from storage.models import Invoice, InvoiceItem, Status

__all__ = ["Firm", "Party", "render_invoice", "render_receipt", "render_statement", "warm_up"]


def render_invoice(
    invoice: Invoice,
    *,
    firm: Firm,
    settlements: Sequence[Settlement] = (),
    account_moved: bool = False,
    zone: dt.tzinfo = dt.UTC,
    currency: str = "INR",
) -> bytes:
    """The invoice as a PDF, in the current language. The same invoice gives the same bytes.

    Args:
        invoice: as it stands; what was paid on it later is on the paper too.
        firm: who sends it, and on what paper.
        settlements: what stands paid on it, oldest first.
        account_moved: whether anything was posted on the customer's account after it.
        zone: the firm's, in which it was posted on one day or another.
        currency: ISO 4217 code.
    """
    from bot.pdf.invoice import draw_invoice  # noqa: PLC0415

    return draw_invoice(
        invoice,
        firm,
        settlements,
        account_moved=account_moved,
        zone=zone,
        currency=currency,
    )


def render_receipt(
    receipt: Receipt, *, firm: Firm, customer: Party, zone: dt.tzinfo, currency: str = "INR"
) -> bytes:
    """The receipt of a payment as a PDF, in the current language. The same gives the same bytes.

    Args:
        receipt: what was received, and what it did.
        firm: who received it, and on what paper that is said.
        customer: who paid.
        zone: the firm's, in which it says when the payment was recorded.
        currency: ISO 4217 code.
    """
    from bot.pdf.receipt import draw_receipt  # noqa: PLC0415

    return draw_receipt(receipt, firm, customer, zone, currency)


def render_statement(
    statement: Statement,
    *,
    firm: Firm,
    customer: Party,
    zone: dt.tzinfo,
    currency: str = "INR",
) -> bytes:
    """The statement as a PDF, in the current language. The same statement gives the same bytes.

    Args:
        statement: what stands on it; where its days are open, its rows name the first and last.
        firm: who sends it. It is always on A4.
        customer: whose account it is.
        zone: the firm's, in which each row says when it was posted.
        currency: ISO 4217 code.
    """
    from bot.pdf.statement import draw_statement  # noqa: PLC0415

    return draw_statement(statement, firm, customer, zone, currency)


def warm_up() -> bytes:
    """Make an invoice in every script, to be dropped, so that the first real one need not wait.

    It loads what draws, parses the fonts, and loads what the payment code and the formatting of
    dates and phone numbers load on first use.
    """
    words, day, phone = "wheat गेहूँ ਕਣਕ گندم", dt.date(2000, 1, 1), "+919876543210"
    invoice = Invoice(
        id="",
        customer_id="",
        customer_name=words,
        customer_phone=phone,
        created_by_user_id="",
        invoice_date=day,
        due_date=day,
        previous_balance=0,
        total_amount=100,
        amount_paid=0,
        remaining_balance=100,
        status=Status.UNPAID,
        items=[
            InvoiceItem(item_name=words, quantity=Decimal(1), price_per_unit=100, total_price=100)
        ],
        download_link="",
    )
    return render_invoice(invoice, firm=Firm(name=words, phone=phone, upi_id="a@b"))
