"""What a button is worth to whom it was not made for, whoever the gate let in.

An admin who is no partner sees and changes nothing of the books; a partner who is no admin nothing
of what is the admin's. The buttons are all that there are.
"""

import pytest

from handlers import buttons
from handlers.opening import FORMS
from storage.models import Draft
from tests.flows.any_update import contact, message, press
from tests.flows.guarded_firm import ANSWERS, GuardedFirm
from tests.flows.telling_books import (
    CUSTOMER_PHONES,
    CUSTOMERS,
    IMAGE,
    INVOICES,
    NAMES,
    PARTNER,
    PAYMENT,
)


def every(table, about: str = "0") -> list[str]:
    return [":".join([verb, *[about] * words]) for verb, words in table]


def starts(*, admin: bool) -> list[str]:
    forms = [form for form in FORMS.forms.values() if form.admin is admin]
    verbs = [verb for form in forms for verb in form.starts]
    return [*(f"new:{form.name}" for form in forms), *(f"{verb}:0" for verb in verbs)]


OP = "9" * 24

THE_PARTNERS = [
    *every(buttons.PARTNERS),
    *starts(admin=False),
    f"undo:{PAYMENT}:0",
    "me",
    "me:out",
]
THE_ADMINS = [
    *every(buttons.ADMINS, about=PARTNER),
    *starts(admin=True),
    "add:+919876500000",
]


@pytest.fixture
async def firm(mongomock_store, clock, tmp_path):
    firm = GuardedFirm(mongomock_store, clock, tmp_path)
    async with firm.chat:
        yield firm


@pytest.fixture
def admin(firm):
    """An admin who is no partner, in the middle of nothing."""
    firm.put_back(firm.admin_ids, None)
    return firm.admin.person


async def said_to(firm, person, what) -> list[tuple[str, dict]]:
    """The calls by which the bot answers what this person does."""
    user = person.as_user() | {"language_code": "en"}
    firm.watched.calls.clear()
    firm.chat.telegram.updates.add(*what(user, firm.chat.telegram.chat_json(person.chat), 1))
    await firm.chat.pump()
    return firm.watched.calls


@pytest.mark.parametrize("button", THE_ADMINS)
async def test_the_admins_buttons_are_worth_nothing_to_a_partner(firm, button):
    before = firm._kept()
    said = await said_to(firm, firm.partner, press(button))
    assert "Only the admin can do this" in str(said)
    assert firm._kept() == before


@pytest.mark.parametrize("button", THE_PARTNERS)
async def test_the_partners_buttons_are_worth_nothing_to_an_admin_who_is_none(firm, admin, button):
    before = firm._kept()
    said = await said_to(firm, admin, press(button))
    assert "Sign in as a partner to keep the books" in str(said)
    assert firm._kept() == before


@pytest.mark.parametrize(
    ("what", "telling"),
    [
        (message(text=f"/start inv_{INVOICES[0]}"), "sendDocument"),
        (message(text=f"/start img_{IMAGE}"), "sendPhoto"),
        (message(text=NAMES[3].lower()), NAMES[3]),
        (contact("nobody's", CUSTOMER_PHONES[0]), NAMES[3]),
        (press(f"do:{PAYMENT}:0:save"), "zq-88341"),
        (press(f"do:{CUSTOMERS[0]}:0:save"), NAMES[3]),
    ],
)
async def test_nothing_else_leads_to_the_books_without_a_sign_in(firm, admin, what, telling):
    said = await said_to(firm, admin, what)
    assert telling not in str(said)
    assert {method for method, _parameters in said} <= ANSWERS


def draft(firm, owner: str, flow: str, **answers: str) -> Draft:
    """At its summary, to be saved by one tap."""
    return Draft(
        id=owner,
        op=OP,
        flow=flow,
        step="summary",
        answers=answers,
        rev=1,
        touched=True,
        chat_id=firm.partner.user_id,
        updated_at=firm.clock.now(),
    )


async def test_whoever_is_no_admin_any_more_cannot_go_on_with_what_is_the_admins(firm):
    """A partner by now alone, who was in the middle of adding another one."""
    adding = draft(firm, PARTNER, "partner", name="Sunita Devi", phone="+919876500000")
    firm.put_back(PARTNER, adding)
    for what in (press(f"do:{OP}:1:save"), message(text="/menu")):
        assert "Sunita Devi" not in str(await said_to(firm, firm.partner, what))
    assert firm.store.users.by_phone("+919876500000") is None


async def test_an_admin_who_is_no_partner_cannot_go_on_with_what_is_the_partners(firm, admin):
    """Whatever lies under their Telegram account, as an earlier version kept it."""
    owner = str(admin.user_id)
    firm.put_back(owner, draft(firm, owner, "customer", name="Ramesh Kumar"))
    for what in (press(f"do:{OP}:1:save"), message(text="/menu")):
        assert "Ramesh Kumar" not in str(await said_to(firm, admin, what))
    assert firm.store.customers.get(OP) is None
