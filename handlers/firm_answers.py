"""What the form about the firm holds, and how its fields read."""

import datetime as dt
from collections.abc import Callable

from babel.dates import get_month_names
from markupsafe import Markup

from bot.firm import example_number
from bot.i18n import _, current_locale, fill, ngettext
from bot.languages import NAMES
from bot.phones import format_phone
from handlers.form import Moment
from storage.firm import ONE
from storage.models import FirmProfile, PaperForm, Part

LABELS: dict[str, Callable[[], str]] = {
    "name": lambda: _("Name"),
    "address": lambda: _("Address"),
    "phone": lambda: _("Phone"),
    "gstin": lambda: _("GSTIN"),
    "upi_id": lambda: _("UPI id"),
    "logo_id": lambda: _("Logo"),
    "number_prefix": lambda: _("Invoice number"),
    "number_style": lambda: _("Invoice number"),
    "first_month": lambda: _("Financial year"),
    "due_days": lambda: _("Due"),
    "remind_days": lambda: _("Named in the morning"),
    "language": lambda: _("Customers' language"),
    "terms": lambda: _("Terms"),
    "paper": lambda: _("Paper"),
}
"""What the fields of the profile are called; two of them make the number."""


class FirmAnswers(Part):
    """The firm as the form found it, and as it is to be."""

    was: FirmProfile = FirmProfile(id=ONE)
    now: FirmProfile = FirmProfile(id=ONE)

    @property
    def changed(self) -> bool:
        return self.now != self.was


Here = Moment[FirmAnswers]


def card(profile: FirmProfile, today: dt.date) -> Markup:
    """The firm at a glance."""
    rows = (
        (_("Name"), profile.name),
        (_("Address"), one_line(profile.address or "")),
        (_("Phone"), format_phone(profile.phone) if profile.phone else ""),
        (_("GSTIN"), profile.gstin),
        (_("UPI id"), profile.upi_id),
        (_("Logo"), _("yes") if profile.logo_id else ""),
        (_("Invoice number"), _("like {number}").format(number=example_number(profile, today))),
        (_("Financial year"), year_words(profile.first_month)),
        (_("Due"), due_words(profile.due_days)),
        (_("Named in the morning"), ahead_words(profile.remind_days)),
        (_("Customers' language"), NAMES[profile.language]),
        (_("Terms"), one_line(profile.terms or "", between=" · ")),
        (_("Paper"), paper_words(profile.paper)),
    )
    return Markup("\n").join(
        fill("{label}: <b>{value}</b>", label=label, value=value or "–") for label, value in rows
    )


def changed_words(detail: str) -> str:
    """The fields that the audit names as changed, in the reader's words."""
    fields = (LABELS[field]() for field in detail.split(", ") if field in LABELS)
    return ", ".join(dict.fromkeys(fields))


def one_line(lines: str, between: str = ", ") -> str:
    return lines.replace("\n", between)


def year_words(first_month: int) -> str:
    """The financial year that begins with this month: ``April to March``."""
    months = get_month_names("wide", "stand-alone", locale=current_locale())
    last = (first_month - 2) % 12 + 1
    return _("{first} to {last}").format(first=months[first_month], last=months[last])


def due_words(days: int | None) -> str:
    """When invoices fall due so many days after their date."""
    if days is None:
        return _("asked on each invoice")
    if days == 0:
        return _("on the invoice's date")
    return _("{days} after the invoice's date").format(days=days_words(days))


def ahead_words(days: int) -> str:
    """How long before it is due something is named."""
    return _("{days} before").format(days=days_words(days)) if days else _("when it is due")


def days_words(days: int) -> str:
    return ngettext("{count} day", "{count} days", days).format(count=days)


def paper_words(paper: PaperForm) -> str:
    """What invoices and receipts are made for."""
    words = {PaperForm.A4: _("A4 page"), PaperForm.ROLL: _("80 mm roll")}
    return words[paper]
