"""Rows 31 to 34, at every step that asks for a day."""

import datetime as dt

import pytest

from tests.flows.bad_input.kinds import DUE_STEPS, PAST_STEPS
from tests.flows.bad_input.places import words_of
from tests.flows.bad_input.rows import DATES, DAY_FIRST

pytestmark = pytest.mark.asyncio(loop_scope="session")

ENDING = ("statement range", "export days", "promise until")
"""Whose answer ends the form, and is shown at once."""

ANSWERS = ("due_date", "invoice_date", "date", "month")


async def takes(place, typed, shows):
    if place.step in ENDING:
        answer = await place.types(typed)
        assert shows in words_of(answer)
        place.check_nothing_posted()
    else:
        await place.takes(typed, shows, *ANSWERS)


@pytest.mark.parametrize("row", DATES, ids=str)
@pytest.mark.parametrize("step", [*DUE_STEPS, *PAST_STEPS])
async def test_days(step, row, at):
    await (await at(step)).refuses(row.typed, row.says)


@pytest.mark.parametrize("step", PAST_STEPS)
async def test_row_32_the_day_comes_first_and_is_shown_by_its_name(step, at):
    await takes(await at(step), DAY_FIRST.typed, DAY_FIRST.shows)


@pytest.mark.parametrize("step", DUE_STEPS)
async def test_row_32_is_shown_so_where_it_cannot_be_meant(step, at):
    await (await at(step)).refuses(DAY_FIRST.typed, f"{DAY_FIRST.shows} cannot be used here")
    await takes(await at(step), "03/04/27", "3 Apr 2027")


@pytest.mark.parametrize("minutes", [-1, 1])
@pytest.mark.parametrize("step", [*DUE_STEPS, *PAST_STEPS])
async def test_row_34_today_is_the_firms_day_on_a_server_in_utc(step, minutes, at, standing_firm):
    place = await at(step)
    midnight = dt.datetime(2026, 8, 1, 18, 30, tzinfo=dt.UTC)
    standing_firm.clock.moment = midnight + dt.timedelta(minutes=minutes)
    await takes(place, "today", "1 Aug 2026" if minutes < 0 else "2 Aug 2026")
