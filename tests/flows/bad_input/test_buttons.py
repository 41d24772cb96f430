"""Row 38, at every step: buttons of another day, question or person, and of nothing at all."""

import pytest

from storage.ids import new_id
from tests.flows.bad_input.places import OUTSIDE, STEPS
from tests.flows.steps import PARTNER_STEPS as OF_PARTNERS

pytestmark = pytest.mark.asyncio(loop_scope="session")

OUT_OF_DATE = "This button is out of date."

TOKENS = (
    "",
    "zzz",
    "to-zzz",
    "month-0000-00",
    "day-2026-02-31",
    "again-²",
    "line--1",
    "line-99999999999999999999",
    "save-zzz",
    "full-999",
    "often-99",
    "from-²",
    "keep",
    "a:b",
)
"""What might stand in a button of the very step that is open."""

GARBAGE = (
    "do:",
    "do:x",
    "do:x:y:z",
    "do:x:y:z:w",
    "+do:x:y:z",
    "+" * 64,
    ":" * 64,
    "c:",
    "c:zzz",
    "c:" + "0" * 24,
    "cp:" + "0" * 24,
    "ci:a:b",
    "ci:" + "0" * 24 + ":-1",
    "i:zzz",
    "pdf:zzz",
    "il:-1",
    "il:²",
    "cl:999999999",
    "cl:999999",
    "drop:a:b",
    "drop:a:",
    "go:",
    "new",
    "new:",
    "new:zzz",
    "ni:zzz",
    "np:zzz",
    "npi:" + "0" * 24,
    "ua:zzz",
    "xi:" + "0" * 24,
    "xp:zzz",
    "undo:" + "0" * 24,
    "undo:" + "0" * 24 + ":0",
    "undo:zzz:zzz",
    "undo:",
    "p:zzz",
    "st:zzz",
    "st:" + "0" * 24 + ":0:0:end",
    "sp:zzz:0:0",
    "sr:zzz",
    "h:zzz",
    "pa:²",
    "pl:zzz:0",
    "ce:zzz",
    "add:zzz",
    "nc:",
    "nc:\u200b",
    "nc:<b>{0}",
    "otp:zzz",
    "firm",
    "firm:zzz",
    "sample:zzz",
    "zzz",
    "🌾" * 16,
    "<b>%s{0}",
    "\u200b",
)
"""What no button of ours says; and what is of things that are not there."""


@pytest.mark.parametrize("step", STEPS)
async def test_row_38_a_button_that_is_out_of_date_says_so_and_asks_again(step, at, standing_firm):
    place = await at(step)
    standing_firm.clock.advance(seconds=3)
    other = standing_firm.draft_of(standing_firm.gurpreet)
    draft = place.draft
    for data in (
        f"do:{draft.op}:{draft.rev - 1}:save",
        f"do:{draft.op}:{draft.rev - 1}:cancel",
        f"do:{new_id()}:1:save",
        f"go:{new_id()}",
        f"do:{other.op}:{other.rev}:cancel",
        f"do:{other.op}:{other.rev}:now",
        f"drop:{other.op}:new:customer",
    ):
        question = place.phone.screen.text
        assert await place.taps(data) == OUT_OF_DATE
        assert place.phone.screen.text == question
        place.check_stays()
    assert standing_firm.draft_of(standing_firm.gurpreet) == other


@pytest.mark.parametrize("step", STEPS)
async def test_row_38_yesterdays_question_is_still_the_question(step, at, standing_firm):
    place = await at(step)
    standing_firm.clock.advance(days=1)
    if step in OF_PARTNERS:
        await place.phone.press("👥 Customers")
    else:
        await place.phone.send("/users")
    place.check_stays()
    await place.phone.send("/menu")
    place.check_stays()


@pytest.mark.parametrize("step", STEPS)
async def test_tokens_that_no_button_of_the_step_has(step, at):
    place = await at(step)
    for token in TOKENS:
        await place.taps(f"do:{place.draft.op}:{place.draft.rev}:{token}")
        place.check_nothing_posted()
        if place.now() != place.draft:
            place = await at(step)
    assert await place.taps(f"do:{place.draft.op}:nowhere:keep") == OUT_OF_DATE


@pytest.mark.parametrize("step", [OUTSIDE, "invoice item again", "payment summary", "firm name"])
async def test_garbage(step, at):
    for data in GARBAGE:
        place = await at(step)
        await place.taps(data)
        place.check_nothing_posted()


async def test_garbage_of_somebody_unknown(at, standing_firm):
    place = await at(OUTSIDE)
    phone = standing_firm.stranger
    for data in GARBAGE:
        phone.person.tap(phone.screen.kept.message, data)
        await standing_firm.chat.pump()
        assert "phone number" in phone.screen.text
    place.check_nothing_posted()
    assert standing_firm.draft_of(phone) is None
