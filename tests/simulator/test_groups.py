"""Groups, which the bot may be taken into and leave."""

import pytest
from telegram.error import BadRequest, Forbidden


async def test_people_write_in_groups(bot, telegram, ravi):
    group = telegram.group("Mandi", ravi)
    ravi.send("/start", group=group)
    [update] = await bot.get_updates()
    assert (update.effective_chat.type, update.effective_chat.title) == ("group", "Mandi")
    assert update.effective_chat.id < 0
    sent = await update.message.reply_text("In private, please")
    assert sent.chat.id == group.id


async def test_a_group_that_the_bot_left_is_closed_to_it_until_it_is_taken_in_again(
    bot, telegram, ravi
):
    group = telegram.group("Mandi", ravi)
    assert await bot.leave_chat(group.id)
    ravi.send("/start", group=group)
    assert await bot.get_updates() == ()
    for refused in (bot.send_message(group.id, "x"), bot.leave_chat(group.id)):
        with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
            await refused
    ravi.add_bot(group)
    [update] = await bot.get_updates()
    change = update.my_chat_member
    assert (change.chat.id, change.from_user.id) == (group.id, ravi.user_id)
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("left", "member")
    assert await bot.send_message(group.id, "x")


async def test_a_private_chat_is_not_left(bot, ravi):
    with pytest.raises(BadRequest, match="can't be changed in private chats"):
        await bot.leave_chat(ravi.user_id)
