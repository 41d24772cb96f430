"""Signing in and staying in, as it reads in the chat."""

import pytest

from tests.flows.conftest import PARTNER
from tests.flows.test_users import card_of

WRONG = "This is not the code"


@pytest.fixture
async def ravi(firm):
    """A phone whose number the admin registered, before its owner writes to the bot."""
    await firm.add_partner(*PARTNER)
    return firm.chat.phone(*PARTNER)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


async def test_the_contact_the_code_and_then_the_menu(firm, ravi):
    await ravi.send("/start")
    assert ravi.reply_keyboard == ["📱 Share my phone number"]
    await ravi.press("Share my phone number")
    assert "The admin of your firm has your code" in ravi.screen.text
    assert "Ravi Kumar (+91 …210) wants to sign in:" in firm.admin.screen.text
    await ravi.send(firm.code())
    assert "Welcome, Ravi Kumar" in ravi.screen.text
    assert "🧾 New invoice" in ravi.reply_keyboard
    assert "📱 Share my phone number" not in ravi.reply_keyboard
    await ravi.press("Customers")
    assert "There is no customer yet" in ravi.screen.text


async def test_the_message_with_the_code_does_not_stay_in_the_chat(firm, ravi):
    await ravi.share_contact()
    code = firm.code()
    await ravi.send(other_than(code))
    await ravi.send(f"{code[:3]} {code[3:]}")
    assert "Welcome" in ravi.screen.text
    mine = [message.text for message in ravi.messages if not message.from_bot]
    assert not any(letter.isdecimal() for text in mine for letter in text)


@pytest.mark.parametrize("words", ["code: {}", "{} hai", "my code is\n{}"])
async def test_nor_does_one_with_the_code_among_words(firm, ravi, words):
    await ravi.share_contact()
    said = words.format(firm.code())
    await ravi.send(said)
    assert "6 digits, for example 123456" in ravi.screen.text
    assert said not in [message.text for message in ravi.messages]
    await ravi.send("what code?")
    assert "what code?" in [message.text for message in ravi.messages]


async def test_a_wrong_code_counts_down_until_the_code_is_void(firm, ravi):
    await ravi.share_contact()
    code = firm.code()
    for left in ("4 tries left", "3 tries left", "2 tries left", "1 try left"):
        await ravi.send(other_than(code))
        assert WRONG in ravi.screen.text
        assert left in ravi.screen.text
        assert ravi.screen.buttons == ["Send again"]
    await ravi.send(other_than(code))
    assert "void now" in ravi.screen.text
    await ravi.send(code)
    assert "share your phone number" in ravi.screen.text
    assert not firm.store.sign_ins.get(ravi.person.user_id).verified


@pytest.mark.parametrize("typed", ["12345", "what code?", "1234567"])
async def test_what_is_no_code_is_not_counted_and_says_what_one_looks_like(firm, ravi, typed):
    await ravi.share_contact()
    for _try in range(6):
        await ravi.send(typed)
        assert "6 digits, for example 123456" in ravi.screen.text
    await ravi.send(firm.code())
    assert "Welcome" in ravi.screen.text


async def test_digits_of_another_script_are_a_code(firm, ravi):
    await ravi.share_contact()
    await ravi.send(firm.code().translate(str.maketrans("0123456789", "०१२३४५६७८९")))
    assert "Welcome" in ravi.screen.text


async def test_a_code_is_good_for_five_minutes(firm, ravi):
    await ravi.share_contact()
    late = firm.code()
    firm.clock.advance(minutes=5)
    await ravi.send(late)
    assert "too old" in ravi.screen.text
    await ravi.press("Send again")
    await ravi.send(firm.code())
    assert "Welcome" in ravi.screen.text


async def test_a_new_code_can_be_had_after_a_minute_and_voids_the_old(firm, ravi):
    await ravi.share_contact()
    first = firm.code()
    asking = ravi.screen
    await ravi.press("Send again")
    assert "type it here. The next one can be sent in 60 seconds" in ravi.screen.text
    assert ravi.screen.buttons == ["Send again"]
    assert firm.code() == first
    firm.clock.advance(seconds=60)
    await ravi.press_old(asking, "Send again")
    second = firm.code()
    assert firm.admin.screen.text.endswith(second)
    if first != second:  # once in a million they are the same
        await ravi.send(first)
        assert WRONG in ravi.screen.text
    await ravi.send(second)
    assert "Welcome" in ravi.screen.text


