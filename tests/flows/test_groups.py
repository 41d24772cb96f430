"""The books are kept in private chats: a group hears that once, and the bot leaves it."""

import pytest

from simulator.faults import lost_request, server_error
from tests.flows.steps import walk

SENTENCE = "I keep the books in a private chat only. Please write to me there."


@pytest.fixture
def group(firm, partner):
    """A group in which the bot has been since before it left groups."""
    return firm.chat.telegram.group("Market", partner.person)


async def write(firm, who, group, text):
    who.person.send(text, group=group)
    await firm.chat.pump()


def said(group) -> list[str]:
    return [kept.formatted.text for kept in group.messages.values() if kept.outgoing]


async def test_taken_into_a_group_it_says_why_and_leaves(firm, partner, group):
    partner.person.add_bot(group)
    await firm.chat.pump()
    assert said(group) == [SENTENCE]
    assert group.left


async def test_it_answers_a_command_with_nothing_of_the_books(firm, partner, group):
    await walk("/customer", "Mahesh Gill", "[Save now]")(partner)
    await write(firm, partner, group, "/customers")
    (_asked, answer) = group.messages.values()
    assert answer.formatted.text == SENTENCE
    assert "reply_markup" not in answer.message
    assert group.left


@pytest.mark.parametrize(
    "text", ["/menu@arhtiya_simulated_bot", "/menu@Arhtiya_Simulated_Bot now"]
)
async def test_a_command_for_this_bot_by_name_is_one(firm, partner, group, text):
    await write(firm, partner, group, text)
    assert (said(group), group.left) == ([SENTENCE], True)


@pytest.mark.parametrize("text", ["hello", "149878", "/menu@another_bot", "/menu@another_bot now"])
async def test_what_is_said_to_others_is_not_answered(firm, partner, group, text):
    await write(firm, partner, group, text)
    assert (said(group), group.left) == ([], False)


async def test_many_commands_at_once_are_answered_once(firm, partner, group):
    for _command in range(5):
        partner.person.send("/menu", group=group)
    await firm.chat.pump()
    assert said(group) == [SENTENCE]


@pytest.mark.parametrize("fault", [server_error, lost_request])
async def test_a_group_that_takes_no_message_is_left_all_the_same(firm, partner, group, fault):
    firm.chat.telegram.faults.plan("sendMessage", fault())
    await write(firm, partner, group, "/menu")
    assert (said(group), group.left) == ([], True)


async def test_whoever_writes_in_a_closed_group_is_reachable_as_before(firm, partner, group):
    """That the group takes no message says nothing about their own chat."""
    partner.person.send("/menu", group=group)
    group.left = True
    await firm.chat.pump()
    assert firm.store.users.by_telegram_user(partner.person.user_id).reachable


async def test_taken_into_a_channel_it_says_nothing(firm, partner, group):
    group.type = "channel"
    partner.person.add_bot(group)
    await firm.chat.pump()
    assert (said(group), group.left) == ([], False)
