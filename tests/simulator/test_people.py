"""What people do on their phones, and what of it reaches the bot."""

import io

import pytest
from PIL import Image
from telegram import KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove

from simulator.errors import Impossible


def picture(width, height):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "orange").save(buffer, "PNG")
    return buffer.getvalue()


def newest(telegram):
    return telegram.updates.take()[-1]


def test_a_command_carries_its_entity(telegram, ravi):
    ravi.send("/adduser Meena +91 98111 22233")
    message = newest(telegram)["message"]
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 8}]
    assert message["from"]["language_code"] == "en"
    assert message["chat"] == {
        "id": ravi.user_id, "type": "private", "first_name": "Ravi", "last_name": "Kumar",
    }  # fmt: skip


def test_people_speak_their_language(telegram):
    person = telegram.person("Meena Devi", "+919811122233", "hi")
    person.send("/start")
    assert newest(telegram)["message"]["from"]["language_code"] == "hi"


def test_message_ids_count_per_chat_and_update_ids_overall(telegram, ravi):
    meena = telegram.person("Meena Devi", "+919811122233")
    ids = [person.send("x").message["message_id"] for person in (ravi, meena, ravi)]
    assert ids == [2, 1, 3]
    first, second, third = (update["update_id"] for update in telegram.updates.take())
    assert (second, third) == (first + 1, first + 2)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4097])
def test_an_empty_or_endless_text_cannot_be_sent(ravi, text):
    with pytest.raises(Impossible):
        ravi.send(text)


def test_markup_that_is_typed_stays_text(telegram, ravi):
    ravi.send("<b>x</b> &amp;")
    message = newest(telegram)["message"]
    assert message["text"] == "<b>x</b> &amp;"
    assert "entities" not in message


def test_the_own_contact_has_the_own_user_id_and_no_plus(telegram, ravi):
    ravi.share_contact()
    assert newest(telegram)["message"]["contact"] == {
        "phone_number": "919876543210",
        "first_name": "Ravi",
        "last_name": "Kumar",
        "user_id": ravi.user_id,
    }


@pytest.mark.parametrize("number", ["+919811122233", "98111 22233", "919811122233"])
def test_a_card_of_somebody_on_telegram_has_their_user_id(telegram, ravi, number):
    meena = telegram.person("Meena Devi", "+919811122233")
    ravi.send_contact("Aunt", number)
    contact = newest(telegram)["message"]["contact"]
    assert contact == {"phone_number": number, "first_name": "Aunt", "user_id": meena.user_id}


def test_a_card_of_somebody_else_has_no_user_id(telegram, ravi):
    ravi.send_contact("Gopal Das", "+91 98000 00000")
    assert "user_id" not in newest(telegram)["message"]["contact"]


def test_a_forwarded_contact_says_where_it_came_from(telegram, ravi):
    meena = telegram.person("Meena Devi", "+919811122233")
    ravi.forward_contact(meena)
    message = newest(telegram)["message"]
    assert message["contact"]["user_id"] == meena.user_id
    assert message["forward_origin"]["sender_user"]["id"] == meena.user_id


async def test_a_photo_comes_in_several_sizes_with_its_bytes(bot, ravi):
    ravi.send_photo(picture(2000, 1000), "The godown")
    [update] = await bot.get_updates()
    sizes = update.message.photo
    assert [(size.width, size.height) for size in sizes] == [
        (90, 45), (320, 160), (800, 400), (1280, 640),
    ]  # fmt: skip
    assert update.message.caption == "The godown"
    content = bytes(await (await sizes[-1].get_file()).download_as_bytearray())
    assert len(content) == sizes[-1].file_size
    assert Image.open(io.BytesIO(content)).format == "JPEG"


def test_a_small_photo_is_not_blown_up(telegram, ravi):
    ravi.send_photo(picture(60, 40))
    [size] = newest(telegram)["message"]["photo"]
    assert (size["width"], size["height"]) == (60, 40)


def test_what_is_no_picture_cannot_be_sent_as_a_photo(ravi):
    with pytest.raises(Impossible, match="no picture"):
        ravi.send_photo(b"%PDF-1.7")


def test_an_album_is_held_together_by_its_group(telegram, ravi):
    ravi.send_album(picture(60, 40), picture(60, 40))
    first, second = (update["message"] for update in telegram.updates.take())
    assert first["media_group_id"] == second["media_group_id"]
    with pytest.raises(Impossible):
        ravi.send_album(picture(60, 40))


