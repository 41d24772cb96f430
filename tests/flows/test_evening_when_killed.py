"""The evening summary of a bot that dies at any step, and of two that run at once."""

import asyncio

import pytest

from tests.flows.conftest import Firm
from tests.flows.evenings import NAME, SATURDAY, SWITCHED_ON, sell, told
from tests.flows.mornings import morning, tick
from tests.flows.steps import walk, with_customer
from tests.ledger.dying import Death, Killed

CLAIM_ENDS = 121
"""Seconds."""


@pytest.fixture
async def sunita(firm, partner):
    """A second partner; both want the summary, of one invoice."""
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await with_customer(firm, partner)
    for phone in (partner, sunita):
        await walk(*SWITCHED_ON)(phone)
    await sell(partner, 1000)
    await morning(firm, SATURDAY, 20)
    return sunita


@pytest.mark.parametrize("death", [Death(at, after) for at in range(4) for after in (False, True)])
async def test_killed_at_a_write_everybody_is_told_after_the_next_start(
    firm, partner, sunita, mortal, death
):
    """Of each of two there is a claim, and the mark that it was sent."""
    with pytest.raises(Killed), mortal.dying(death):
        await tick(firm, NAME)
    await firm.chat.restart()
    await tick(firm, NAME)
    firm.clock.advance(seconds=CLAIM_ENDS)
    await tick(firm, NAME)
    await tick(firm, NAME)
    # What was sent and not marked comes once more: two are better than none.
    unmarked = death in (Death(1, after=False), Death(3, after=False))
    assert len(told(partner)) + len(told(sunita)) == 2 + unmarked
    assert min(len(told(partner)), len(told(sunita))) == 1


async def test_with_no_more_writes_than_that_it_does_not_die(firm, partner, sunita, mortal):
    with mortal.dying(Death(4, after=False)):
        await tick(firm, NAME)
    assert (len(told(partner)), len(told(sunita))) == (1, 1)


async def test_two_bots_on_one_store_tell_it_once(firm, partner, sunita):
    first = firm.chat.application
    await firm.chat._start()
    for one in (first, firm.chat.application):
        await tick(firm, NAME, one)
    await first.shutdown()
    assert (len(told(partner)), len(told(sunita))) == (1, 1)


async def test_two_bots_at_once_tell_it_once(embedded_store, clock, tmp_path):
    """On the store that real bots use."""
    firm = Firm(embedded_store, clock, tmp_path)
    async with firm.chat:
        await firm.admin.send("/start")
        ravi = await firm.signed_in("Ravi Kumar", "+919876543210")
        await with_customer(firm, ravi)
        await walk(*SWITCHED_ON)(ravi)
        await sell(ravi, 1000)
        await morning(firm, SATURDAY, 20)
        first = firm.chat.application
        await firm.chat._start()
        both = (first, firm.chat.application)
        await asyncio.gather(*(tick(firm, NAME, one) for one in both * 4))
        await first.shutdown()
        assert len(told(ravi)) == 1