async def test_three_codes_in_a_quarter_of_an_hour_are_enough(firm, ravi):
    await ravi.share_contact()
    for seconds in (60, 120):
        firm.clock.advance(seconds=seconds)
        await ravi.share_contact()
        assert "has your code" in ravi.screen.text
    firm.clock.advance(seconds=300)
    await ravi.share_contact()
    assert "can be sent in 7 minutes" in ravi.screen.text


async def test_whoever_had_ten_codes_in_a_day_waits_or_is_let_in_by_the_admin(firm, ravi):
    for _code in range(10):
        await ravi.share_contact()
        assert "has your code" in ravi.screen.text
        firm.clock.advance(minutes=30)
    await ravi.share_contact()
    assert "can be sent at 2 Aug 2026, 14:31" in ravi.screen.text
    card = await card_of(firm.admin)
    assert "Many codes were sent already" in card.text
    assert "asked for at 2 Aug 2026, 14:31" in card.text
    await firm.admin.press("Unlock")
    assert "🔒" not in firm.admin.screen.text
    await ravi.share_contact()
    await ravi.send(firm.code())
    assert "Welcome" in ravi.screen.text


async def test_too_many_wrong_codes_close_the_door_for_an_hour(firm, ravi):
    for wait in (60, 120, 900):
        await ravi.share_contact()
        code = firm.code()
        for _guess in range(5):
            await ravi.send(other_than(code))
        firm.clock.advance(seconds=wait)
    assert "Too many wrong codes" in ravi.screen.text
    assert "closed until 15:34; the admin" in ravi.screen.text
    await ravi.share_contact()
    assert "Too many wrong codes" in ravi.screen.text
    firm.clock.advance(hours=1)
    await ravi.share_contact()
    await ravi.send(firm.code())
    assert "Welcome" in ravi.screen.text


async def test_an_account_that_was_in_once_cannot_have_codes_sent(firm, ravi):
    await ravi.share_contact()
    asked = ravi.screen
    await ravi.send(firm.code())
    await ravi.send("/logout")
    firm.clock.advance(days=1)
    said = len(firm.admin.messages)
    await ravi.press_old(asked, "Send again")
    assert "share your phone number" in ravi.screen.text
    assert len(firm.admin.messages) == said


async def test_an_account_that_lost_the_number_cannot_lock_its_owner_out(firm, ravi):
    await ravi.share_contact()
    asked = ravi.screen
    await ravi.send(firm.code())
    ravi.person.phone = "+919800000000"
    owner = firm.chat.phone("R. K.", PARTNER[1])
    firm.clock.advance(minutes=2)
    await owner.share_contact()
    await owner.send(firm.code())
    await owner.send("/logout")
    for _try in range(12):
        firm.clock.advance(minutes=2)
        await ravi.press_old(asked, "Send again")
        await ravi.send("123456")
        assert "share your phone number" in ravi.screen.text
    await owner.share_contact()
    await owner.send(firm.code())
    assert "Welcome, Ravi Kumar" in owner.screen.text


async def test_somebody_elses_card_is_refused(firm, ravi):
    thief = firm.chat.phone("Thief", "+919811100000")
    said = len(firm.admin.messages)
    await thief.send_contact(*PARTNER)
    assert "your own number" in thief.screen.text
    await thief.forward_contact(ravi)
    assert "your own number" in thief.screen.text
    await thief.send_contact("Nobody on Telegram", "+919811100009")
    assert "your own number" in thief.screen.text
    await ravi.forward_contact(ravi)
    assert "your own number" in ravi.screen.text
    assert thief.reply_keyboard == ["📱 Share my phone number"]
    assert len(firm.admin.messages) == said


async def test_a_code_is_worth_nothing_in_another_chat(firm, ravi):
    thief = firm.chat.phone("Thief", "+919811100000")
    await ravi.share_contact()
    await thief.send("/start")
    await thief.send(firm.code())
    assert "share your phone number" in thief.screen.text
    await ravi.send(firm.code())
    assert "Welcome" in ravi.screen.text


async def test_a_number_that_is_not_registered_is_answered_kindly(firm):
    stranger = firm.chat.phone("Harjit Singh", "+919811100000")
    await stranger.share_contact()
    assert "+91 98111 00000 is not registered here" in stranger.screen.text
    assert "The admin has been asked to let you in" in stranger.screen.text
    assert stranger.reply_keyboard == ["📱 Share my phone number"]
    assert "Harjit Singh shared +91 98111 00000" in firm.admin.screen.text
    assert firm.admin.screen.buttons == ["➕ Add", "Ignore"]


