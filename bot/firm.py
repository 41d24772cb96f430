"""The firm's own profile: what stands on its papers, and how its invoices are numbered."""

import datetime as dt
import re
from contextlib import suppress

from stdnum import luhn
from stdnum.in_ import pan

from bot.audit_trail import event
from bot.desk import Desk, Who
from bot.errors import InvalidDate, InvalidGstin, InvalidInput, InvalidText, InvalidUpiId
from bot.i18n import _
from bot.numbering import MAX_PREFIX, Numbering
from bot.numerals import plain
from bot.pdf import Firm
from bot.text import clean_lines, shown
from storage.errors import Outpaced
from storage.models import EventKind, FirmProfile, PaperForm

GSTIN_LENGTH = 15
GSTIN_EXAMPLE = "03AAJFS1234K1ZC"
EXAMPLE_SERIAL = 42

TERMS_LINES = 4
TERMS_LIMIT = 300
"""Characters: what stands in four lines at the foot of a page, and in about ten of a receipt."""

_STATES = {*(f"{code:02}" for code in range(1, 39)), "97"}
"""01 Jammu and Kashmir to 38 Ladakh; 97 is other territory."""

_CHECKED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Matched before the case is changed: some foreign letters change into one of these.
_UPI_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,189}@[A-Za-z][A-Za-z0-9]{1,63}")
_PREFIX = re.compile(rf"[A-Za-z0-9]{{1,{MAX_PREFIX}}}")
_PAPERS = {
    "a4": PaperForm.A4,
    "page": PaperForm.A4,
    "a4page": PaperForm.A4,
    "80": PaperForm.ROLL,
    "80mm": PaperForm.ROLL,
    "roll": PaperForm.ROLL,
    "80mmroll": PaperForm.ROLL,
}
_NOT_COMPARED = {"id", "rev", "last_change"}


def parse_gstin(text: str) -> str:
    """A GSTIN as typed: in capitals, without spaces and hyphens.

    Raises:
        InvalidGstin: its length, characters, state code, PAN or check character is wrong.
    """
    number = re.sub(r"[\s-]", "", plain(text))
    number = number.upper() if number.isascii() else number
    wrong = _wrong_with(number)
    if wrong:
        hint = _("Copy it from the registration certificate; it looks like {example}.")
        raise InvalidGstin(f"{wrong} {hint.format(example=GSTIN_EXAMPLE)}")
    return number


def _wrong_with(gstin: str) -> str:
    """A sentence about the first part that is wrong; empty when none is."""
    if len(gstin) != GSTIN_LENGTH:
        return _("A GSTIN has 15 characters; “{text}” has {length}.").format(
            text=shown(gstin), length=len(gstin)
        )
    if not set(gstin) <= set(_CHECKED):
        return _("A GSTIN has only letters and digits; “{text}” has others.").format(text=gstin)
    if gstin[:2] not in _STATES:
        return _("“{text}” at its beginning is no state's code; Punjab's is 03.").format(
            text=gstin[:2]
        )
    if not pan.is_valid(gstin[2:12]):
        return _("“{text}”, its characters 3 to 12, is no PAN.").format(text=gstin[2:12])
    if gstin[12] == "0" or gstin[13] != "Z":
        return _("It ends with a digit or letter other than 0, then Z, then a check character.")
    if not luhn.is_valid(gstin, _CHECKED):
        return _("Its last character does not fit the others: one of them was mistyped.")
    return ""


def parse_upi_id(text: str) -> str:
    """A UPI id as typed, in small letters: ``singhandsons@okicici``.

    Raises:
        InvalidUpiId: it has not the form name@bank.
    """
    upi_id = re.sub(r"\s", "", plain(text))
    if not _UPI_ID.fullmatch(upi_id):
        raise InvalidUpiId(
            _(
                "“{text}” is not a UPI id. It is a name, @ and the short name of a bank or app, "
                "e.g. singhandsons@okicici. Your payment app shows it beside your QR code."
            ).format(text=shown(text))
        )
    return upi_id.lower()


