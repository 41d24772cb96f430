"""No rung is sent twice, whatever dies; what nobody got, for certain, is tried again."""

import asyncio
import datetime as dt
from types import SimpleNamespace

import pytest

from bot.delivery import apprise_url
from storage.models import Reminding
from tests.flows.customer_reminders.conftest import CUSTOMERS, on, states
from tests.flows.dying import Death, dies
from tests.flows.mornings import FIRST, morning, sell, tick, told
from tests.flows.steps import walk
from tests.local_server import Answer

# Apprise loads all its plugins at the first use, and one of them imports imghdr.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


async def test_once_across_restarts(firm, sms, partner, reminded):
    await sell(firm, partner)
    for minute in (0, 20, 40):
        await on(firm, 1, 15, minute)
        await firm.chat.restart()
    await on(firm, 1, 16)
    assert sms.asked == 1


async def test_two_bots_on_one_store_send_it_once(firm, sms, partner, reminded):
    await sell(firm, partner)
    await sell(firm, partner)
    await morning(firm, FIRST, 15)
    first = firm.chat.application
    await firm.chat._start()
    jobs = [
        one.job_queue.get_jobs_by_name("customers")[0] for one in (first, firm.chat.application)
    ]
    await asyncio.gather(*(one.callback(SimpleNamespace()) for one in jobs))
    await first.shutdown()
    assert sms.asked == 1


def dies_once_claimed(firm, monkeypatch):
    claim = firm.store.customer_reminders.claim

    def claims(*given, **named):
        claim(*given, **named)
        raise Death

    monkeypatch.setattr(firm.store.customer_reminders, "claim", claims)


def dies_once_sent(firm, monkeypatch):
    monkeypatch.setattr(firm.store.customer_reminders, "sent", dies)


@pytest.fixture(params=[(dies_once_claimed, 0), (dies_once_sent, 1)], ids=["claimed", "sent"])
async def arrived(request, firm, partner, reminded, monkeypatch):
    """How many texts arrived until the bot died; another one runs by now."""
    die, arrived = request.param
    await sell(firm, partner)
    await morning(firm, FIRST, 15)
    with monkeypatch.context() as patch:
        die(firm, patch)
        with pytest.raises(Death):
            await tick(firm, CUSTOMERS)
    await firm.chat.restart()
    return arrived


async def test_killed_on_the_way_it_is_never_sent_again(firm, sms, arrived):
    for day, hour in ((1, 16), (2, 10), (3, 10)):
        await on(firm, day, hour)
    assert sms.asked == arrived


async def test_and_the_mornings_list_says_so(firm, partner, arrived):
    await morning(firm, FIRST + dt.timedelta(days=1))
    await tick(firm)
    words = " · 📣 could not confirm the reminder of 1 Aug 2026"
    assert f"1 day late{words}" in told(partner)[-1]
    await partner.press("⋯")
    assert f"due 1 Aug 2026{words}" in partner.screen.text


async def test_its_next_rung_is_sent_all_the_same(firm, arrived):
    await on(firm, 4)
    assert states(firm) == {("d0", Reminding.CLAIMED), ("d3", Reminding.SENT)}


async def test_what_was_sent_is_told_in_the_morning(firm, sms, partner, reminded):
    await sell(firm, partner)
    await on(firm, 1, 15)
    await morning(firm, FIRST + dt.timedelta(days=1))
    await tick(firm)
    assert "1 day late · 📣 reminded on 1 Aug 2026" in told(partner)[-1]


async def test_while_it_is_being_sent_nothing_is_said_of_it(firm, sms, partner, reminded):
    await sell(firm, partner)
    await morning(firm, FIRST, 11)
    id = firm.store.invoices.page(0, 1)[0].id
    firm.store.customer_reminders.claim(f"{id}:d0", id, was=None, now=firm.clock.now())
    await walk("/due", "[Ramesh Kumar]")(partner)
    assert "📣" not in partner.screen.text


async def test_without_an_answer_in_time_it_is_never_sent_again(
    firm, sms, partner, reminded, monkeypatch
):
    monkeypatch.setattr(apprise_url, "ANSWER_WITHIN", 0.3)
    await sell(firm, partner)
    sms.server.answering.clear()
    await on(firm, 1, 15)
    sms.server.answering.set()
    for day in (1, 2, 3):
        await on(firm, day, 17)
    assert sms.asked == 1
    assert states(firm) == {("d0", Reminding.CLAIMED)}


