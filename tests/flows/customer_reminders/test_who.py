"""Who is reminded: off by default, and switched on for one customer at a time."""

import datetime as dt

import pytest

from storage.models import EventKind
from tests.flows.customer_reminders.conftest import CUSTOMERS, name_it, on
from tests.flows.dying import Death, dies, dying
from tests.flows.mornings import FIRST, morning, sell, tick
from tests.flows.steps import walk

# Apprise loads all its plugins at the first use, and one of them imports imghdr.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


async def test_without_a_gateway_there_is_no_switch_and_nobody_is_reminded(firm, partner, ramesh):
    await walk("/customers", "[Ramesh Kumar]")(partner)
    assert not [one for one in partner.screen.buttons if "📣" in one]
    assert not firm.chat.application.job_queue.get_jobs_by_name("customers")


async def test_without_a_phone_there_is_no_switch(firm, sms, partner):
    await walk("/customer", "Suresh Lal", "[Save now]", "/customers", "[Suresh Lal]")(partner)
    assert not [one for one in partner.screen.buttons if "📣" in one]


async def test_who_was_not_switched_on_is_not_reminded(firm, sms, partner, ramesh):
    await sell(firm, partner)
    await on(firm, 1, 15)
    assert sms.asked == 0


async def test_only_those_who_were_switched_on_are_looked_at(firm, sms, partner, reminded):
    await walk("/customer", "Suresh Lal", "98765 43298", "[Save now]")(partner)
    assert firm.store.customers.reminded() == [reminded]


async def test_on_the_due_day_one_text_goes_to_the_customers_number(firm, sms, partner, reminded):
    await sell(firm, partner)
    await on(firm, 1, 15)
    assert sms.phones == ["919876543299"]
    (text,) = sms.texts
    assert text == (
        "Dear Ramesh Kumar, a kind reminder from Khanna Grain: ₹1,26,100.00 is left to pay, due "
        "on 1 Aug 2026 (26-27/00001). If you have paid by now, please take no notice. Thank you."
    )


async def test_while_the_firm_has_no_name_nobody_is_written_to(firm, sms, partner, reminded):
    """A customer would not know who writes, or hear of a partner who left."""
    name_it(firm, None)
    await sell(firm, partner)
    await on(firm, 1, 15)
    assert sms.asked == 0
    await walk("/customers", "[Ramesh Kumar]", "[📣 Remind by SMS: on]")(partner)
    await partner.press("📣 Remind by SMS: off")
    assert "First the admin says in /firm what the firm is called" in partner.screen.text


async def test_the_switch_shows_how_it_stands_and_is_noted_with_who(firm, sms, partner, ramesh):
    await walk("/customers", "[Ramesh Kumar]")(partner)
    card = partner.screen
    await partner.press("📣 Remind by SMS: off")
    assert partner.screen.text.startswith("📣 Ramesh Kumar gets an SMS so many days after")
    since = firm.store.customers.get(ramesh).reminded_from
    firm.clock.advance(minutes=1)
    await partner.press_old(card, "📣 Remind by SMS: off")
    assert firm.store.customers.get(ramesh).reminded_from == since
    await partner.press("📣 Remind by SMS: on")
    assert firm.store.customers.get(ramesh).reminded_from is None
    events = [one for one in firm.store.audit.page(0, 9) if one.kind is EventKind.CHANGE]
    assert [(one.actor_name, one.subject, one.detail) for one in events] == [
        ("Ravi Kumar", "Ramesh Kumar", "reminders by SMS off"),
        ("Ravi Kumar", "Ramesh Kumar", "reminders by SMS on"),
    ]


async def test_a_tap_that_a_death_cut_short_is_done_once(firm, sms, partner, ramesh, monkeypatch):
    await walk("/customers", "[Ramesh Kumar]")(partner)
    with monkeypatch.context() as patch:
        patch.setattr(firm.store.customers, "remind", dies)
        with pytest.raises(Death):
            await partner.press("📣 Remind by SMS: off")
    with dying(monkeypatch):
        await firm.chat.restart()
    await firm.chat.restart()
    assert "gets an SMS so many days" in partner.screen.text
    assert firm.store.customers.reminded() == [ramesh]
    assert [one.kind for one in firm.store.audit.page(0, 9)].count(EventKind.CHANGE) == 1


async def test_a_switch_from_when_there_was_a_gateway_says_what_is_missing(
    firm, sms, partner, ramesh
):
    await walk("/customers", "[Ramesh Kumar]")(partner)
    card = partner.screen
    firm.settings = {}
    await firm.chat.restart()
    await partner.press_old(card, "📣 Remind by SMS: off")
    assert "an SMS gateway in the bot's settings" in partner.screen.text
    assert firm.store.customers.reminded() == []


async def test_switched_off_no_more_comes(firm, sms, partner, reminded):
    await sell(firm, partner)
    await walk("/customers", "[Ramesh Kumar]", "[📣 Remind by SMS: on]")(partner)
    await on(firm, 1, 15)
    assert sms.asked == 0


async def test_nobody_is_reminded_of_old_things_when_it_is_switched_on(firm, sms, partner, ramesh):
    await sell(firm, partner, due="1/8")
    await sell(firm, partner, due="3/8")
    await morning(firm, FIRST + dt.timedelta(days=2), 11)
    await walk("/customers", "[Ramesh Kumar]", "[📣 Remind by SMS: off]")(partner)
    await tick(firm, CUSTOMERS)
    assert sms.asked == 1
    first, second = sorted(firm.store.invoices.page(0, 2), key=lambda one: one.invoice_number)
    assert not firm.store.customer_reminders.of_invoice(first.id)
    assert firm.store.customer_reminders.of_invoice(second.id)


async def test_with_another_phone_it_is_to_be_switched_on_anew(firm, sms, partner, reminded):
    await sell(firm, partner, due="3/8")
    await walk("/customers", "[Ramesh Kumar]", "[✎ Edit]", "[✎ Phone]", "98765 43298")(partner)
    await partner.press("✓ Save")
    assert "📣 Remind by SMS: off" in partner.screen.buttons
    await on(firm, 3)
    assert not sms.asked


async def test_an_unmute_switches_on_nothing_that_was_switched_off(firm, sms, reminded):
    firm.store.customers.remind(reminded, None)
    firm.store.customers.remind_from_now(reminded, firm.clock.now())
    assert firm.store.customers.get(reminded).reminded_from is None


async def test_a_url_that_reaches_nobody_stops_the_start(firm):
    firm.settings = {"customer_reminder_url": "json://sms.example.com/send"}
    with pytest.raises(Exception, match=r"^CUSTOMER_REMINDER_URL is wrong .*e\.g\. twilio://"):
        firm.chat._factory(request=None)