def parse_number_prefix(text: str) -> str:
    """What is to stand before every invoice number, in capitals.

    Raises:
        InvalidText: it is not one to three letters or digits of English.
    """
    prefix = plain(text)
    if not _PREFIX.fullmatch(prefix):
        raise InvalidText(
            _(
                "“{text}” cannot stand before the numbers. Type at most {most} English letters or "
                "digits, without spaces, e.g. KGM."
            ).format(text=shown(text), most=MAX_PREFIX)
        )
    return prefix.upper()


def parse_first_month(month: int) -> int:
    """The month that begins the financial year, 1 to 12.

    Raises:
        InvalidDate: there is no such month.
    """
    if not 1 <= month <= 12:
        raise InvalidDate(_("A month is a number from 1 to 12, e.g. 4 for April."))
    return month


def parse_terms(text: str) -> str:
    """What is to stand at the foot of every invoice, in the lines that it was typed in.

    Raises:
        InvalidText: it has more lines or characters than fit, or nothing in it can be seen.
    """
    example = _("Goods once sold are not taken back.")
    field = _("text of the terms")
    terms = clean_lines(text, field=field, lines=TERMS_LINES, limit=TERMS_LIMIT, example=example)
    if len(terms) > TERMS_LIMIT:
        raise InvalidText(
            _(
                "The lines of the terms have {length} characters together; at most {limit} fit. "
                "Keep what matters most. For example: {example}"
            ).format(length=len(terms), limit=TERMS_LIMIT, example=example)
        )
    return terms


def parse_paper(text: str) -> PaperForm:
    """What invoices and receipts are to be made for: ``A4``, ``80 mm``, ``roll``.

    Raises:
        InvalidInput: it names neither paper.
    """
    paper = _PAPERS.get(re.sub(r"\s", "", plain(text)).lower())
    if paper is None:
        raise InvalidInput(
            _("“{text}” is neither of the two papers. Type A4, or 80 mm for a roll.").format(
                text=shown(text)
            )
        )
    return paper


def change_firm(
    desk: Desk, op: str, *, before: FirmProfile, after: FirmProfile, by_id: int, by_name: str
) -> FirmProfile:
    """Write what differs between two states of the profile into the one that is kept.

    Exactly once per ``op``. What another admin changed meanwhile stays, and the audit is told.

    Args:
        desk: where the firm is kept.
        op: the operation, minted when the admin began.
        before: the profile as the admin saw it.
        after: as it is to be.
        by_id: the admin's Telegram user id.
        by_name: their name.

    Returns:
        The profile as it is kept now.
    """
    fields = [
        field
        for field in FirmProfile.model_fields
        if field not in _NOT_COMPARED and getattr(before, field) != getattr(after, field)
    ]
    change = event(
        desk.clock.now(),
        EventKind.SETTING,
        Who(by_id, name=by_name),
        id=op,
        subject="firm",
        detail=", ".join(fields),
    )
    update = {field: getattr(after, field) for field in fields} | {"last_change": change}
    while True:
        firm = desk.store.firm.get()
        if firm.last_change is not None:
            # Whoever made it may have died before the audit had it.
            desk.store.audit.note(firm.last_change)
        if not fields or desk.store.audit.get(op) is not None:
            return firm
        with suppress(Outpaced):
            firm = desk.store.firm.save(firm.model_copy(update=update))
            desk.store.audit.note(change)
            return firm


def numbering_of(profile: FirmProfile) -> Numbering:
    """How the firm numbers its invoices."""
    return Numbering(profile.first_month, profile.number_prefix, profile.number_style)


def example_number(profile: FirmProfile, today: dt.date) -> str:
    """What an invoice number of this year looks like, e.g. ``KGM/26-27/00042``."""
    numbering = numbering_of(profile)
    return numbering.number(numbering.year_of(today), EXAMPLE_SERIAL)


def letterhead_of(desk: Desk, *, name: str, phone: str | None) -> Firm:
    """Who sends the firm's papers, as it is now.

    While the firm has no name, ``name`` and ``phone`` (E.164) of the partner stand for it.
    """
    profile = desk.store.firm.get()
    logo = desk.store.images.get(profile.logo_id) if profile.logo_id else None
    return Firm(
        name=profile.name or name,
        phone=profile.phone or (None if profile.name else phone),
        address=profile.address,
        gstin=profile.gstin,
        upi_id=profile.upi_id,
        logo=logo.content if logo else None,
        terms=profile.terms,
        paper=profile.paper,
    )
