"""A run of the morning's messages that dies at any step, and two that run at once."""

import asyncio

import pytest

from tests.flows.conftest import Firm
from tests.flows.mornings import SECOND, morning, sell, tick, told
from tests.flows.steps import walk
from tests.ledger.dying import Death, Killed
from tests.ledger.firm import ask, payment

CLAIM_ENDS = 121
"""Seconds."""


@pytest.fixture
async def sunita(firm, partner):
    """A second partner; each has an invoice that is due."""
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await walk("/customer", "Ramesh Kumar", "[Save now]")(partner)
    for phone in (partner, sunita):
        await sell(firm, phone, due="2/8")
    await morning(firm, SECOND)
    return sunita


@pytest.mark.parametrize("death", [Death(at, after) for at in range(6) for after in (False, True)])
async def test_killed_at_a_write_everybody_is_told_after_the_next_start(
    firm, partner, sunita, mortal, death
):
    """Of each of two there is a claim, the mark that it was sent, and the list on show."""
    with pytest.raises(Killed), mortal.dying(death):
        await tick(firm)
    await firm.chat.restart()
    await tick(firm)
    firm.clock.advance(seconds=CLAIM_ENDS)
    await tick(firm)
    await tick(firm)
    # What was sent and not marked comes once more: two are better than none.
    unmarked = death in (Death(1, after=False), Death(4, after=False))
    assert len(told(partner)) + len(told(sunita)) == 2 + unmarked
    assert min(len(told(partner)), len(told(sunita))) == 1


async def test_with_no_more_writes_than_that_it_does_not_die(firm, partner, sunita, mortal):
    with mortal.dying(Death(6, after=False)):
        await tick(firm)
    assert (len(told(partner)), len(told(sunita))) == (1, 1)


async def test_what_is_paid_while_others_are_told_is_not_asked_for(firm, partner, sunita):
    """Whoever is told last is told of what is left by then."""
    phones = {phone.person.user_id: phone for phone in (partner, sunita)}
    by = {user.telegram_user_id: user.id for user in firm.store.users.active()}
    customer = firm.store.customers.recent(1)[0].id

    def pay(event) -> None:
        if event.kind == "message" and phones:
            phones.pop(event.user_id)
            ((other, _phone),) = phones.items()
            phones.clear()
            invoice = firm.store.invoices.oldest_due(by[other], SECOND, 1)[0]
            of_it = payment("paid", 126_100_00, only=invoice.id, customer_id=customer)
            ask(firm.store, firm.clock, of_it)

    firm.chat.telegram.watchers.append(pay)
    await tick(firm)
    assert len(told(partner)) + len(told(sunita)) == 1


async def test_two_bots_at_once_tell_it_once(embedded_store, clock, tmp_path):
    """On the store that real bots use."""
    firm = Firm(embedded_store, clock, tmp_path)
    async with firm.chat:
        await firm.admin.send("/start")
        ravi = await firm.signed_in("Ravi Kumar", "+919876543210")
        await walk("/customer", "Ramesh Kumar", "[Save now]")(ravi)
        await sell(firm, ravi)
        first = firm.chat.application
        await firm.chat._start()
        both = (first, firm.chat.application)
        await asyncio.gather(*(tick(firm, application=one) for one in both * 4))
        await first.shutdown()
        assert len(told(ravi)) == 1
