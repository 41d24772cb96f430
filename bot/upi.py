"""The link that a UPI app reads out of a QR code: to whom, how much, and for which invoice.

After NPCI's UPI Linking Specifications 1.6 (November 2017), where ``pa`` and ``pn`` must be there,
``am`` is in rupees with two decimals, ``tn`` is the note that both sides read, and ``tr`` is the
payee's own reference. Where the specification leaves room:

* ``@`` stands as it is, as in the specification's own examples; RFC 3986 allows it in a query.
  Some apps read ``%40`` as `` 40`` (https://github.com/drenther/upi_pay/issues/15).
* ``tr`` has ASCII letters and digits alone: what NPCI holds a transaction's id to since February
  2025, so no app can object to it. The number as it is printed stands in ``tn``.
* There is no largest amount. Most payees take at most ₹1,00,000 at once, some five or ten times
  as much: the payer's app knows, and says so.
"""

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from bot.numerals import ascii_digits
from bot.text import tidy
from bot.whatsapp import shortened
from storage.models import Invoice, Status

if TYPE_CHECKING:
    from bot.pdf import Firm  # which draws the link

CURRENCY = "INR"
"""The only one that UPI moves."""

_NAME_ROOM = 120
"""Of the link: forty Latin letters with room to spare, thirteen of Hindi."""

_NOTE_LIMIT = 50
_REFERENCE_LIMIT = 35


def invoice_pay_uri(invoice: Invoice, firm: "Firm", currency: str) -> str | None:
    """The link that pays what is left on this invoice; None where there is none to give.

    That is when nothing remains, it is cancelled, the firm has no UPI id, or ``currency`` (ISO
    4217) is not the rupee of India.
    """
    if currency != CURRENCY or not firm.upi_id:
        return None
    if invoice.status is Status.CANCELLED or not invoice.remaining_balance:
        return None
    return pay_uri(
        firm.upi_id, firm.name, invoice.remaining_balance, number=invoice.invoice_number
    )


def pay_uri(upi_id: str, name: str, paise: int, *, number: str) -> str:
    """``upi://pay?pa=…&pn=…&am=125000.50&cu=INR&tn=Invoice%2026-27/00042&tr=262700042``.

    Args:
        upi_id: whom it pays, as ``bot.firm.parse_upi_id`` keeps it.
        name: of whom it pays; the app shows the bank's own name beside it.
        paise: how much.
        number: of the invoice that it is for.

    Raises:
        ValueError: ``paise`` is not more than zero.
    """
    if paise <= 0:
        raise ValueError(f"{paise} paise: a payment is of more than nothing")
    fields = {
        "pa": upi_id,
        # The app shows the bank's own name: the longer this, the finer the code.
        "pn": shortened(tidy(name), _NAME_ROOM),
        "am": f"{paise // 100}.{paise % 100:02}",
        "cu": CURRENCY,
        # In English: the banks that carry it promise ASCII at most.
        "tn": f"Invoice {tidy(number)}"[:_NOTE_LIMIT],
        "tr": _reference(number),
    }
    given = {key: value for key, value in fields.items() if value}
    return "upi://pay?" + urlencode(given, safe="@/", quote_via=quote)


def _reference(number: str) -> str:
    plain = ascii_digits(number)
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())[
        :_REFERENCE_LIMIT
    ]
