"""When a customer is reminded, and of what: each rung on its day, at hours that suit them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from storage.models import Reminding
from tests.flows.customer_reminders.conftest import CUSTOMERS, on, states
from tests.flows.mornings import FIRST, morning, sell, tick
from tests.flows.steps import walk
from tests.ledger.firm import ask, payment
from tests.local_server import Answer

# Apprise loads all its plugins at the first use, and one of them imports imghdr.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


async def test_each_rung_once_until_the_last(firm, sms, partner, reminded):
    await sell(firm, partner, due="2/8")
    for day in range(1, 20):
        await on(firm, day)
        await on(firm, day, 17, 59)
    assert sms.asked == 3
    assert states(firm) == {(rung, Reminding.SENT) for rung in ("d0", "d3", "d7")}


async def test_the_rungs_are_the_settings(firm, sms, partner, reminded):
    firm.settings |= {"customer_reminder_days": "1", "customer_reminder_text": "{amount} {due}"}
    await firm.chat.restart()
    await sell(firm, partner)
    for day in range(1, 9):
        await on(firm, day)
    assert sms.texts == ["₹1,26,100.00 1 Aug 2026"]


async def test_at_night_it_waits_until_ten(firm, sms, partner, reminded):
    await sell(firm, partner, due="2/8")
    for hour, minute in ((0, 0), (3, 0), (9, 59)):
        await on(firm, 2, hour, minute)
    assert sms.asked == 0
    await on(firm, 2, 10, 0)
    assert sms.asked == 1


async def test_from_six_in_the_evening_it_waits_for_the_next_day(firm, sms, partner, reminded):
    await sell(firm, partner, due="2/8")
    await on(firm, 2, 18, 0)
    assert sms.asked == 0
    await on(firm, 3)
    assert sms.asked == 1


async def test_a_run_that_lasts_until_the_evening_ends_there(firm, sms, partner, reminded):
    await walk("/customer", "Suresh Lal", "98765 43298", "[Save now]")(partner)
    await walk("/customers", "[Suresh Lal]", "[📣 Remind by SMS: off]")(partner)
    for customer in ("Ramesh Kumar", "Suresh Lal"):
        steps = ("/invoice", f"[{customer}]", "wheat 1 1", "[✓ Done]", "[Nothing]", "2/8")
        await walk(*steps, "[✓ Save invoice]")(partner)

    def slow(_request) -> Answer:
        firm.clock.advance(minutes=2)
        return Answer()

    sms.server.respond = slow
    await on(firm, 2, 17, 59)
    assert len(sms.server.got) == 1


async def test_one_text_about_all_that_is_due_with_its_sum(firm, sms, partner, reminded):
    for due in ("1/8", "4/8", "5/8"):
        await sell(firm, partner, due=due)
    await on(firm, 4)
    (text,) = sms.texts
    assert "₹2,52,200.00 is left to pay, due on 1 Aug 2026 (26-27/00001, 26-27/00002)" in text


async def test_three_days_down_the_newest_rung_is_made_up_for_and_no_older_one(
    firm, sms, partner, reminded
):
    await sell(firm, partner, due="2/8")
    await on(firm, 5)
    assert states(firm) == {("d3", Reminding.SENT)}


async def test_two_days_down_a_rung_is_made_up_for_and_three_days_down_it_is_not(
    firm, sms, partner, reminded
):
    firm.settings |= {"customer_reminder_days": "0"}
    await firm.chat.restart()
    await sell(firm, partner, due="2/8")
    await sell(firm, partner, due="3/8")
    await on(firm, 5)
    assert sms.asked == 1
    first, second = sorted(firm.store.invoices.page(0, 2), key=lambda one: one.invoice_number)
    assert not firm.store.customer_reminders.of_invoice(first.id)
    assert firm.store.customer_reminders.of_invoice(second.id)


async def test_the_sum_is_of_all_that_is_due_though_the_rest_was_told_before(
    firm, sms, partner, reminded
):
    for due in ("1/8", "2/8"):
        await sell(firm, partner, due=due)
    await on(firm, 1)
    await on(firm, 2)
    assert "₹1,26,100.00 is left to pay, due on 1 Aug 2026 (26-27/00001)" in sms.texts[0]
    both = "₹2,52,200.00 is left to pay, due on 1 Aug 2026 (26-27/00001, 26-27/00002)"
    assert both in sms.texts[1]


async def test_who_owes_nothing_for_the_advance_that_is_held_is_not_asked(
    firm, sms, partner, reminded
):
    for due in ("1/8", "2/8"):
        await sell(firm, partner, due=due)
    await walk("/invoices", "[26-27/00001]", "[💵 Payment]", "300000 cash", "[✓ Save payment]")(
        partner
    )
    assert "advance" in partner.screen.text
    for day in (1, 2, 5, 9):
        await on(firm, day)
    assert not sms.asked


async def test_an_advance_is_taken_off_what_is_asked_for(firm, sms, partner, reminded):
    for due in ("1/8", "2/8"):
        await sell(firm, partner, due=due)
    await walk("/invoices", "[26-27/00001]", "[💵 Payment]", "152200 cash", "[✓ Save payment]")(
        partner
    )
    await on(firm, 2)
    (text,) = sms.texts
    assert "₹1,00,000.00 is left to pay, due on 2 Aug 2026 (26-27/00002)" in text


async def test_another_zone_reminds_of_nothing_twice(firm, sms, partner, reminded):
    await sell(firm, partner, due="2/8")
    await on(firm, 2, 10, 0)
    firm.clock.zone = ZoneInfo("Pacific/Kiritimati")
    for hours in range(72):
        firm.clock.moment = dt.datetime(2026, 8, 1, tzinfo=dt.UTC) + dt.timedelta(hours=hours)
        await tick(firm, CUSTOMERS)
    assert sms.asked == 1


@pytest.mark.parametrize("change", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
async def test_where_clocks_change_it_is_ten_by_the_clock_and_once(
    firm, sms, partner, reminded, change
):
    firm.clock.zone = ZoneInfo("Europe/Berlin")
    firm.store.customers.remind(reminded, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    await morning(firm, change - dt.timedelta(days=1))
    await partner.share_contact()
    await partner.send(firm.code())
    await sell(firm, partner, due=f"{change:%d/%m/%Y}")
    midnight = dt.datetime.combine(change, dt.time(), firm.clock.zone).astimezone(dt.UTC)
    sent_at = []
    for minutes in range(0, 26 * 60, 15):
        firm.clock.moment = midnight + dt.timedelta(minutes=minutes)
        before = sms.asked
        await tick(firm, CUSTOMERS)
        if sms.asked > before:
            sent_at.append(firm.clock.now().astimezone(firm.clock.zone).time())
    assert sent_at == [dt.time(10)]


# Of what


async def test_what_was_paid_is_not_asked_for_and_what_is_left_is(firm, sms, partner, reminded):
    await sell(firm, partner)
    await sell(firm, partner)
    await walk("/payment", "[Ramesh Kumar]", "130000 cash", "[✓ Save payment]")(partner)
    await on(firm, 1, 15)
    (text,) = sms.texts
    assert "₹1,22,200.00 is left to pay, due on 1 Aug 2026 (26-27/00002)" in text


async def test_what_is_paid_between_listing_and_sending_is_not_asked_for(
    firm, sms, partner, reminded, monkeypatch
):
    await sell(firm, partner)
    claim = firm.store.customer_reminders.claim

    def pay_and_claim(*given, **named):
        ask(firm.store, firm.clock, payment("paid", 126_100_00, customer_id=reminded))
        return claim(*given, **named)

    monkeypatch.setattr(firm.store.customer_reminders, "claim", pay_and_claim)
    await on(firm, 1, 15)
    assert sms.asked == 0
    assert states(firm) == {("d0", Reminding.FREE)}


@pytest.mark.parametrize("agreed", [("[🤝 Promise]", "kal"), ("[💤 3 days]",)])
async def test_what_was_promised_or_put_off_is_left_in_peace(firm, sms, partner, reminded, agreed):
    await sell(firm, partner)
    await morning(firm, FIRST)
    await walk("/invoices", "[26-27/00001]", "[⏰ Follow up]", *agreed)(partner)
    await on(firm, 1, 15)
    assert sms.asked == 0
    for day in (2, 3):
        await on(firm, day)
    assert sms.asked == 0, "what fell in the time of peace is not made up for"
    await on(firm, 4)
    assert states(firm) == {("d3", Reminding.SENT)}


async def test_a_muted_customer_is_left_in_peace(firm, sms, partner, reminded):
    await sell(firm, partner)
    await walk("/invoices", "[26-27/00001]", "[⏰ Follow up]", "[🔕 Mute customer]")(partner)
    await on(firm, 1, 15)
    assert sms.asked == 0
    await morning(firm, FIRST + dt.timedelta(days=1), 11)
    await walk("/customers", "[Ramesh Kumar]", "[🔔 Remind again]")(partner)
    await tick(firm, CUSTOMERS)
    assert sms.asked == 0, "what fell in the time of peace is not made up for"
    await on(firm, 4)
    assert sms.asked == 1


async def test_of_what_was_made_today_the_customer_is_reminded_tomorrow(
    firm, sms, partner, reminded
):
    await walk("/invoice", "[Ramesh Kumar]", "wheat 1 1", "[✓ Done]", "[Nothing]", "31/7")(partner)
    await partner.press("✓ Save invoice")
    await on(firm, 0, 17)
    assert sms.asked == 0
    await on(firm, 1)
    (text,) = sms.texts
    assert "due on 31 Jul 2026" in text
