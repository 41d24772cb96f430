"""The keyboard below the chat, the commands, and the words for when nothing else is going on."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from bot.desk import Who
from bot.i18n import _, fill
from handlers.screen import Screen

Menu = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Command:
    """A command of the bot. ``label`` is its button on the keyboard, where it has one.

    ``does`` is the data of the inline button that does the same; "" where none does.
    """

    name: str
    about: Callable[[], str]
    label: Callable[[], str] | None = None
    does: str = ""
    admin: bool = False


COMMANDS = (
    Command("invoice", lambda: _("New invoice"), lambda: _("🧾 New invoice"), "new:invoice"),
    Command("payment", lambda: _("Record a payment"), lambda: _("💵 Payment"), "new:payment"),
    Command("customer", lambda: _("New customer"), lambda: _("➕ New customer"), "new:customer"),
    Command("customers", lambda: _("Customers and balances"), lambda: _("👥 Customers"), "cl:0"),
    Command("invoices", lambda: _("Invoices, newest first"), lambda: _("📄 Invoices"), "il:0"),
    Command("due", lambda: _("Who owes, the longest due first"), lambda: _("💰 Collect"), "du:0"),
    Command("payments", lambda: _("Payments, newest first"), does="pa:0"),
    Command("export", lambda: _("The books as an Excel file"), does="new:export"),
    Command("me", lambda: _("My profile, picture and session"), does="me"),
    Command("menu", lambda: _("The menu, or the question you were at")),
    Command("cancel", lambda: _("Drop what you are in the middle of")),
    Command("help", lambda: _("What the bot can do")),
    Command("logout", lambda: _("Sign out on this phone")),
    Command("adduser", lambda: _("Add a partner"), lambda: _("👤 Add partner"), admin=True),
    Command("users", lambda: _("Partners, and when they were seen"), does="us:0", admin=True),
    Command("removeuser", lambda: _("Deactivate a partner"), admin=True),
    Command("firm", lambda: _("The firm on its papers"), does="firm:", admin=True),
    Command("audit", lambda: _("Check the books"), does="audit", admin=True),
    Command(
        "backup", lambda: _("All books as files, to keep elsewhere"), does="backup", admin=True
    ),
)
"""What the bot registers with Telegram; the README lists the same, held by a test."""


def commands(*, admin: bool = True) -> tuple[tuple[str, str], ...]:
    """The name of each command and what it does, with or without the admin's."""
    return tuple((one.name, one.about()) for one in COMMANDS if admin or not one.admin)


def keyboard(who: Who) -> Menu:
    """The buttons below the chat, for what this person may do."""
    labels = [command.label() for command in _allowed(who) if command.label]
    return tuple(tuple(labels[at : at + 2]) for at in range(0, len(labels), 2))


def share_label() -> str:
    """The button that shares the phone number, by which people sign in."""
    return _("📱 Share my phone number")


def command_of(who: Who, text: str) -> str:
    """The command that a keyboard button's text stands for; "" for any other text."""
    for command in _allowed(who):
        if command.label and command.label() == text:
            return command.name
    return ""


def home(who: Who) -> Screen:
    """The menu, when nothing is going on."""
    if who.user is None:
        return admin_home(who)
    text = fill(
        _("What next, {name}? Tap a button, or type a customer's name."), name=who.user.name
    )
    return Screen(text, menu=keyboard(who))


def admin_home(who: Who) -> Screen:
    """What the admin sees who is no partner."""
    text = fill(
        _(
            "You are the <b>admin</b> of this bot.\n\nAdd a partner: /adduser, in one line "
            "<code>/adduser Ravi Kumar +91 98765 43210</code>, or by sending a contact card.\n\n"
            "Say who the firm is on its papers: /firm\n\n"
            "To keep the books yourself, add your own number, then share it to sign in."
        )
    )
    return _with_keyboard(who, text)


def help_text(who: Who) -> Screen:
    """Every command this person has, a line each."""
    lines = [
        fill("/{name} {about}", name=command.name, about=command.about())
        for command in _allowed(who)
    ]
    tips = fill(
        _(
            "An item in one message: <code>wheat 52 2425</code>\n"
            "A payment: <code>50000 upi 4821</code>\n"
            "Amounts: 1,25,000 · 1.25 lakh · 50k\n"
            "Dates: 15/8 · +15 · kal\n"
            "Find a customer or an invoice: just type a name or a number.\n"
            "What is due comes by itself in the morning; /me switches the evening on."
        )
    )
    return _with_keyboard(who, fill("\n").join([*lines, fill(""), tips]))


def _with_keyboard(who: Who, text: Markup) -> Screen:
    share = "" if who.user else share_label()
    return Screen(text, menu=keyboard(who), ask_contact=share)


def _allowed(who: Who) -> list[Command]:
    return [
        command
        for command in COMMANDS
        if (who.admin if command.admin else who.user is not None or command.name == "help")
    ]