async def test_the_admin_hears_of_somebody_once_a_day(firm):
    stranger = firm.chat.phone("Harjit Singh", "+919811100000")
    await stranger.share_contact()
    said = len(firm.admin.messages)
    for _again in range(3):
        await stranger.share_contact()
    assert len(firm.admin.messages) == said
    firm.clock.advance(days=1)
    await stranger.share_contact()
    assert len(firm.admin.messages) == said + 1


async def test_add_asks_the_admin_for_the_name_alone(firm):
    stranger = firm.chat.phone("Harjit Singh", "+919811100000")
    await stranger.share_contact()
    await firm.admin.press("Add")
    await firm.admin.send("Harjit Singh")
    assert "+91 98111 00000" in firm.admin.screen.text
    await firm.admin.press("✓ Add")
    await stranger.share_contact()
    await stranger.send(firm.code())
    assert "Welcome, Harjit Singh" in stranger.screen.text


async def test_whoever_knocked_hears_that_they_were_added(firm):
    stranger = firm.chat.phone("Harjit Singh", "+919811100000")
    await stranger.share_contact()
    await firm.admin.press("Add")
    assert "New partner · +91 98111 00000" in firm.admin.screen.text
    await firm.admin.send("Harjit Singh")
    await firm.admin.press("✓ Add")
    assert "The admin has added you" in stranger.screen.text
    await stranger.press("Share my phone number")
    await stranger.send(firm.code())
    assert "Welcome, Harjit Singh" in stranger.screen.text


async def test_whoever_the_admin_does_not_hear_of_is_told_to_ask(firm):
    stranger = firm.chat.phone("Harjit Singh", "+919811100000")
    await stranger.share_contact()
    await stranger.share_contact()
    assert "Once the admin of your firm has let you in" in stranger.screen.text


async def test_a_void_code_is_not_asked_for(firm, ravi):
    await ravi.share_contact()
    code = firm.code()
    for _guess in range(5):
        await ravi.send(other_than(code))
    await ravi.press("Send again")
    assert "The next code can be sent in 60 seconds" in ravi.screen.text
    assert ravi.reply_keyboard == ["📱 Share my phone number"]


async def test_ignore_leaves_it_at_that(firm):
    stranger = firm.chat.phone("Harjit Singh", "+919811100000")
    await stranger.share_contact()
    await firm.admin.press("Ignore")
    assert firm.admin.screen.text.startswith("Ignored: +91 98111 00000.")
    assert firm.admin.screen.buttons == []
    assert firm.store.users.all() == []


async def test_an_admin_can_be_a_partner_too(firm):
    assert "📱 Share my phone number" in firm.admin.reply_keyboard
    await firm.admin.press("Share my phone number")
    await firm.admin.press("✓ Add")
    await firm.admin.share_contact()
    await firm.admin.send(firm.code())
    assert "Welcome, Asha" in firm.admin.screen.text
    assert {"🧾 New invoice", "👤 Add partner"} <= set(firm.admin.reply_keyboard)


async def test_a_forgotten_code_does_not_stop_an_admin_from_typing_numbers(firm):
    await firm.admin.share_contact()
    await firm.admin.press("✓ Add")
    await firm.admin.share_contact()
    await firm.admin.send("/adduser Ravi Kumar")
    await firm.admin.send("9876543210")
    assert "+91 98765 43210" in firm.admin.screen.text
    assert "✓ Add" in firm.admin.screen.buttons


async def test_logging_out_ends_it_and_keeps_the_work(firm, partner):
    await partner.send("/customer")
    await partner.send("Ramesh Kumar")
    await partner.send("/logout")
    assert "signed out" in partner.screen.text
    assert partner.reply_keyboard == []
    await partner.send("Ramesh")
    assert "share your phone number" in partner.screen.text
    firm.clock.advance(minutes=1)
    await partner.press("Share my phone number")
    await partner.send(firm.code())
    assert "New customer · Ramesh Kumar" in partner.screen.text
    await partner.press("Save now")
    assert firm.store.customers.count() == 1


