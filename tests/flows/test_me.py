"""/me: what a partner finds of themselves."""

from simulator.faults import server_error
from simulator.portraits import portrait


async def test_me_says_who_one_is_and_keeps_the_picture_shown_on_telegram(firm, partner):
    partner.person.show_portrait(portrait("Ravi Kumar"))
    await partner.send("/me")
    assert "photo" in partner.screen.kept.message
    assert "Ravi Kumar" in partner.screen.text
    assert "+91 98765 43210" in partner.screen.text
    assert "Signed in since" in partner.screen.text
    ravi = firm.store.users.by_phone("+919876543210")
    assert ravi.profile_image == f"https://t.me/arhtiya_simulated_bot?start=img_{ravi.image_id}"
    assert firm.store.images.get(ravi.image_id).mime == "image/jpeg"
    await partner.open_link(ravi.profile_image)
    assert "photo" in partner.screen.kept.message


async def test_without_a_picture_on_telegram_there_is_none(firm, partner):
    await partner.send("/me")
    assert "photo" not in partner.screen.kept.message
    assert "Ravi Kumar" in partner.screen.text
    await partner.press("Take my Telegram picture")
    assert "You show no picture on Telegram" in partner.screen.text


async def test_a_new_picture_is_taken_when_asked(firm, partner):
    partner.person.show_portrait(portrait("Ravi Kumar"))
    await partner.send("/me")
    first = firm.store.users.by_phone("+919876543210").image_id
    partner.person.show_portrait(portrait("Another Face"))
    await partner.send("/me")
    assert firm.store.users.by_phone("+919876543210").image_id == first
    await partner.press("Take my Telegram picture")
    assert firm.store.users.by_phone("+919876543210").image_id != first
    assert "photo" in partner.screen.kept.message


async def test_a_picture_that_does_not_come_is_no_error(firm, partner):
    partner.person.show_portrait(portrait("Ravi Kumar"))
    firm.chat.telegram.faults.plan("getFile", server_error())
    await partner.send("/me")
    assert "Ravi Kumar" in partner.screen.text
    assert firm.store.users.by_phone("+919876543210").image_id is None


async def test_signing_out_from_there(firm, partner):
    await partner.send("/me")
    await partner.press("Sign out")
    assert "signed out" in partner.screen.text
    await partner.send("/me")
    assert "share your phone number" in partner.screen.text.lower()


async def test_an_admin_who_is_no_partner_has_no_profile(firm):
    await firm.admin.send("/me")
    assert "Sign in as a partner" in firm.admin.screen.text
