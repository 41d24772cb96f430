"""What was typed or tapped at a form does its work once, and is answered, after a death too."""

import pytest

from handlers.opening import FORMS
from tests.flows.conftest import PARTNER
from tests.flows.steps import FIRM, HALF_MADE, PARTNER_STEPS, SOLD, walk, with_customer
from tests.flows.test_again import Death, answers, dying


def dies(*_):
    raise Death


@pytest.fixture
async def dates(firm, partner):
    """The question for the dates of a statement."""
    await with_customer(firm, partner)
    await walk(*SOLD, "/customers", "[Ramesh Kumar]", "[📒 Statement]", "[Choose dates]")(partner)
    return partner


async def test_text_that_ends_a_form_is_no_search_afterwards(firm, dates, monkeypatch):
    with dying(monkeypatch):
        await dates.send("1/4 - 30/9")
    await firm.chat.restart()
    assert "No customer" not in dates.transcript()
    assert "Statement · Ramesh Kumar" in dates.screen.text


async def test_nothing_of_it_is_kept_when_it_is_answered(firm, dates):
    await dates.send("1/4 - 30/9")
    assert not [one for one in firm.store.inbox._documents.find() if "ended" in one]


async def test_a_statement_is_not_shown_to_whoever_is_signed_out_by_then(firm, dates, monkeypatch):
    """Not even to an admin, who is let in without a session."""
    firm.admin_ids += f",{dates.person.user_id}"
    with dying(monkeypatch):
        await dates.send("1/4 - 30/9")
    firm.store.sign_ins.end(dates.person.user_id)
    await firm.chat.restart()
    assert "Sign in as a partner" in dates.screen.text
    assert "Debit" not in "".join(answers(dates)[-2:])


@pytest.mark.parametrize("how", ["[✕ Cancel]", "/cancel"])
async def test_what_was_dropped_is_said_to_be(firm, partner, monkeypatch, how):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice item again"](partner)
    with dying(monkeypatch):
        await walk(how)(partner)
    await firm.chat.restart()
    assert answers(partner)[-1] == "Dropped. No invoice was saved."


