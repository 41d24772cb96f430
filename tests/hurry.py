"""Time that passes as fast as the bot waits, so that no test does."""

import asyncio


class Hurry:
    """Goes where ``time.monotonic`` and ``asyncio.sleep`` go; ``slept`` has the pauses, seconds.

    While it stands still, whoever waits goes on waiting; ``waited_for`` says that somebody does.
    """

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []
        self.waited_for = asyncio.Event()
        self._passes = asyncio.Event()
        self._passes.set()

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.waited_for.set()
        await self._passes.wait()
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)

    def stand_still(self) -> None:
        self._passes.clear()
        self.waited_for.clear()

    def pass_again(self) -> None:
        self._passes.set()
