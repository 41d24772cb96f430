"""No step is left out; and bad input of one kind is typed where another kind is asked for."""

import pytest

from handlers.opening import FORMS as REGISTERED
from tests.flows.bad_input.kinds import (
    AMOUNT_STEPS,
    CHOICE_STEPS,
    COUNT_STEPS,
    DUE_STEPS,
    LISTED,
    MOBILE_STEPS,
    PAST_STEPS,
    PHONE_STEPS,
    PICTURE_STEPS,
    QUANTITY_STEPS,
    SUMMARIES,
    TEXT_STEPS,
)
from tests.flows.bad_input.places import FORMS, OUTSIDE, STEPS
from tests.flows.bad_input.rows import AMOUNTS, DATES, DAY_FIRST, PHONES, TEXTS

NUMBERS = {step for step, _typed in (*AMOUNT_STEPS, *QUANTITY_STEPS)}.union(COUNT_STEPS)
ROWS_OF = (
    (TEXTS, set(TEXT_STEPS)),
    (AMOUNTS, NUMBERS),
    (PHONES, {*PHONE_STEPS, *MOBILE_STEPS}),
    ((*DATES, DAY_FIRST), {*DUE_STEPS, *PAST_STEPS}),
)
"""The rows of each kind, and the steps that ask for it."""

SAMPLES = (2, 5, 10, 13, 16, 19, 25, 26, 29, 31, 33)
"""Rows that are read in different ways."""

NOTHING_IS_TYPED = {*SUMMARIES, *PICTURE_STEPS, *CHOICE_STEPS}


def test_a_step_that_no_table_lists_fails_here():
    names = (step.split()[:2] for step in LISTED)
    listed = {(FORMS.get(form, form), name) for form, name in names}
    there = {(one.name, step.name) for one in REGISTERED.forms.values() for step in one.steps}
    assert there == listed
    assert set(STEPS) == LISTED


def sampled(kinds):
    """One of each row."""
    once = {row.number: row for rows in kinds for row in rows if row.number in SAMPLES}
    return once.values()


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("step", STEPS)
async def test_what_is_typed_where_something_else_is_asked_for(step, at):
    place = await at(step)
    for row in sampled([rows for rows, steps in ROWS_OF if step not in steps]):
        answer = await place.types(row.typed)
        if step in NOTHING_IS_TYPED or answer.text.startswith("⚠️"):
            place.check_refused(answer)
            continue
        if step not in ("statement range", "export days"):
            place.now()
        place.check_nothing_posted()
        place = await at(step)


COMMANDS = (
    "/",
    "/nonsense",
    "/x\u202e<b>",
    "/start inv_zzz",
    "/start img_" + "0" * 24,
    "/start admin_zzz",
)


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("step", [OUTSIDE, *STEPS])
async def test_commands_that_mean_nothing(step, at):
    place = await at(step)
    for command in COMMANDS:
        await place.types(command)
        place.check_stays()


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("who", ["admin", "stranger"])
async def test_what_is_typed_by_who_keeps_no_books(who, at, standing_firm):
    place = await at(OUTSIDE)
    phone = getattr(standing_firm, who)
    for typed in (*(row.typed for row in sampled([TEXTS, AMOUNTS, PHONES, DATES])), *COMMANDS):
        said = len(phone.messages)
        phone.person._post({"text": typed})
        await standing_firm.chat.pump()
        assert [one for one in phone.messages[said:] if one.from_bot]
        assert "Ramesh" not in phone.screen.text
    place.check_nothing_posted()
    assert standing_firm.draft_of(phone) is None


@pytest.mark.asyncio(loop_scope="session")
async def test_what_is_typed_instead_of_the_code_uses_no_try_up(at, standing_firm):
    await at(OUTSIDE)
    phone = standing_firm.gurpreet
    await phone.send("/logout")
    await phone.share_contact()
    for typed in (*(row.typed for row in sampled([AMOUNTS, PHONES, DATES])), *COMMANDS, "7" * 99):
        await phone.send(typed)
    await phone.send(standing_firm.code())
    assert "Welcome, Gurpreet Kaur" in phone.transcript()