async def test_every_other_kind_of_message_is_readable(bot, ravi, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    ravi.send_document(b"a,b", "stock.csv", "Stock")
    ravi.send_voice(b"OggS")
    ravi.send_sticker()
    ravi.send_location(28.7, 77.1)
    ravi.send_poll("Rain?", "Yes", "No")
    document, voice, sticker, location, poll = [u.message for u in await bot.get_updates()]
    assert (document.document.file_name, document.document.mime_type) == ("stock.csv", "text/csv")
    assert document.caption == "Stock"
    assert voice.voice.duration.total_seconds() == 1
    assert sticker.sticker.emoji == "🌾"
    assert location.location.latitude == 28.7
    assert [option.text for option in poll.poll.options] == ["Yes", "No"]


async def test_a_reply_quotes_the_message(bot, ravi):
    question = await bot.send_message(ravi.user_id, "How many?")
    ravi.send("52", reply_to=question.message_id)
    [update] = await bot.get_updates()
    assert update.message.reply_to_message.text == "How many?"


async def test_an_edit_is_told_to_the_bot(bot, ravi):
    sent = ravi.send("wheat").message["message_id"]
    ravi.edit(sent, "/rice")
    edited = (await bot.get_updates())[-1].edited_message
    assert (edited.text, edited.message_id, bool(edited.edit_date)) == ("/rice", sent, True)
    assert edited.entities[0].type == "bot_command"
    with pytest.raises(Impossible, match="nothing was changed"):
        ravi.edit(sent, "/rice")


async def test_only_own_texts_can_be_edited(bot, ravi):
    sent = await bot.send_message(ravi.user_id, "x")
    with pytest.raises(Impossible, match="only one's own"):
        ravi.edit(sent.message_id, "y")


async def test_a_reply_keyboard_opens_hides_and_goes(bot, ravi):
    rows = [[KeyboardButton("📱 My number", request_contact=True)], ["Menu"]]
    markup = ReplyKeyboardMarkup(rows, one_time_keyboard=True, input_field_placeholder="Choose")
    await bot.send_message(ravi.user_id, "x", reply_markup=markup)
    assert ravi.chat.keyboard["input_field_placeholder"] == "Choose"
    with pytest.raises(Impossible, match="no button 'Home'"):
        ravi.press_reply_button("Home")
    ravi.press_reply_button("📱 My number")
    assert ravi.chat.messages[max(ravi.chat.messages)].message["contact"]
    assert ravi.chat.keyboard is None
    await bot.send_message(ravi.user_id, "x", reply_markup=ReplyKeyboardMarkup(rows))
    ravi.press_reply_button("Menu")
    assert ravi.chat.keyboard
    await bot.send_message(ravi.user_id, "x", reply_markup=ReplyKeyboardRemove())
    assert ravi.chat.keyboard is None


async def test_a_reply_keyboard_goes_with_its_message(bot, ravi):
    sent = await bot.send_message(ravi.user_id, "x", reply_markup=ReplyKeyboardMarkup([["Menu"]]))
    await sent.delete()
    assert ravi.chat.keyboard is None


def test_a_deep_link_sends_start_with_its_parameter(telegram, ravi):
    ravi.open_link("https://t.me/arhtiya_simulated_bot?start=inv_7")
    assert newest(telegram)["message"]["text"] == "/start inv_7"
    for elsewhere in ("https://t.me/another_bot?start=x", "https://example.com/"):
        with pytest.raises(Impossible, match="does not lead to this bot"):
            ravi.open_link(elsewhere)


def test_blocking_is_told_and_silences_the_phone(telegram, ravi):
    ravi.block()
    member = newest(telegram)["my_chat_member"]
    assert member["new_chat_member"]["status"] == "kicked"
    with pytest.raises(Impossible, match="blocked"):
        ravi.send("x")
    ravi.block(blocked=False)
    assert newest(telegram)["my_chat_member"]["new_chat_member"]["status"] == "member"
    ravi.send("x")


@pytest.mark.parametrize("number", ["", "12", "abc", "+91 98765 43210 ext. 5", "98765 43210"])
def test_a_phone_needs_a_number_of_its_own(telegram, ravi, number):
    with pytest.raises(Impossible):
        telegram.person("Another", number)


def test_an_sms_arrives_on_the_phone_with_that_number(telegram, ravi):
    assert telegram.sms("919876543210", "123456") is ravi
    assert telegram.sms("+1 415 555 0100", "1") is None
    assert [message.text for message in ravi.sms] == ["123456"]
