"""A run of customers' reminders that dies at any write: no invoice is asked for twice."""

import datetime as dt

import pytest

from tests.flows.customer_reminders.conftest import CUSTOMERS, on
from tests.flows.mornings import FIRST, morning, sell, tick, told
from tests.ledger.dying import Death, Killed

WRITES = 4
"""Of a run over two invoices of one customer: both are claimed, both are marked as sent."""


@pytest.fixture
async def two_due(firm, partner, reminded):
    """The numbers of two invoices of one customer."""
    await sell(firm, partner)
    await sell(firm, partner)
    await morning(firm, FIRST, 15)
    return "26-27/00001", "26-27/00002"


@pytest.fixture(
    params=[Death(at, after) for at in range(WRITES) for after in (False, True)], ids=str
)
async def killed(request, firm, two_due, mortal):
    with pytest.raises(Killed), mortal.dying(request.param):
        await tick(firm, CUSTOMERS)


async def test_each_is_asked_for_once_at_most_and_the_list_knows_of_it(
    firm, sms, partner, two_due, killed
):
    for hour in (15, 16, 17):
        await firm.chat.restart()
        await on(firm, 1, hour)
    await morning(firm, FIRST + dt.timedelta(days=1))
    await tick(firm)
    for number in two_due:
        asked = sum(number in text for text in sms.texts)
        (line,) = (one for one in told(partner)[-1].split("\n") if number in one)
        confirmed = "reminded on 1 Aug 2026" in line
        assert confirmed or "could not confirm the reminder of 1 Aug 2026" in line
        assert int(confirmed) <= asked <= 1


async def test_with_no_more_writes_than_that_it_does_not_die(firm, sms, two_due, mortal):
    with mortal.dying(Death(WRITES, after=False)):
        await tick(firm, CUSTOMERS)
    assert len(sms.texts) == 1
