"""What Telegram refuses, refused with Telegram's own words, at both doors."""

import datetime as dt

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError

UNCLOSED = 'Can\'t find end tag corresponding to start tag "b"'


def button(**fields):
    return InlineKeyboardMarkup([[InlineKeyboardButton("Save", **fields)]])


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": f"<b>{'x' * 4097}</b>", "parse_mode": "HTML"}, "message is too long"),
        ({"text": "₹" * 11_000}, "text is too long"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "<b>x", "parse_mode": "HTML"}, f"can't parse entities: {UNCLOSED}"),
        ({"text": "x", "reply_markup": button(callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": button(callback_data="₹" * 22)}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_parameters": ReplyParameters(999)},
            "message to be replied not found",
        ),
    ],
)
async def test_a_wrong_message_is_refused_in_telegrams_words(bot, telegram, ravi, sent, reason):
    with pytest.raises(BadRequest):
        await bot.send_message(ravi.user_id, **sent)
    assert telegram.refusals == [f"sendMessage: Bad Request: {reason}"]
    assert len(ravi.chat.messages) == 1


async def test_the_longest_message_is_counted_after_its_markup(bot, ravi):
    sent = await bot.send_message(ravi.user_id, f"<b>{'₹' * 4096}</b>", parse_mode="HTML")
    assert len(sent.text) == 4096


async def test_sixty_four_bytes_of_callback_data_are_taken(bot, ravi):
    sent = await bot.send_message(ravi.user_id, "x", reply_markup=button(callback_data="x" * 64))
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "x" * 64


async def test_a_caption_is_shorter_than_a_text(bot, ravi):
    paper = InputFile(b"%PDF-1.7", filename="a.pdf")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(ravi.user_id, paper, caption="x" * 1025)
    sent = await bot.send_document(ravi.user_id, paper, caption="x" * 1024)
    assert sent.document.file_name == "a.pdf"


async def test_an_edit_that_changes_nothing_is_refused(bot, ravi):
    markup = button(callback_data="save")
    sent = await bot.send_message(
        ravi.user_id, "<b>Rice</b>", parse_mode="HTML", reply_markup=markup
    )
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await sent.edit_text("<b>Rice</b>", parse_mode="HTML", reply_markup=markup)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_reply_markup(markup)


async def test_an_edit_without_buttons_takes_them_away(bot, ravi):
    sent = await bot.send_message(ravi.user_id, "Rice", reply_markup=button(callback_data="save"))
    edited = await sent.edit_text("Rice")
    assert edited.reply_markup is None
    assert edited.edit_date


async def test_an_unknown_message_can_neither_be_edited_nor_deleted(bot, ravi):
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", ravi.user_id, 999)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(ravi.user_id, 999)


async def test_a_deleted_message_is_unknown(bot, ravi):
    sent = await bot.send_message(ravi.user_id, "x")
    assert await sent.delete()
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await sent.delete()


async def test_a_persons_message_can_be_deleted_but_not_edited(bot, ravi):
    code = ravi.send("123456")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", ravi.user_id, code.message["message_id"])
    assert await bot.delete_message(ravi.user_id, code.message["message_id"])


async def test_an_old_message_cannot_be_deleted(bot, telegram, ravi):
    sent = await bot.send_message(ravi.user_id, "x")
    later = telegram.now() + dt.timedelta(hours=48, minutes=1)
    telegram.now = lambda: later
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await sent.delete()


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(bot, ravi):
    sent = await bot.send_message(ravi.user_id, "x", reply_markup=ReplyKeyboardMarkup([["Menu"]]))
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await sent.edit_text("y")


async def test_text_and_caption_are_edited_by_their_own_methods(bot, ravi):
    text = await bot.send_message(ravi.user_id, "x")
    paper = await bot.send_document(ravi.user_id, b"%PDF-1.7", filename="a.pdf", caption="old")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await text.edit_caption("y")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await paper.edit_text("y")
    assert (await paper.edit_caption("new")).caption == "new"


async def test_an_edit_takes_no_reply_keyboard(bot, ravi):
    sent = await bot.send_message(ravi.user_id, "x")
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await sent.edit_text("y", reply_markup=ReplyKeyboardMarkup([["Menu"]]))


