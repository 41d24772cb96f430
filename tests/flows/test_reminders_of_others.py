"""Who is there changes while the morning's messages go out, and between the mornings."""

import datetime as dt

import pytest

from simulator.faults import lost_answer
from tests.flows.mornings import FIRST, SECOND, morning, sell, tick, told
from tests.flows.steps import walk, with_customer
from tests.ledger.firm import ask, payment


@pytest.fixture
async def sunita(firm, partner):
    """A second partner; each has an invoice that is due on the second."""
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await with_customer(firm, partner)
    for phone in (partner, sunita):
        await sell(firm, phone, due="2/8")
    await morning(firm, SECOND)
    return sunita


def at_the_first_message(firm, partner, sunita, act):
    """Have the other of the two affected as soon as the first of them was told."""
    phones = {phone.person.user_id: phone for phone in (partner, sunita)}

    def hear(event):
        if event.kind == "message" and event.user_id in phones and len(phones) == 2:
            phones.pop(event.user_id)
            (other,) = phones
            act(firm.store.users.by_telegram_user(other))

    firm.chat.telegram.watchers.append(hear)


async def test_who_is_signed_out_while_others_are_told_is_told_nothing(firm, partner, sunita):
    store = firm.store

    def signed_out(user):
        for session in store.sign_ins.of_user(user.id):
            store.sign_ins.end_session(session)

    at_the_first_message(firm, partner, sunita, signed_out)
    await tick(firm)
    assert min(len(told(partner)), len(told(sunita))) == 0


@pytest.mark.parametrize("which", [0, 1])
async def test_what_was_for_one_who_blocked_the_bot_is_told_to_the_other(
    firm, partner, sunita, which
):
    gone, there = ((partner, sunita), (sunita, partner))[which]
    gone.person.blocked = True  # of which Telegram says nothing until a message is sent
    for _minute in range(3):
        await tick(firm)
    numbers = " ".join(told(there))
    assert "26-27/00001" in numbers
    assert "26-27/00002" in numbers
    assert len(told(there)) == 1 + ("cannot be reached" in numbers)


async def test_who_hears_and_then_leaves_hands_nothing_on_that_day(firm, partner, sunita):
    await tick(firm)
    await partner.send("/logout")
    await tick(firm)
    assert len(told(sunita)) == 1


async def test_a_message_of_unknown_outcome_comes_three_times_more_at_most(firm, partner, sunita):
    firm.chat.telegram.faults.plan("sendMessage", lost_answer(), 1000)
    for _half_minute in range(2 * 60 * 6):
        await tick(firm)
        firm.clock.advance(seconds=30)
    assert len(told(partner)) == len(told(sunita)) == 4


async def test_what_is_posted_and_not_shown_yet_is_not_asked_for(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await sell(firm, partner, due="2/8")
    (invoice,) = firm.store.invoices.page(0, 2)
    paid = payment("paid", 126_100_00, only=invoice.id, customer_id=invoice.customer_id)
    with monkeypatch.context() as patch:
        patch.setattr(firm.store.invoices, "bring_up_to", dies)
        with pytest.raises(Dies):
            ask(firm.store, firm.clock, paid)
    assert firm.store.invoices.get(invoice.id).remaining_balance
    await morning(firm, SECOND)
    await tick(firm)
    assert not told(partner)


class Dies(Exception):
    pass


def dies(*_args, **_named):
    raise Dies


async def test_what_an_advance_covers_is_not_asked_for(firm, partner):
    await with_customer(firm, partner)
    for due in ("1/8", "2/8"):
        await sell(firm, partner, due=due)
    await walk("/invoices", "[26-27/00001]", "[💵 Payment]", "152200 cash", "[✓ Save payment]")(
        partner
    )
    await morning(firm, SECOND)
    await tick(firm)
    (text,) = told(partner)
    assert "To collect: ₹1,00,000.00" in text
    assert "1. Ramesh Kumar: ₹1,00,000.00 (26-27/00002)" in text
    await partner.send("/due")
    assert "1. Ramesh Kumar: ₹1,00,000.00" in partner.screen.text


async def test_whose_session_has_run_out_is_told_so_once_and_without_the_books(firm, partner):
    await with_customer(firm, partner)
    await sell(firm, partner, due="1/8")
    for day in range(20):
        await morning(firm, FIRST + dt.timedelta(days=day))
        await tick(firm)
        await tick(firm)
    asked_back = [one.text for one in partner.messages if "You have not been here" in one.text]
    assert len(asked_back) == 1
    assert "Ramesh" not in asked_back[0]
    assert partner.reply_keyboard[0] == "📱 Share my phone number"
    await partner.share_contact()
    await partner.send(firm.code())
    before = len(told(partner))
    await morning(firm, FIRST + dt.timedelta(days=21))
    await tick(firm)
    assert len(told(partner)) == before + 1


async def test_who_signed_out_is_not_asked_back(firm, partner):
    await partner.send("/logout")
    await morning(firm, FIRST + dt.timedelta(days=10))
    await tick(firm)
    assert "You have not been here" not in partner.transcript()


async def test_after_half_a_day_it_is_left_to_the_next_morning(firm, partner):
    await with_customer(firm, partner)
    await sell(firm, partner, due="1/8")
    await morning(firm, SECOND, 21, 30)
    await tick(firm)
    assert not told(partner)
    await morning(firm, SECOND + dt.timedelta(days=1))
    await tick(firm)
    assert len(told(partner)) == 1


async def test_where_nothing_was_due_in_the_morning_nothing_comes_in_the_afternoon(
    firm, partner, sunita
):
    await walk("/due", "[Ramesh Kumar]", "[🔕 Mute]")(partner)
    await tick(firm)
    await walk("/due", "[Ramesh Kumar]", "[🔔 Remind again]")(partner)
    await sunita.send("/logout")
    before = len(told(partner))
    await morning(firm, SECOND, 15)
    await tick(firm)
    assert len(told(partner)) == before
