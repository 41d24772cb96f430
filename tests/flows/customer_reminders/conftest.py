"""A firm with an SMS gateway for its customers, and one who is reminded by it."""

import datetime as dt

import pytest

from storage.models import Reminding
from tests.clock import START, FakeClock
from tests.flows.mornings import FIRST, morning, tick
from tests.flows.steps import walk
from tests.local_server import Answer, serving

PHONE = "98765 43299"
CUSTOMERS = "customers"
"""What the scheduler does every five minutes."""


@pytest.fixture
def clock() -> FakeClock:
    """On the day before FIRST: of what was made today nobody is reminded."""
    return FakeClock(START - dt.timedelta(days=1))


class Gateway:
    """An SMS gateway. ``texts`` is what arrived; ``answers`` come before its usual answer."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.phones: list[str] = []
        self.asked = 0
        self.answers: list[Answer] = []

    def __call__(self, request) -> Answer:
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else Answer()
        if answer.status < 300:
            self.texts.append(request.body["message"])
            self.phones.append(request.path.rpartition("/")[2])
        return answer


@pytest.fixture
async def sms(firm):
    """Of a firm that has set one up, and has a name."""
    name_it(firm, "Khanna Grain")
    gateway = Gateway()
    with serving(gateway) as server:
        gateway.server = server
        firm.settings = {"customer_reminder_url": f"json://{server.host}/sms/{{phone}}"}
        await firm.chat.restart()
        yield gateway


@pytest.fixture
async def ramesh(firm, partner):
    """A customer with a phone."""
    await walk("/customer", "Ramesh Kumar", PHONE, "[Save now]")(partner)
    (customer,) = firm.store.customers.recent(1)
    return customer.id


@pytest.fixture
async def reminded(firm, sms, partner, ramesh):
    """The same, for whom a partner switched it on."""
    await walk("/customers", "[Ramesh Kumar]", "[📣 Remind by SMS: off]")(partner)
    return ramesh


def name_it(firm, name: str | None) -> None:
    firm.store.firm.save(firm.store.firm.get().model_copy(update={"name": name}))


async def on(firm, day: int, hour: int = 10, minute: int = 0):
    """The tick of a moment in August, in the firm's zone."""
    await morning(firm, FIRST + dt.timedelta(days=day - 1), hour, minute)
    await tick(firm, CUSTOMERS)


def states(firm) -> set[tuple[str, Reminding]]:
    """What became of the rungs, by their days."""
    found = firm.store._database["customer_reminders"].find()
    return {(one["_id"].rpartition(":")[2], Reminding(one["state"])) for one in found}
