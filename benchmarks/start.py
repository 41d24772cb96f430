"""How long a start takes, from the command to the first request for updates."""

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.process.live import Live

STARTS = 7


def start_seconds() -> float:
    """The median over some starts on the same data."""
    return asyncio.run(_measured())


async def _measured() -> float:
    with tempfile.TemporaryDirectory() as folder:
        async with Live(Path(folder)) as live:
            return median([await _started_anew(live) for _start in range(STARTS)])


async def _started_anew(live: Live) -> float:
    await live.kill()
    start = time.perf_counter()
    await live.start()
    return time.perf_counter() - start
