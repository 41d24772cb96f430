"""Bot API methods about the bot itself."""

import pytest
from telegram import BotCommand, BotCommandScopeChat, MenuButtonCommands
from telegram.error import BadRequest

from simulator.portraits import portrait


async def test_commands_are_kept_by_scope_and_language(bot, ravi):
    scope = BotCommandScopeChat(ravi.user_id)
    await bot.set_my_commands([("start", "Begin")])
    await bot.set_my_commands([("adduser", "Add a partner")], scope=scope)
    await bot.set_my_commands([("start", "शुरू")], language_code="hi")
    assert await bot.get_my_commands() == (BotCommand("start", "Begin"),)
    assert await bot.get_my_commands(scope) == (BotCommand("adduser", "Add a partner"),)
    assert await bot.get_my_commands(language_code="hi") == (BotCommand("start", "शुरू"),)
    await bot.delete_my_commands(scope)
    assert await bot.get_my_commands(scope) == ()


async def test_the_bot_knows_itself(bot, telegram):
    me = await bot.get_me()
    assert (me.id, me.username) == (telegram.bot["id"], "arhtiya_simulated_bot")


async def test_a_chat_and_its_person_can_be_looked_up(bot, ravi):
    assert (await bot.get_chat(ravi.user_id)).first_name == "Ravi"
    assert (await bot.get_user_profile_photos(ravi.user_id)).total_count == 0
    ravi.show_portrait(portrait("Ravi Kumar"))
    (sizes,) = (await bot.get_user_profile_photos(ravi.user_id)).photos
    assert [size.width for size in sizes] == [90, 320]
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(5)


async def test_descriptions_and_the_menu_button_are_kept(bot, ravi):
    await bot.set_my_description("Books of a firm")
    await bot.set_my_short_description("Books")
    assert (await bot.get_my_description()).description == "Books of a firm"
    assert (await bot.get_my_short_description()).short_description == "Books"
    await bot.set_chat_menu_button(ravi.user_id, MenuButtonCommands())
    assert await bot.get_chat_menu_button(ravi.user_id) == MenuButtonCommands()


async def test_a_document_comes_back_with_its_name_and_bytes(bot, ravi):
    sent = await bot.send_document(ravi.user_id, b"%PDF-1.7", filename="26-27 00042.pdf")
    assert sent.document.mime_type == "application/pdf"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7"
    again = await bot.send_document(ravi.user_id, sent.document.file_id)
    assert again.document.file_name == "26-27 00042.pdf"


async def test_typing_shows_until_a_message_comes(bot, ravi):
    await bot.send_chat_action(ravi.user_id, "upload_document")
    assert ravi.typing[0] == "upload_document"
    await bot.send_message(ravi.user_id, "x")
    assert ravi.typing is None
