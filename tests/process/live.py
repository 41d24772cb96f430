"""The real bot process and the simulated Telegram it talks to over HTTP, on loopback."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Self

import httpx
import uvicorn

from simulator.http import build_app
from simulator.process import bot_environment
from simulator.stream import Stream
from simulator.telegram import Telegram
from tests.process.phone import Phone
from tests.process.running import PATIENCE, Child, until

ADMIN = ("Asha", "+919810012345")
PARTNER = ("Ravi Kumar", "+919876543210")


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # they are the test runner's


@asynccontextmanager
async def served(telegram: Telegram) -> AsyncIterator[str]:
    """Serve this Telegram on a free port; gives its address, e.g. ``http://127.0.0.1:40123``."""
    # Named, for asyncio sets TCP_NODELAY on no other: what is sent in two pieces would wait for
    # the acknowledgement of the first, which the other side holds back for 40 ms.
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            build_app(telegram, Stream(telegram), port),
            log_level="critical",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        server = _Server(config)
        serving = asyncio.ensure_future(server.serve([listening]))
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            await serving


class Live:
    """One firm: the bot in its process, an admin's and a partner's phone as the page has them."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.telegram = Telegram()
        self.folder = folder
        self.settings = settings
        self.bot: Child
        self.root: str

    async def __aenter__(self) -> Self:
        admin = self.telegram.person(*ADMIN, role="admin")
        async with AsyncExitStack() as stack:
            self.root = await stack.enter_async_context(served(self.telegram))
            client = httpx.AsyncClient(base_url=self.root, timeout=PATIENCE, trust_env=False)
            self.http = await stack.enter_async_context(client)
            self.admin = Phone(self.http, admin.user_id)
            settings = bot_environment(
                {}, token=self.telegram.token, admin_id=admin.user_id, root=self.root
            )
            # All that it can write is searched for secrets (tests/log_guard.py).
            settings["LOG_LEVEL"] = "DEBUG"
            self.bot = self.child(settings | self.settings)
            stack.push_async_exit(self.bot)
            await self.start()
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def child(self, settings: dict[str, str]) -> Child:
        """The bot's process, not started yet."""
        return Child(self.folder, settings)

    async def start(self) -> None:
        """Start the bot; it fetches updates when this returns."""
        self.telegram.set_online(online=False)
        await self.bot.start()
        ended = asyncio.ensure_future(self.bot.ended(within=10 * PATIENCE))
        try:
            await until(lambda: self.telegram.online or ended.done(), "the bot is up")
            assert self.telegram.online, f"the bot did not start:\n{self.bot.said}"
        finally:
            ended.cancel()

    async def kill(self) -> None:
        """``kill -9``."""
        self.bot.kill()
        assert await self.bot.ended() == -signal.SIGKILL
        self.telegram.set_online(online=False)

    async def partner(self, name: str = PARTNER[0], number: str = PARTNER[1]) -> Phone:
        """A partner's phone: added by the admin, signed in with the code from the SMS."""
        if not self.telegram.people[self.admin.user_id].started:
            await self.admin.send("/start", sees="You are the admin")
        await self.admin.send(f"/adduser {name} {number}", sees=name)
        await self.admin.press("✓ Add", sees="is a partner now")
        phone = await Phone.added(self.http, name, number)
        await phone.send("/start", sees="share your phone number")
        await phone.share_contact(sees="Type the 6 digits")
        await phone.send(await phone.code(), sees=f"Welcome, {name}")
        return phone
