"""Who is signed out while an answer waits for Telegram sees no more of the books in it."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from simulator.faults import flood, lost_request
from tests.flows.steps import PARTNER_STEPS, walk, with_customer

pytestmark = [
    # The library announces another type for its own attribute.
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
    pytest.mark.usefixtures("running"),
]

SAVED = "Invoice 26-27/00001 saved"

OUT = {
    "deactivated": walk("/users", "[Ravi Kumar]", "[🚫 Deactivate]"),
    "signed out": walk("/users", "[Ravi Kumar]", "[🚪 Sign out everywhere]"),
}
"""What an admin does to a partner meanwhile."""


@pytest.fixture
async def ready(firm, partner):
    """An invoice that only has to be saved."""
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    return partner


@pytest.fixture
def answer_waits(firm, hurry):
    """While the block runs, the answer to an act waits for Telegram; after it, it is over."""

    @asynccontextmanager
    async def answer_waits(act, *, method: str):
        firm.chat.telegram.faults.plan(method, flood(600))
        hurry.stand_still()
        answered = asyncio.ensure_future(act)
        await hurry.waited_for.wait()
        yield
        assert not answered.done()
        hurry.pass_again()
        await answered
        assert not firm.store.inbox.waiting()

    return answer_waits


def said(phone) -> str:
    return "\n".join(message.text for message in phone.messages if message.from_bot)


def papers(phone) -> list:
    return [one for one in phone.messages if "document" in one.kept.message]


@pytest.mark.parametrize("signs_out", OUT.values(), ids=OUT)
async def test_no_paper_comes_any_more(firm, ready, answer_waits, signs_out):
    async with answer_waits(ready.press("✓ Save invoice"), method="sendDocument"):
        await signs_out(firm.admin)
    assert firm.store.invoices.count() == 1
    assert SAVED in said(ready)
    assert papers(ready) == []


async def test_nor_does_what_was_to_come_before_it(firm, ready, answer_waits):
    async with answer_waits(ready.press("✓ Save invoice"), method="editMessageText"):
        await OUT["deactivated"](firm.admin)
    assert firm.store.invoices.count() == 1
    assert SAVED not in said(ready)
    assert papers(ready) == []


async def test_nor_is_a_file_in_doubt_named(firm, ready, answer_waits):
    firm.chat.telegram.faults.plan("sendDocument", lost_request())
    async with answer_waits(ready.press("✓ Save invoice"), method="sendMessage"):
        await OUT["deactivated"](firm.admin)
    assert "may not have come" not in said(ready)


async def test_who_stays_in_has_all_of_it(firm, ready, answer_waits):
    async with answer_waits(ready.press("✓ Save invoice"), method="sendDocument"):
        await firm.signed_in("Sunita Devi", "+919876500000")
    assert len(papers(ready)) == 1


async def test_a_goodbye_comes(partner, answer_waits):
    async with answer_waits(partner.send("/logout"), method="sendMessage"):
        before = said(partner)
    assert said(partner).removeprefix(before).strip().startswith("You are signed out")


async def test_so_does_what_an_unknown_person_is_told(firm, answer_waits):
    stranger = firm.chat.phone("Balwinder", "+919876512345")
    async with answer_waits(stranger.send("/customers"), method="sendMessage"):
        pass
    assert "phone number" in stranger.screen.text


async def test_and_what_an_admin_is_who_is_no_partner(firm, partner, answer_waits):
    async with answer_waits(firm.admin.send("/users"), method="sendMessage"):
        pass
    assert "Ravi Kumar" in " ".join(firm.admin.screen.buttons)
