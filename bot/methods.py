"""How money comes: the methods in words, and money in one line, such as ``20000 upi 4821``."""

from dataclasses import dataclass

from bot.i18n import _
from bot.money import parse_amount
from bot.text import clean_line
from storage.models import PaymentMethod

REFERENCE_LIMIT = 40

SPOKEN = {
    "cash": PaymentMethod.CASH,
    "nakad": PaymentMethod.CASH,
    "naqad": PaymentMethod.CASH,
    "नकद": PaymentMethod.CASH,
    "ਨਕਦ": PaymentMethod.CASH,
    "نقد": PaymentMethod.CASH,
    "bank": PaymentMethod.BANK,
    "neft": PaymentMethod.BANK,
    "rtgs": PaymentMethod.BANK,
    "imps": PaymentMethod.BANK,
    "बैंक": PaymentMethod.BANK,
    "ਬੈਂਕ": PaymentMethod.BANK,
    "بینک": PaymentMethod.BANK,
    "upi": PaymentMethod.UPI,
    "cheque": PaymentMethod.CHEQUE,
    "check": PaymentMethod.CHEQUE,
    "चेक": PaymentMethod.CHEQUE,
    "ਚੈੱਕ": PaymentMethod.CHEQUE,
    "چیک": PaymentMethod.CHEQUE,
    "other": PaymentMethod.OTHER,
}
"""What people call them, casefolded."""


@dataclass(frozen=True)
class Money:
    """Money as it was said. ``amount`` is paise; ``method`` is None where none was named."""

    amount: int
    method: PaymentMethod | None = None
    reference: str | None = None


def method_word(method: PaymentMethod) -> str:
    """The method in the reader's language; the stored word stays English."""
    return {
        PaymentMethod.CASH: _("cash"),
        PaymentMethod.BANK: _("bank"),
        PaymentMethod.UPI: _("UPI"),
        PaymentMethod.CHEQUE: _("cheque"),
        PaymentMethod.OTHER: _("other"),
    }[method]


def how(method: PaymentMethod, reference: str | None) -> str:
    """``UPI · UTR 4821``: the method, and its reference where there is one."""
    return " · ".join(part for part in (method_word(method), reference) if part)


def parse_method(text: str) -> PaymentMethod | None:
    """The method that was named, if it is one."""
    return SPOKEN.get(text.strip().casefold())


def parse_reference(text: str) -> str:
    """A cheque's or a transfer's number, or any other note of one line.

    Raises:
        InvalidText: it is empty, or too long.
    """
    return clean_line(text, field=_("reference"), limit=REFERENCE_LIMIT, example="UTR 4821")


def parse_money(text: str, *, currency: str) -> Money:
    """An amount, and what may follow it: the method, then the reference.

    Raises:
        InvalidAmount: there is no amount in it.
        InvalidText: the reference is too long.
    """
    words = text.split()
    for at, word in enumerate(words[1:], 1):
        method = parse_method(word)
        if method is not None:
            amount = parse_amount(" ".join(words[:at]), currency=currency)
            rest = " ".join(words[at + 1 :])
            return Money(amount, method, parse_reference(rest) if rest else None)
    return Money(parse_amount(text, currency=currency))
