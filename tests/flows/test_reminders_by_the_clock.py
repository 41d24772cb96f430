"""The morning's message goes by the firm's calendar and clock, whatever becomes of either."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.flows.mornings import morning, sell, tick, told
from tests.flows.steps import walk

LINE = "Ramesh Kumar: ₹1,26,100.00 (26-27/00001)"


@pytest.fixture(autouse=True)
async def ramesh(firm, partner):
    await walk("/customer", "Ramesh Kumar", "[Save now]")(partner)


async def restarted(firm, **settings):
    firm.settings.update(settings)
    firm.clock.zone = ZoneInfo(firm.settings.get("timezone", "Asia/Kolkata"))
    await firm.chat.restart()


async def all_day(firm, day: dt.date, step=dt.timedelta(minutes=5)):
    """Tick through one calendar day of the firm's zone; gives when something was told."""
    moment = dt.datetime.combine(day, dt.time(), firm.clock.zone).astimezone(dt.UTC)
    after = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), firm.clock.zone)
    while moment < after:
        firm.clock.moment = moment
        await tick(firm)
        moment += step


async def test_after_three_days_down_one_message_says_that_it_is_late(firm, partner):
    await sell(firm, partner)
    await tick(firm)
    await morning(firm, dt.date(2026, 8, 5), 16, 20)
    await firm.chat.restart()
    await tick(firm)
    await tick(firm)
    _first, after = told(partner)
    assert after.startswith("This was meant for 09:00.")
    assert f"1. {LINE}, 4 days late" in after
    await morning(firm, dt.date(2026, 8, 6))
    await tick(firm)
    assert told(partner)[2].startswith("⏰ To collect")


async def test_down_until_a_little_later_is_not_late(firm, partner):
    await sell(firm, partner)
    await morning(firm, dt.date(2026, 8, 2), 9, 10)
    await tick(firm)
    assert told(partner)[0].startswith("⏰ To collect")


async def test_down_over_midnight_there_is_one_message_and_it_is_of_the_new_day(firm, partner):
    await restarted(firm, reminder_time="23:55")
    await sell(firm, partner)
    await morning(firm, dt.date(2026, 8, 2), 0, 5)
    await tick(firm)
    assert told(partner) == []
    await all_day(firm, dt.date(2026, 8, 2))
    await all_day(firm, dt.date(2026, 8, 3))
    first, second = told(partner)
    assert ("1 day late" in first, "2 days late" in second) == (True, True)


async def test_in_another_zone_no_day_is_told_twice(firm, partner):
    """It is moved to where the day has not begun, and its morning comes again."""
    await sell(firm, partner)
    await morning(firm, dt.date(2026, 8, 2))
    await tick(firm)
    await restarted(firm, timezone="America/New_York")
    await all_day(firm, dt.date(2026, 8, 2))
    assert len(told(partner)) == 1
    await all_day(firm, dt.date(2026, 8, 3))
    assert len(told(partner)) == 2


async def test_in_a_zone_where_it_is_tomorrow_already_tomorrows_is_told(firm, partner):
    await restarted(firm, timezone="America/New_York")
    await sell(firm, partner)
    await morning(firm, dt.date(2026, 8, 2), 20)
    await tick(firm)
    await restarted(firm, timezone="Asia/Karachi")
    firm.clock.advance(hours=12)
    await tick(firm)
    first, second = told(partner)
    assert ("2 Aug 2026" in first, "3 Aug 2026" in second) == (True, True)


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (dt.date(2027, 3, 14), "09:00"),
        (dt.date(2027, 3, 14), "02:30"),  # the clock goes from 01:59 to 03:00
        (dt.date(2026, 11, 1), "09:00"),
        (dt.date(2026, 11, 1), "01:30"),  # the clock shows it twice
    ],
)
async def test_when_clocks_change_it_is_told_once_and_in_time(firm, partner, day, at):
    await restarted(firm, timezone="America/New_York", reminder_time=at)
    await sell(firm, partner)
    await morning(firm, day - dt.timedelta(days=1), 12)
    await partner.share_contact()
    await partner.send(firm.code())
    before = len(told(partner))
    await all_day(firm, day)
    (message,) = told(partner)[before:]
    assert message.startswith("⏰ To collect")


@pytest.mark.parametrize(
    ("today", "ahead", "by"),
    [
        (dt.date(2026, 8, 29), "1/9", "1 Sep 2026"),
        (dt.date(2026, 12, 30), "2/1/2027", "2 Jan 2027"),
        (dt.date(2028, 2, 27), "1/3/2028", "1 Mar 2028"),
        (dt.date(2027, 2, 26), "1/3/2027", "1 Mar 2027"),
    ],
)
async def test_over_the_end_of_a_month_and_a_year(firm, partner, today, ahead, by):
    await morning(firm, today, 8)
    await partner.share_contact()
    await partner.send(firm.code())
    await sell(firm, partner, due=ahead)
    await all_day(firm, today)
    (message,) = told(partner)
    assert "Due in the next 3 days\n" in message
    assert message.endswith(f", {by}")
