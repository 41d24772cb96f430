"""New customer, step by step; the same form edits a customer that is there."""

from dataclasses import replace

from markupsafe import Markup

from bot.customers import (
    Profile,
    add_customer,
    business_word,
    edit_customer,
    get_customer,
    namesakes,
)
from bot.desk import Desk
from bot.errors import InvalidPhone
from bot.i18n import _, fill
from bot.languages import NAMES
from bot.phones import format_phone, parse_phone
from bot.text import clean_line
from handlers import customers
from handlers.contact_card import phone_of
from handlers.customer_fields import (
    AskAddress,
    AskBusinessType,
    AskEmail,
    AskLanguage,
    AskName,
    AskPhone,
    AskPhoto,
    CustomerAnswers,
    Here,
)
from handlers.form import SUMMARY, Form, Start, Summary
from handlers.screen import Act, Choice, Contact, Reply, Screen, lasting
from storage.models import Customer, Draft

NAME = "customer"


class CustomerSummary(Summary[CustomerAnswers]):
    def look(self, desk: Desk, moment: Here, act: Act | None) -> list[Customer]:
        """Customers of the same name, who may be the same person."""
        return namesakes(desk.store, moment.answers.name, besides=moment.answers.customer_id)

    def edits(self) -> tuple[tuple[str, str], ...]:
        return (
            ("name", _("Name")),
            ("phone", _("Phone")),
            ("email", _("Email")),
            ("address", _("Address")),
            ("kind", _("Business")),
            ("photo", _("Photo")),
            ("language", _("Language")),
        )

    def ask(self, moment: Here) -> Screen:
        text, save = _card(moment.answers), _("✓ Save")
        same: list[Choice] = []
        if moment.facts:
            save = _("✓ Save, it is another person")
            text += Markup("\n\n") + fill(_("⚠️ There is already a customer of this name:"))
            for other in moment.facts[:3]:
                phone = format_phone(other.phone) if other.phone else _("no phone")
                text += Markup("\n") + fill("• {name}, {phone}", name=other.name, phone=phone)
                same.append(Choice(_("See {name}").format(name=other.name), f"c:{other.id}"))
        rows = ((moment.choice(save, "save"),), *((choice,) for choice in same))
        return Screen(text, rows + self.edit_rows(moment))


def start(typed: str, region: str) -> CustomerAnswers:
    """A new customer's answers in what was searched for in vain, a phone number or a name."""
    try:
        return CustomerAnswers(phone=parse_phone(typed, region))
    except InvalidPhone:
        return CustomerAnswers(name=typed)


def of_contact(contact: Contact, region: str) -> CustomerAnswers:
    """A new customer's answers in a contact card.

    Raises:
        InvalidInput: its name or its number cannot be kept.
    """
    name = clean_line(contact.name, field=_("customer's name"), example=_("Ramesh Kumar"))
    return CustomerAnswers(name=name, phone=phone_of(contact, region))


def _card(answers: CustomerAnswers) -> Markup:
    rows = (
        (_("Name"), answers.name),
        (_("Phone"), format_phone(answers.phone) if answers.phone else ""),
        (_("Email"), answers.email),
        (_("Address"), answers.address),
        (_("Business"), business_word(answers.business_type or "")),
        (_("Photo"), _("yes") if answers.image_id else ""),
        (_("Language"), NAMES[answers.language] if answers.language else _("the firm's")),
    )
    return Markup("\n").join(
        fill("{label}: <b>{value}</b>", label=label, value=value or "–") for label, value in rows
    )


def _title(moment: Here) -> Markup:
    if moment.answers.customer_id:
        return fill(_("<b>Edit customer</b> · {name}"), name=moment.answers.name)
    if not moment.answers.name or moment.draft.step == "summary":
        return fill(_("<b>New customer</b>"))
    parts = [moment.answers.name]
    if moment.answers.phone:
        parts.append(format_phone(moment.answers.phone))
    return fill(_("<b>New customer</b> · {known}"), known=" · ".join(parts))


def _doubts(desk: Desk, moment: Here) -> bool:
    return bool(namesakes(desk.store, moment.answers.name, besides=moment.answers.customer_id))


def _finish(desk: Desk, moment: Here) -> Reply:
    profile = moment.answers.profile()
    answers = moment.answers
    if answers.customer_id and answers.was:
        changed = edit_customer(desk, answers.customer_id, profile, was=answers.was)
        return _said(desk, changed, _changed(changed))
    saved = add_customer(desk, moment.draft.op, profile, by=moment.who.partner)
    return _said(desk, saved, _added(saved))


def _receipt(desk: Desk, draft: Draft) -> Reply | None:
    answers = CustomerAnswers.read(draft.answers)
    saved = desk.store.customers.get(answers.customer_id or draft.op)
    if saved is None or answers.was is None:
        return _said(desk, saved, _added(saved)) if saved else None
    before, now = answers.was.stored(), Profile.read(saved.stored()).stored()
    wanted = answers.profile().stored()
    done = all(now[key] == value for key, value in wanted.items() if value != before[key])
    return _said(desk, saved, _changed(saved)) if done else None


def _added(customer: Customer) -> Markup:
    return fill(_("✅ <b>{name}</b> was added."), name=customer.name)


def _changed(customer: Customer) -> Markup:
    return fill(_("✅ <b>{name}</b> was changed."), name=customer.name)


def _said(desk: Desk, customer: Customer, said: Markup) -> Reply:
    card = customers.card(desk, customer.id).headed(said)
    return (replace(card, choices=lasting(card.choices)),)


def _dropped() -> str:
    return _("Dropped. No customer was saved.")


def _named(desk: Desk, typed: str) -> Start[CustomerAnswers]:
    """A new customer, of whom a name or a number was typed."""
    text = clean_line(typed, field=_("customer's name"))
    answers = start(text, desk.settings.default_region)
    # The name is left out of the button that starts again: there may be no room for it.
    step = "phone" if answers.name else "name"
    return Start(answers, step, said=True, again="new:customer")


def _edited(desk: Desk, customer_id: str) -> Start[CustomerAnswers]:
    return Start(CustomerAnswers.of(get_customer(desk, customer_id)), SUMMARY)


FORM: Form[CustomerAnswers] = Form(
    name=NAME,
    answers=CustomerAnswers,
    steps=(
        AskName(),
        AskPhone(),
        AskEmail(),
        AskAddress(),
        AskBusinessType(),
        AskPhoto(),
        CustomerSummary(),
        # Not on the way to the summary: few have another language than the firm's customers.
        AskLanguage(),
    ),
    title=_title,
    finish=_finish,
    receipt=_receipt,
    dropped=_dropped,
    doubts=_doubts,
    starts={"nc": _named, "ce": _edited},
)
