"""The language of the flow tests, tried on a bot of a few lines."""

import io
from functools import partial

import pytest
from PIL import Image

from tests.chat import Chat
from tests.simulator import tiny_bot


@pytest.fixture
async def chat():
    async with Chat(partial(tiny_bot.build, kept={})) as opened:
        yield opened


@pytest.fixture
def ravi(chat):
    return chat.phone("Ravi Kumar", "+91 98765 43210")


def picture(width=1000, height=600):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(buffer, "PNG")
    return buffer.getvalue()


async def test_a_command_is_answered_with_a_keyboard(ravi):
    await ravi.send("/start")
    assert ravi.screen.text == "Hello"
    assert ravi.reply_keyboard == ["📱 Share my number", "Menu"]


async def test_a_deep_link_starts_with_its_parameter(ravi):
    await ravi.open_link("https://t.me/arhtiya_simulated_bot?start=inv_42")
    assert ravi.screen.text == "Hello inv_42"


async def test_the_own_number_is_shared_with_the_keyboards_button(ravi):
    await ravi.send("/start")
    await ravi.press("Share my number")
    assert ravi.screen.text == "Your's 919876543210"
    assert ravi.screen.html == "Your's <b>919876543210</b>"
    assert ravi.reply_keyboard == []


async def test_a_card_out_of_the_address_book_is_not_the_own_number(ravi):
    await ravi.send_contact("Meena Devi", "+91 98111 22233")
    assert ravi.screen.text == "Somebody's +91 98111 22233"


async def test_a_forwarded_card_is_not_the_own_number(chat, ravi):
    meena = chat.phone("Meena Devi", "+919811122233")
    await ravi.forward_contact(meena)
    assert ravi.screen.text == "Somebody's 919811122233"


async def test_a_press_finds_the_label_behind_its_emoji_and_not_a_longer_word(ravi):
    await ravi.send("Menu")
    await ravi.press("New invoice")
    assert ravi.screen.text == "Pressed new"
    assert [answer.text for answer in ravi.answers] == ["You pressed new"]
    assert ravi.screen.buttons == []


async def test_a_button_that_is_not_there_fails_with_what_is_there(ravi):
    await ravi.send("Menu")
    with pytest.raises(AssertionError, match=r"Delete(.|\n)*\[Renew invoice\]"):
        await ravi.press("Delete")


async def test_a_label_that_fits_two_buttons_fails(ravi):
    await ravi.send("Menu")
    with pytest.raises(AssertionError, match="fits several buttons"):
        await ravi.press("invoice")


async def test_a_button_can_be_pressed_after_it_went_away(ravi):
    await ravi.send("Menu")
    menu = ravi.screen
    await ravi.press("New invoice")
    await ravi.press_old(menu, "Renew invoice")
    assert ravi.screen.text == "Pressed renew"
    assert menu.buttons == ["➕ New invoice", "Renew invoice"]


async def test_a_tap_on_a_deleted_message_brings_no_message(ravi):
    await ravi.send("Menu")
    menu = ravi.screen
    ravi.person.chat.delete(menu.id)
    await ravi.press_old(menu, "Renew invoice")
    assert ravi.answers[-1].text == "You pressed renew"


async def test_a_photo_comes_back_as_a_document(ravi):
    await ravi.send_photo(picture())
    document = ravi.screen.document
    assert (document.name, document.caption) == ("back.jpg", "Your picture")
    assert Image.open(io.BytesIO(document.content)).size == (1000, 600)


async def test_an_edited_message_reaches_the_bot_as_an_edit(ravi):
    sent = await ravi.send("wheat")
    await ravi.edit(sent, "rice")
    assert ravi.screen.text == "You corrected to rice, before: wheat"


async def test_a_restart_keeps_the_chat_and_the_store(chat, ravi):
    await ravi.send("wheat")
    before = chat.application
    await chat.restart()
    assert chat.application is not before
    await ravi.send("rice")
    assert ravi.screen.text == "You said rice, before: wheat"


async def test_a_transcript_shows_both_sides(ravi):
    await ravi.send("Menu")
    assert "me : Menu" in ravi.transcript()
    assert "bot: Menu" in ravi.transcript()
    assert "[Renew invoice]" in ravi.transcript()


async def test_a_method_that_the_simulator_does_not_know_fails_the_test(chat, ravi):
    with pytest.raises(Exception, match="method not found"):
        await chat.application.bot.send_dice(ravi.person.user_id)
    with pytest.raises(AssertionError, match="sendDice"):
        await chat.pump()
