"""The bot as people run it: a process of its own, a real network, real files."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.process.live import Live


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with Live(tmp_path) as live:
        yield live
