"""Every sign-in is told to the partner, who can end it where they are told of it."""

import pytest

from tests.flows.conftest import PARTNER


def notice_on(phone):
    return next(one for one in reversed(phone.messages) if one.text.startswith("🔐"))


@pytest.fixture
async def other(firm, partner):
    """Another Telegram account, to which Telegram has moved the partner's number."""
    firm.clock.advance(minutes=2)
    partner.person.phone = "+919800000000"
    other = firm.chat.phone("R. K.", PARTNER[1])
    await other.share_contact()
    await other.send(firm.code())
    assert "Welcome, Ravi Kumar" in other.screen.text
    return other


async def test_a_sign_in_is_told_above_the_welcome(firm, partner):
    notice, welcome = partner.messages[-2:]
    assert "New sign-in as Ravi Kumar" in notice.text
    assert notice.buttons == ["Not me: sign out"]
    assert "Welcome" in welcome.text


async def test_the_button_ends_the_session_and_the_admin_hears_of_it(firm, partner):
    await partner.press_old(notice_on(partner), "Not me: sign out")
    assert "Ravi Kumar is signed out everywhere" in partner.screen.text
    assert firm.admin.screen.text == (
        "⚠️ The Telegram account Ravi Kumar signed in as Ravi Kumar, and says now that it was not "
        "them. The sign-in was ended."
    )
    await firm.admin.press("Ravi Kumar")
    assert "🚫 Deactivate" in firm.admin.screen.buttons
    await partner.send("/customers")
    assert "share your phone number" in partner.screen.text


async def test_who_is_signed_out_by_a_sign_in_elsewhere_is_told_who_did_it(firm, partner, other):
    assert "with another Telegram account, R. K." in partner.screen.text
    assert "You are signed out here" in partner.screen.text
    await partner.send("/customers")
    assert "share your phone number" in partner.screen.text


async def test_and_ends_it_from_there(firm, partner, other):
    partner.person.name = "Ravi at home"
    await partner.press("Not me: sign out")
    assert "signed out everywhere" in partner.screen.text
    assert firm.admin.screen.text == (
        "⚠️ The Telegram account Ravi at home, on which Ravi Kumar was signed in before, says that "
        "the sign-in with the account R. K. was not theirs. It was ended."
    )
    await other.send("/customers")
    assert "share your phone number" in other.screen.text


async def test_an_old_notice_is_no_weapon_against_a_later_sign_in(firm, partner, other):
    told = notice_on(partner)
    await other.send("/logout")
    firm.clock.advance(minutes=5)
    await other.share_contact()
    await other.send(firm.code())
    await partner.press_old(told, "Not me: sign out")
    assert "over already" in partner.screen.text
    await other.send("/customers")
    assert "There is no customer yet" in other.screen.text


async def test_the_button_is_worth_nothing_to_anybody_else(firm, partner):
    thief = firm.chat.phone("Thief", "+919811100000")
    await thief.send("/start")
    data = notice_on(partner).button_rows[0][0]["callback_data"]
    thief.person.tap(thief.screen.kept.message, data)
    await firm.chat.pump()
    assert "over already" in thief.screen.text
    await partner.send("/customers")
    assert "There is no customer yet" in partner.screen.text


async def test_a_session_that_time_ended_says_so_and_a_stranger_does_not_hear_it(firm, partner):
    firm.clock.advance(days=8)
    await partner.send("/customers")
    assert "Your session has ended" in partner.screen.text
    stranger = firm.chat.phone("Stranger", "+919811100000")
    await stranger.send("/customers")
    assert "session" not in stranger.screen.text
