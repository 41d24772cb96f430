"""Rows 39 and 40: twice, at the same time, and with the bot or the session gone in between."""

import pytest

from storage.models import Draft
from tests.flows.bad_input.kinds import SUMMARIES
from tests.flows.bad_input.places import OUTSIDE, STEPS
from tests.flows.steps import PARTNER_STEPS, RECEIVED, walk

pytestmark = pytest.mark.asyncio(loop_scope="session")


def sizes(books):
    return {name: len(documents) for name, documents in books.items()}


def where(draft):
    return draft and (draft.flow, draft.step, draft.answers)


@pytest.mark.parametrize("step", SUMMARIES)
async def test_row_39_what_two_devices_save_is_saved_once(step, at, standing_firm):
    place = await at(step)
    save = place.buttons()[0]
    shown = place.phone.screen.kept.message
    await place.taps(save)
    books = standing_firm.books()
    place.phone.person.tap(shown, save)
    await standing_firm.chat.pump()
    assert standing_firm.books() == books
    assert place.phone.answers[-1].text in (
        "This was saved already.",
        "This button is out of date.",
    )
    assert standing_firm.draft_of(place.phone) is None


async def test_row_39_an_invoice_is_cancelled_while_its_payment_is_typed(at, standing_firm):
    await at(OUTSIDE)
    ravi, gurpreet = standing_firm.ravi, standing_firm.gurpreet
    await walk(*RECEIVED)(ravi)
    await walk("/cancel", "/invoices", "[Ramesh Kumar]", "[✕ Cancel invoice]")(gurpreet)
    await walk("[Wrong customer]", "[✓ Yes, do it]")(gurpreet)
    books = standing_firm.books()
    await ravi.press("✓ Save payment")
    assert "⚠️ The balance or the day has changed" in ravi.screen.text
    await ravi.press("✓ Save payment")
    assert ravi.answers[-1].text == "The figures have changed: look, then save."
    assert standing_firm.books() == books
    standing_firm.clock.advance(seconds=3)
    await ravi.press("✓ Save payment")
    assert "Balance now: advance ₹50,000.00" in ravi.screen.text
    assert len(standing_firm.books()["payments"]) == 1


@pytest.mark.parametrize("step", STEPS)
async def test_row_40_start_shows_the_question_and_cancel_drops_it_on_purpose(
    step, at, standing_firm
):
    place = await at(step)
    question = place.phone.screen.text
    await place.types("/start")
    assert place.phone.screen.text == question
    place.check_stays()
    await place.types("/cancel")
    now = standing_firm.draft_of(place.phone)
    assert now is None or where(now) == where(Draft.read(place.draft.parent))
    place.check_nothing_posted()


@pytest.mark.parametrize("step", STEPS)
async def test_row_40_twenty_taps_are_one(step, at, standing_firm):
    place = await at(step)
    buttons = place.buttons()
    await place.taps(buttons[0])
    once, after_one = sizes(standing_firm.books()), where(standing_firm.draft_of(place.phone))
    place = await at(step)
    shown = place.phone.screen.kept.message
    for _tap in range(20 if step in SUMMARIES else 5):
        place.phone.person.tap(shown, buttons[0])
    await standing_firm.chat.pump()
    assert sizes(standing_firm.books()) == once
    assert where(standing_firm.draft_of(place.phone)) == after_one


@pytest.mark.parametrize("step", STEPS)
async def test_row_40_whoever_blocked_the_bot_finds_the_question_again(step, at):
    place = await at(step)
    question = place.phone.screen.text
    await place.phone.block()
    await place.phone.block(blocked=False)
    place.check_stays()
    await place.types("/start")
    assert place.phone.screen.text == question
    place.check_stays()


@pytest.mark.parametrize("step", PARTNER_STEPS)
async def test_row_40_a_session_that_ends_keeps_the_draft_for_the_next(step, at, standing_firm):
    place = await at(step)
    question = place.phone.screen.text.split("\n")[0]
    standing_firm.clock.advance(days=31)
    await place.types("50000")
    assert "share your phone number" in place.phone.screen.text
    place.check_stays()
    await place.phone.share_contact()
    await place.phone.send(standing_firm.code())
    assert place.phone.screen.text.split("\n")[0] == question
    place.check_stays()