async def test_one_cancel_that_was_not_noted_drops_one_form(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice customer within"](partner)
    behind = firm.draft_of(partner).parent["op"]
    with monkeypatch.context() as patch:
        patch.setattr(firm.store.inbox, "note_ended", dies)
        with pytest.raises(Death):
            await partner.send("/cancel")
    await firm.chat.restart()
    assert firm.draft_of(partner).op == behind


async def test_what_waits_for_a_form_that_was_saved_goes_on(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice customer within"](partner)
    with dying(monkeypatch):
        await partner.press("Save now")
    await firm.chat.restart()
    assert "✅ Mahesh was added." in answers(partner)[-2]
    assert "New invoice · Mahesh" in partner.screen.text


async def test_a_change_is_said_to_be_made(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await walk("/customers", "[Ramesh Kumar]", "[✎ Edit]", "[✎ Name]", "Ramesh Lal")(partner)
    with dying(monkeypatch):
        await partner.press("✓ Save")
    await firm.chat.restart()
    assert "✅ Ramesh Lal was changed." in partner.screen.text


async def test_a_change_is_said_to_be_made_beside_another_partners(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await walk("/customers", "[Ramesh Kumar]", "[✎ Edit]", "[✎ Name]", "Ramesh Lal")(partner)
    (customer,) = firm.store.customers.recent(5)
    firm.store.customers.update_profile(customer.id, {"email": "ramesh@example.com"})
    with dying(monkeypatch):
        await partner.press("✓ Save")
    await firm.chat.restart()
    assert "✅ Ramesh Lal was changed." in partner.screen.text


async def test_a_change_that_another_partner_changed_since_is_not_made_again(
    firm, partner, monkeypatch
):
    await with_customer(firm, partner)
    await walk("/customers", "[Ramesh Kumar]", "[✎ Edit]", "[✎ Name]", "Ramesh Lal")(partner)
    with dying(monkeypatch):
        await partner.press("✓ Save")
    (customer,) = firm.store.customers.recent(5)
    firm.store.customers.update_profile(customer.id, {"name": "Ramesh Gupta"})
    await firm.chat.restart()
    assert firm.store.customers.get(customer.id).name == "Ramesh Gupta"
    assert "Ramesh Lal was changed" not in partner.screen.text


async def test_the_firm_is_said_to_be_changed(firm, monkeypatch):
    await walk(*FIRM)(firm.admin)
    with dying(monkeypatch):
        await firm.admin.press("✓ Save")
    await firm.chat.restart()
    assert "The firm was changed: Name" in firm.admin.screen.text


async def test_what_is_opened_in_the_place_of_another_is_opened(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await walk(*HALF_MADE)(partner)

    with monkeypatch.context() as patch:
        patch.setattr(FORMS, "begin", dies)
        with pytest.raises(Death):
            await partner.press("Drop it, start the new one")
    await firm.chat.restart()
    assert firm.draft_of(partner).flow == "payment"
    assert "For which customer?" in partner.screen.text


async def test_it_is_opened_once(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await walk(*HALF_MADE)(partner)
    with dying(monkeypatch):
        await partner.press("Drop it, start the new one")
    begun = firm.draft_of(partner)
    await firm.chat.restart()
    assert firm.draft_of(partner) == begun
    assert "For which customer?" in partner.screen.text


async def test_the_admins_line_is_asked_about_once(firm, monkeypatch):
    with dying(monkeypatch):
        await firm.admin.send("/adduser Sunita Devi")
    firm.clock.advance(seconds=10)
    await firm.chat.restart()
    assert "in the middle" not in firm.admin.transcript()
    assert "Sunita Devi" in answers(firm.admin)[-1]


class TestForeignLines:
    """What one person sent goes in order, what was left before what is new; so a text meets the
    draft that it was typed for, or the one that is there because of it.
    """

    async def test_what_was_not_begun_answers_the_question_it_was_typed_at(self, firm, partner):
        await with_customer(firm, partner)
        await PARTNER_STEPS["invoice quantity"](partner)
        partner.person.send("52")
        await firm.chat.fetch()
        partner.person.send("/cancel")
        partner.person.send("/payment")
        partner.person.send("Ramesh Kumar")
        await firm.chat.restart()
        assert "Price of one rice" in answers(partner)[-1]
        await firm.chat.pump()
        assert answers(partner)[-3] == "Dropped. No invoice was saved."
        assert firm.draft_of(partner).answers["amount"] is None

    async def test_what_was_taken_and_not_noted_is_not_taken_by_what_comes_next(
        self, firm, partner, monkeypatch
    ):
        """The form was left on another phone of the same account, before the bot was back."""
        await with_customer(firm, partner)
        await PARTNER_STEPS["invoice price"](partner)
        with dying(monkeypatch, before_it_answers=False):
            await partner.send("3200")
        partner.person.send("/cancel")
        partner.person.send("/payment")
        partner.person.send("Ramesh Kumar")
        await firm.chat.restart()
        assert "Another item" in partner.screen.text
        await firm.chat.pump()
        assert firm.draft_of(partner).flow == "payment"
        assert firm.draft_of(partner).answers["amount"] is None

    async def test_whose_account_it_is_no_more_writes_into_no_draft(self, firm, partner):
        """The partner has gone on on another Telegram account, which ended the session here."""
        await with_customer(firm, partner)
        await PARTNER_STEPS["payment amount"](partner)
        partner.person.send("52")
        await firm.chat.fetch()
        held_up = firm.chat.application.update_queue.get_nowait()
        firm.clock.advance(minutes=2)
        partner.person.phone = "+919800000000"
        other = firm.chat.phone("R. K.", PARTNER[1])
        await other.share_contact()
        await other.send(firm.code())
        draft = firm.store.drafts.get(firm.owner(other))
        await firm.chat.application.process_update(held_up)
        assert "share your phone number" in partner.screen.text
        assert firm.store.drafts.get(firm.owner(other)) == draft