@pytest.mark.parametrize("answer", [Answer(502), Answer(raw=[])])
async def test_nor_after_an_answer_that_leaves_it_open(firm, sms, partner, reminded, answer):
    await sell(firm, partner)
    sms.answers = [answer]
    for hour in (15, 16, 17):
        await on(firm, 1, hour)
    assert sms.asked == 1
    assert states(firm) == {("d0", Reminding.CLAIMED)}


async def with_others(firm, partner, count: int) -> None:
    """More customers who are reminded, each with an invoice that is due on the first."""
    for number in range(count):
        name = f"Suresh {number}"
        await walk("/customer", name, f"98765 4320{number}", "[Save now]")(partner)
        await partner.press("📣 Remind by SMS: off")
        await partner.press("🧾 New invoice")
        await walk("wheat 1 1", "[✓ Done]", "[Nothing]", "1/8", "[✓ Save invoice]")(partner)


async def test_a_gateway_that_leaves_it_open_is_asked_nothing_more_for_an_hour(
    firm, sms, partner, reminded
):
    await with_others(firm, partner, 4)
    sms.answers = [Answer(502)] * 2
    await on(firm, 1, 15)
    await on(firm, 1, 15, 59)
    assert sms.asked == 2
    await on(firm, 1, 16)
    assert sms.asked == 4


async def test_one_number_that_breaks_it_holds_up_nobody(firm, sms, partner, reminded):
    await with_others(firm, partner, 3)
    sms.answers = [Answer(502)]
    await on(firm, 1, 15)
    assert len(sms.texts) == 2


async def test_nor_do_some_whoever_they_are(firm, sms, partner, reminded):
    """Each hour begins behind those whose turn it was."""
    await with_others(firm, partner, 6)
    sms.answers = [Answer(502)] * 4
    for hour in (15, 16, 17):
        await on(firm, 1, hour)
    assert len(sms.texts) == 2


# When nobody got it


async def test_what_was_refused_is_tried_thrice_and_then_given_up(firm, sms, partner, reminded):
    await sell(firm, partner)
    sms.answers = [Answer(400)] * 9
    asked = []
    for hour, minute in ((10, 0), (10, 5), (10, 15), (12, 10), (12, 15), (15, 0), (17, 55)):
        await on(firm, 2, hour, minute)
        asked.append(sms.asked)
    assert asked == [1, 1, 2, 2, 3, 3, 3]
    await walk("/due", "[Ramesh Kumar]")(partner)
    assert "📣 the reminder of 2 Aug 2026 was refused" in partner.screen.text


async def test_one_who_is_refused_holds_up_nobody(firm, sms, partner, reminded):
    await walk("/customer", "Suresh Lal", "98765 43298", "[Save now]")(partner)
    await walk("/customers", "[Suresh Lal]", "[📣 Remind by SMS: off]")(partner)
    for customer in ("Ramesh Kumar", "Suresh Lal"):
        steps = ("/invoice", f"[{customer}]", "wheat 1 1", "[✓ Done]", "[Nothing]", "1/8")
        await walk(*steps, "[✓ Save invoice]")(partner)
    sms.answers = [Answer(400)]
    await on(firm, 1, 15)
    assert (sms.asked, len(sms.texts)) == (2, 1)


async def test_refused_and_then_taken_it_came_once(firm, sms, partner, reminded):
    await sell(firm, partner)
    sms.answers = [Answer(429)]
    for minute in (0, 15, 30):
        await on(firm, 1, 15, minute)
    assert len(sms.texts) == 1
    assert states(firm) == {("d0", Reminding.SENT)}


async def test_a_gateway_that_is_not_there_uses_up_no_try(firm, sms, partner, reminded):
    await sell(firm, partner)
    there = firm.settings
    firm.settings = {"customer_reminder_url": "json://127.0.0.1:9/sms/{phone}"}
    await firm.chat.restart()
    for minute in range(0, 60, 5):
        await on(firm, 1, 15, minute)
    firm.settings = there
    await firm.chat.restart()
    await on(firm, 1, 16)
    assert sms.asked == 1
    assert states(firm) == {("d0", Reminding.SENT)}
