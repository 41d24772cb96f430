"""What was being saved when the bot died, or the store went: saved once, and as it was shown."""

import datetime as dt

import pytest
from pymongo.errors import AutoReconnect

from storage.ids import new_id
from tests.flows.dying import Death, answers, dies, dying
from tests.flows.steps import walk, with_customer

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

TO_PAY = ("/payment", "[Ramesh Kumar]", "126100 cash")
TO_CANCEL = ("/invoices", "[26-27/00001]", "[✕ Cancel invoice]", "[Wrong amount]")
TO_SELL = ("/invoice", "[Ramesh Kumar]", "rice 1 100", "[✓ Done]", "[Nothing]", "[+15]")
SAVE = {TO_PAY: "✓ Save payment", TO_CANCEL: "✓ Yes, do it", TO_SELL: "✓ Save invoice"}

every_form = pytest.mark.parametrize("steps", SAVE, ids=["payment", "cancel", "invoice"])


@pytest.fixture
async def ramesh(firm, partner):
    """Who owes 126 100 rupees."""
    await with_customer(firm, partner)
    await walk("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", "[Nothing]")(partner)
    await walk("[+15]", "[✓ Save invoice]")(partner)
    return firm.store.customers.recent(1)[0]


def posted(firm, ramesh) -> list[str]:
    return [entry.kind.value for entry in firm.store.ledger.entries(ramesh.id)]


async def die_before_posting(firm, partner, monkeypatch, save):
    with monkeypatch.context() as patch:
        patch.setattr(firm.store.ledger, "append", dies)
        with pytest.raises(Death):
            await partner.press(save)


async def die_after_posting(firm, partner, monkeypatch, save):
    with monkeypatch.context() as patch:
        patch.setattr(firm.store.inbox, "note_ended", dies)
        with pytest.raises(Death):
            await partner.press(save)


def pass_midnight(firm):
    firm.clock.advance(days=1)


@every_form
async def test_what_nobody_has_changed_meanwhile_is_saved_once(
    firm, partner, ramesh, monkeypatch, steps
):
    await walk(*steps)(partner)
    before = posted(firm, ramesh)
    await die_before_posting(firm, partner, monkeypatch, SAVE[steps])
    assert posted(firm, ramesh) == before
    await firm.chat.restart()
    assert len(posted(firm, ramesh)) == len(before) + 1
    assert "✅" in answers(partner)[-2] + answers(partner)[-1]


async def test_two_who_save_the_same_money_book_it_once_although_the_bot_died(
    firm, partner, ramesh, monkeypatch
):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await walk(*TO_PAY)(partner)
    await die_before_posting(firm, partner, monkeypatch, "✓ Save payment")
    await walk(*TO_PAY, "[✓ Save payment]")(sunita)

    await firm.chat.restart()

    assert posted(firm, ramesh) == ["invoice", "payment"]
    assert "has changed since this was shown" in partner.screen.text
    assert "Kept as advance: ₹1,26,100.00" in partner.screen.text


@pytest.mark.usefixtures("hurry", "running")
async def test_nor_because_the_store_went_away_for_a_moment(firm, partner, ramesh, monkeypatch):
    await walk(*TO_PAY)(partner)
    append, away = firm.store.ledger.append, [AutoReconnect("connection closed")]

    def away_once(entry):
        if away:
            # Meanwhile another partner saves the same money.
            append(entry.model_copy(update={"id": new_id()}))
            raise away.pop()
        append(entry)

    monkeypatch.setattr(firm.store.ledger, "append", away_once)
    await partner.press("✓ Save payment")

    assert posted(firm, ramesh) == ["invoice", "payment"]
    assert "has changed since this was shown" in partner.screen.text


@every_form
async def test_what_was_posted_is_told_as_saved(firm, partner, ramesh, monkeypatch, steps):
    await walk(*steps)(partner)
    await die_after_posting(firm, partner, monkeypatch, SAVE[steps])
    before = posted(firm, ramesh)

    await firm.chat.restart()

    assert posted(firm, ramesh) == before
    assert "✅" in answers(partner)[-2] + answers(partner)[-1]
    assert "went wrong" not in partner.transcript()
    assert firm.draft_of(partner) is None


@every_form
async def test_what_was_posted_before_midnight_is_told_after_it(
    firm, partner, ramesh, monkeypatch, steps
):
    await walk(*steps)(partner)
    await die_after_posting(firm, partner, monkeypatch, SAVE[steps])
    pass_midnight(firm)

    await firm.chat.restart()

    assert "✅" in answers(partner)[-2] + answers(partner)[-1]
    last = firm.store.ledger.head(ramesh.id)
    assert last.day == firm.clock.today() - dt.timedelta(days=1)


@every_form
async def test_what_was_not_posted_by_midnight_is_shown_with_the_new_day(
    firm, partner, ramesh, monkeypatch, steps
):
    await walk(*steps)(partner)
    before = posted(firm, ramesh)
    await die_before_posting(firm, partner, monkeypatch, SAVE[steps])
    pass_midnight(firm)

    await firm.chat.restart()

    assert posted(firm, ramesh) == before
    assert "The balance or the day has changed" in partner.screen.text
    firm.clock.advance(seconds=5)
    await partner.press(SAVE[steps])
    assert len(posted(firm, ramesh)) == len(before) + 1


async def test_an_undo_that_comes_again_leaves_what_another_put_back(
    firm, partner, ramesh, monkeypatch
):
    await walk(*TO_PAY, "[✓ Save payment]")(partner)
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    with dying(monkeypatch):
        await partner.press("↩ Undo")
    await walk("/payments", "[1,26,100]", "[Put it back]", "he did pay", "[✓ Yes]")(sunita)

    await firm.chat.restart()

    assert posted(firm, ramesh) == ["invoice", "payment", "undo", "restore"]
    assert "is in the books again since" in partner.screen.text
