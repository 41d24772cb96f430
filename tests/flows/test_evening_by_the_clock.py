"""The evening summary goes by the firm's calendar and clock, whatever becomes of either."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from simulator.faults import lost_answer
from tests.flows.evenings import (
    MONDAY,
    NAME,
    SATURDAY,
    SUNDAY,
    SWITCHED_ON,
    TUESDAY,
    lines,
    look,
    sell,
    signs_in,
    told,
)
from tests.flows.mornings import morning, tick
from tests.flows.steps import walk, with_customer


@pytest.fixture
async def wants_it(firm, partner):
    """The partner's phone, with the summary switched on on Saturday afternoon."""
    await with_customer(firm, partner)
    await walk(*SWITCHED_ON)(partner)
    return partner


async def test_at_the_set_time_and_not_before(firm, wants_it):
    await sell(wants_it, 1000)
    await look(firm, SATURDAY, 19, 59)
    assert told(wants_it) == []
    await look(firm, SATURDAY, 20, 0)
    assert len(told(wants_it)) == 1


async def test_a_day_on_which_nothing_was_posted_is_silent(firm, wants_it):
    await look(firm, SATURDAY)
    await look(firm, SUNDAY)
    assert told(wants_it) == []
    firm.clock.advance(hours=1)
    await sell(wants_it, 1000)
    await look(firm, MONDAY)
    assert lines(wants_it)[0] == "🌙 The day up to 20:00, 3 Aug 2026"


async def test_once_a_day_however_often_asked_and_across_restarts(firm, wants_it):
    await sell(wants_it, 1000)
    for minute in (0, 10, 20):
        await look(firm, SATURDAY, 20, minute)
        await tick(firm, NAME)
        await firm.chat.restart()
    assert len(told(wants_it)) == 1


async def test_a_send_without_an_answer_is_not_repeated_at_once(firm, wants_it):
    await sell(wants_it, 1000)
    firm.chat.telegram.faults.plan("sendMessage", lost_answer(), 1)
    await look(firm, SATURDAY)
    await look(firm, SATURDAY, 20, 1)
    assert len(told(wants_it)) == 1


@pytest.mark.parametrize(
    "sunday", [dt.date(2027, 3, 28), dt.date(2026, 10, 25)], ids=["spring", "autumn"]
)
async def test_once_a_day_as_the_clocks_change(firm, wants_it, sunday):
    firm.clock.zone = ZoneInfo("Europe/Berlin")
    for day in (sunday - dt.timedelta(days=1), sunday, sunday + dt.timedelta(days=1)):
        await morning(firm, day, 12)
        if day < sunday:
            await signs_in(firm, wants_it)
        await sell(wants_it, 1000)
        await morning(firm, day, 18)
        for _half_an_hour in range(11):
            await tick(firm, NAME)
            firm.clock.advance(minutes=30)
    assert [one.split("\n")[2] for one in told(wants_it)] == ["Invoices: ₹1,000.00 (1)"] * 3
    assert "Outstanding: ₹3,000.00" in told(wants_it)[-1]


async def test_in_another_time_zone_no_day_is_told_twice(firm, wants_it):
    await sell(wants_it, 1000)
    await look(firm, SATURDAY)
    firm.clock.zone = ZoneInfo("Europe/Berlin")
    await firm.chat.restart()
    await look(firm, SATURDAY)
    assert len(told(wants_it)) == 1


# After a downtime.


@pytest.mark.parametrize("changed", ["22:00", "18:00"])
async def test_when_its_time_changes_each_posting_is_told_once(firm, wants_it, changed):
    await sell(wants_it, 100)
    await look(firm, SATURDAY)
    await morning(firm, SATURDAY, 20, 30)
    await sell(wants_it, 700)
    firm.settings = {"evening_time": changed}
    await firm.chat.restart()
    for hour in (21, 22, 23):
        await look(firm, SATURDAY, hour)
    await look(firm, SUNDAY, 23)
    summaries = [one.text for one in wants_it.messages if "🌙 The day" in one.text]
    assert sum("₹100.00 (1)" in one for one in summaries) == 1
    assert sum("₹700.00 (1)" in one for one in summaries) == 1


async def test_three_days_down_are_one_message_that_says_so(firm, wants_it):
    await sell(wants_it, 1000)
    firm.clock.advance(days=1)
    await sell(wants_it, 200)
    firm.clock.advance(days=2)
    await sell(wants_it, 30)
    await firm.chat.restart()
    await look(firm, TUESDAY, 20, 20)
    assert lines(wants_it)[:5] == [
        "This was meant for 20:00.",
        "",
        "🌙 4 days up to 20:00, 1 – 4 Aug 2026",
        "",
        "Invoices: ₹1,230.00 (3)",
    ]
    await firm.chat.restart()
    await look(firm, TUESDAY, 23)
    assert len(told(wants_it)) == 1


async def test_missed_in_the_evening_it_comes_in_the_morning(firm, wants_it):
    await sell(wants_it, 1000)
    await firm.chat.restart()
    await morning(firm, SUNDAY)
    await sell(wants_it, 30)
    await tick(firm, NAME)
    assert lines(wants_it) == [
        "This was meant for 20:00.",
        "",
        "🌙 The day up to 20:00, 1 Aug 2026",
        "",
        "Invoices: ₹1,000.00 (1)",
        "",
        "Outstanding: ₹1,000.00",
    ]
    await look(firm, SUNDAY)
    assert "Invoices: ₹30.00 (1)\n\nOutstanding: ₹1,030.00" in told(wants_it)[1]
    assert "meant for" not in told(wants_it)[1]


async def test_a_few_minutes_are_not_called_late(firm, wants_it):
    await sell(wants_it, 1000)
    await look(firm, SATURDAY, 20, 10)
    assert lines(wants_it)[0].startswith("🌙")


@pytest.mark.parametrize("last", [dt.date(2026, 8, 31), dt.date(2026, 12, 31)])
async def test_over_the_end_of_a_month_and_of_a_year(firm, wants_it, last):
    await morning(firm, last)
    await signs_in(firm, wants_it)
    await sell(wants_it, 1000)
    firm.clock.advance(days=1)
    await sell(wants_it, 30)
    await tick(firm, NAME)
    assert " up to 20:00, 31 " in told(wants_it)[0]
    await look(firm, last + dt.timedelta(days=1))
    assert "Invoices: ₹30.00 (1)" in told(wants_it)[1]