async def test_a_number_is_asked_for_in_private_chats_only(bot, telegram, ravi):
    group = telegram.group("Mandi", ravi)
    ask = ReplyKeyboardMarkup([[KeyboardButton("My number", request_contact=True)]])
    with pytest.raises(BadRequest, match="Phone number can be requested in private chats only"):
        await bot.send_message(group.id, "x", reply_markup=ask)


async def test_who_never_started_the_bot_is_not_found(bot, telegram):
    stranger = telegram.person("Meena Devi", "+919811122233")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(stranger.user_id, "x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "x")


async def test_whom_the_bot_knows_from_a_group_must_start_it_first(bot, telegram, ravi):
    stranger = telegram.person("Meena Devi", "+919811122233")
    telegram.group("Mandi", ravi, stranger)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.user_id, "x")


async def test_who_blocked_the_bot_gets_nothing(bot, ravi):
    ravi.block()
    with pytest.raises(Forbidden, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(ravi.user_id, "x")
    with pytest.raises(Forbidden):
        await bot.send_chat_action(ravi.user_id, "typing")
    ravi.block(blocked=False)
    assert await bot.send_message(ravi.user_id, "x")


async def pressed(bot, ravi):
    sent = await bot.send_message(ravi.user_id, "x", reply_markup=button(callback_data="save"))
    ravi.press(sent.message_id, 0, 0)
    updates = await bot.get_updates()
    return updates[-1].callback_query


async def test_a_press_can_be_answered_once(bot, telegram, ravi):
    query = await pressed(bot, ravi)
    assert (query.data, query.from_user.id) == ("save", ravi.user_id)
    assert await query.answer("Saved", show_alert=True)
    [answer] = telegram.answers[ravi.user_id]
    assert (answer.text, answer.alert) == ("Saved", True)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
        await query.answer()


async def test_an_old_press_cannot_be_answered(bot, telegram, ravi):
    query = await pressed(bot, ravi)
    later = telegram.now() + dt.timedelta(minutes=2)
    telegram.now = lambda: later
    with pytest.raises(BadRequest, match="or query id is invalid"):
        await query.answer()


async def test_an_answer_holds_two_hundred_characters(bot, ravi):
    query = await pressed(bot, ravi)
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await query.answer("x" * 201)
    assert await query.answer("x" * 200)


async def test_an_unknown_file_id_is_refused(bot, ravi):
    with pytest.raises(BadRequest, match=r"(?i)wrong file_id or the file is temporarily"):
        await bot.get_file("BQACnothing")
    with pytest.raises(BadRequest, match=r"(?i)wrong file_id"):
        await bot.send_document(ravi.user_id, "BQACnothing")


async def test_an_empty_file_is_refused(bot, ravi):
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(ravi.user_id, b"", filename="a.pdf")


async def test_a_photo_must_be_a_picture(bot, ravi):
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(ravi.user_id, b"no picture")


async def test_an_unknown_chat_action_is_refused(bot, ravi):
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await bot.send_chat_action(ravi.user_id, "dancing")


@pytest.mark.parametrize("command", ["New", "a-b", "x" * 33, ""])
async def test_a_command_with_a_wrong_name_is_refused(bot, command):
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([(command, "Make an invoice")])


async def test_an_unknown_method_is_refused_and_remembered(bot, telegram, ravi):
    with pytest.raises(InvalidToken, match="Not Found: method not found"):
        await bot.send_dice(ravi.user_id)
    assert telegram.failures == ["sendDice is not a method it knows"]


async def test_another_token_is_refused(bot, telegram):
    telegram.token = f"{telegram.bot['id']}:another"
    with pytest.raises(InvalidToken, match="Unauthorized"):
        await bot.get_me()


async def test_a_call_that_breaks_the_fake_is_no_refusal(bot, telegram, ravi, monkeypatch):
    monkeypatch.setattr(telegram, "chats", None)
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.send_message(ravi.user_id, "x")
    assert telegram.failures[0].startswith("sendMessage broke it: ")
    assert telegram.refusals == []
