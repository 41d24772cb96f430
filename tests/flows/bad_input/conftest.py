"""One firm for all tests of bad input: to open one for each would take longer than the tests."""

import logging
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.flows.bad_input.places import StandingFirm


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def standing_firm(tmp_path_factory) -> AsyncIterator[StandingFirm]:
    firm = StandingFirm(tmp_path_factory.mktemp("standing"))
    async with firm.chat:
        await firm.open()
        yield firm


@pytest.fixture
def at(standing_firm, caplog) -> Iterator[StandingFirm.at]:
    """The way to a step. Whatever happens there, no error is logged; Telegram refuses nothing."""
    refusals = standing_firm.chat.telegram.refusals
    refusals.clear()
    yield standing_firm.at
    errors = [one for one in caplog.get_records("call") if one.levelno >= logging.ERROR]
    assert not errors
    assert not [refusal for refusal in refusals if "not modified" not in refusal]