@pytest.mark.parametrize("days", [7, 30])
async def test_a_session_ends_when_it_is_left_idle_and_in_any_case(firm, partner, days):
    for _week in range(days // 6):
        await partner.press("Customers")
        assert "There is no customer yet" in partner.screen.text
        firm.clock.advance(days=6)
    firm.clock.advance(days=1 if days == 7 else 0)
    await partner.send("/customers")
    assert "share your phone number" in partner.screen.text


async def test_a_session_that_ends_in_the_middle_of_an_invoice_loses_nothing(firm, partner):
    await partner.send_contact("Mahesh Gill", "+919876543299")
    await partner.press("✓ Save")
    await partner.send("/invoice")
    await partner.press("Mahesh Gill")
    await partner.send("wheat 52 2425")
    firm.clock.advance(days=8)
    await partner.press("✓ Done")
    assert "sign in first" in partner.answers[-1].text
    assert "share your phone number" in partner.screen.text
    await partner.press("Share my phone number")
    await partner.send(firm.code())
    assert "wheat: 52" in partner.screen.text
    await partner.press("✓ Done")
    await partner.press("Full")
    await partner.press("✓ Save invoice")
    assert firm.store.invoices.count() == 1


async def test_a_button_pressed_after_signing_out_shows_nothing_of_the_books(firm, partner):
    await partner.send_contact("Mahesh Gill", "+919876543299")
    await partner.press("✓ Save")
    card = partner.screen
    await partner.press("Customers")
    listing = partner.screen
    await partner.send("/logout")
    shown = {message.id for message in partner.messages}
    await partner.press_old(card, "✎ Edit")
    await partner.press_old(listing, "Mahesh Gill")
    await partner.press_old(listing, "New customer")
    await partner.send("Mahesh")
    said = [m.text for m in partner.messages if m.id not in shown and m.from_bot]
    assert len(said) == 4
    assert all("share your phone number" in text for text in said)


async def test_whoever_signs_in_as_another_partner_finds_no_draft_of_the_first(firm, partner):
    await partner.send("/customer")
    await partner.send("Ramesh Kumar")
    await partner.send("/logout")
    await firm.add_partner("Sunita Devi", "+919876500000")
    partner.person.phone = "+919876500000"
    firm.clock.advance(minutes=2)
    await partner.share_contact()
    before = len(partner.messages)
    await partner.send(firm.code())
    await partner.send("/menu")
    said = "\n".join(message.text for message in partner.messages[before:])
    assert "Welcome, Sunita Devi" in said
    assert "Ramesh" not in said


async def test_an_admin_who_is_signed_out_cannot_go_on_with_an_invoice(firm):
    await firm.admin.share_contact()
    await firm.admin.press("✓ Add")
    await firm.admin.share_contact()
    await firm.admin.send(firm.code())
    await firm.admin.send_contact("Mahesh Gill", "+919876543299")
    await firm.admin.press("✓ Save")
    await firm.admin.send("/invoice")
    await firm.admin.press("Mahesh Gill")
    await firm.admin.send("wheat 52 2425")
    question = firm.admin.screen
    await firm.admin.send("/logout")
    before = len(firm.admin.messages)
    await firm.admin.press_old(question, "✓ Done")
    await firm.admin.send("rice 1 100")
    await firm.admin.send("/menu")
    await firm.admin.send("/adduser Ravi Kumar 98765 43210")
    await firm.admin.press("✓ Add")
    assert "is a partner now" in firm.admin.screen.text
    said = "\n".join(message.text for message in firm.admin.messages[before:])
    assert "Mahesh" not in said
    assert "₹" not in said
    firm.clock.advance(minutes=2)
    await firm.admin.share_contact()
    await firm.admin.send(firm.code())
    assert "wheat: 52" in firm.admin.screen.text


async def test_a_removed_admin_cannot_finish_adding_a_partner(firm, partner):
    """Partners keep their drafts by who they are, and who may go on is asked anew each time."""
    await firm.admin.send("/adduser Sunita Devi 98765 00000")
    summary = firm.admin.screen
    firm.admin_ids = "1"
    await firm.chat.restart()
    await firm.admin.press_old(summary, "✓ Add")
    assert "share your phone number" in firm.admin.screen.text
    assert firm.store.users.by_phone("+919876500000") is None


async def test_a_code_that_cannot_be_sent_says_so(firm):
    await firm.add_partner(*PARTNER)
    ravi = firm.chat.phone(*PARTNER)
    await firm.admin.block()
    await ravi.share_contact()
    assert "could not be sent just now" in ravi.screen.text
    assert ravi.screen.buttons == ["Send again"]
