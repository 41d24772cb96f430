"""Web mode: the site is served beside the bot, in its process and in its loop."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from starlette.types import ASGIApp
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import Application

from bot.desk import Desk
from bot.door import Door
from bot.errors import StartError
from bot.serving import Server, listening
from bot.settings import EXAMPLES, Settings
from handlers.edge.counts import Counts
from handlers.edge.intake import Intake
from handlers.edge.reporter import ErrorReporter
from handlers.edge.webhook import Feed, WebhookTick
from handlers.web.site import build_site

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]

PAUSES = (1, 2, 4)
"""Seconds between the tries to reach Telegram at the start."""


class Web:
    """The bot and its site, from listening until both have ended."""

    def __init__(
        self,
        application: App,
        site: ASGIApp,
        webhook: WebhookTick,
        reporter: ErrorReporter,
        settings: Settings,
    ) -> None:
        self._application = application
        self.site = site
        self.webhook = webhook
        self._reporter = reporter
        self._settings = settings
        self._server = Server(site, settings)
        self._serving: asyncio.Future[None] | None = None

    async def begin(self, door: Door) -> None:
        """Answer what is left, listen, and have Telegram call.

        Args:
            door: where those wait by now who came before the books were to be had.

        Raises:
            StartError: the port cannot be had, or Telegram does not take the address.
            TelegramError: Telegram does not answer, or refuses.
        """
        socket = door.socket or listening(self._settings)
        try:
            await _patiently(self._application.initialize)
            if self._application.post_init:
                await self._application.post_init(self._application)
            await self._application.start()
            await asyncio.to_thread(door.leave)
        except BaseException:
            socket.close()
            raise
        self._serving = asyncio.ensure_future(self._server.serve([socket]))
        self._serving.add_done_callback(self._ended)
        await self._have_it_call()
        log.info(
            "Web mode: %s is served at %s:%s",
            self._settings.public_url,
            self._settings.web_host,
            self._settings.port,
        )

    async def end(self) -> None:
        """Finish the calls that are at work, then the bot. What is kept is answered next time."""
        self._server.should_exit = True
        if self._serving is not None:
            await asyncio.wait({self._serving})
        if self._application.running:
            await self._application.stop()
            if self._application.post_stop:
                await self._application.post_stop(self._application)
        await self._application.shutdown()
        if self._application.post_shutdown:
            await self._application.post_shutdown(self._application)

    async def _have_it_call(self) -> None:
        try:
            await _patiently(partial(self.webhook.register, self._application.bot))
        except BadRequest as error:
            raise StartError(
                f"Telegram does not take PUBLIC_URL {self._settings.public_url} ({error}). It has "
                f"to lead here from the internet, e.g. {EXAMPLES['public_url']}"
            ) from None
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("Telegram does not know where to call; it is told in a minute: %s", error)

    def _ended(self, serving: "asyncio.Future[None]") -> None:
        if not self._server.should_exit:
            error = None if serving.cancelled() else serving.exception()
            self._reporter.stop(f"The site is not served any more ({type(error).__name__})")


async def _patiently(work: Callable[[], Awaitable[object]]) -> None:
    """Do this, and again while Telegram is away.

    Raises:
        TelegramError: it is away for longer, or refuses.
    """
    for pause in PAUSES:
        try:
            await work()
        except (InvalidToken, BadRequest):
            raise
        except TelegramError as error:
            log.warning("Telegram does not answer yet: %s", error)
            await asyncio.sleep(pause)
        else:
            return
    await work()


def put_together(
    application: App,
    desk: Desk,
    intake: Intake,
    counts: Counts,
    reporter: ErrorReporter,
    *,
    tell: Callable[[str], None],
) -> Web:
    """The site over this desk; what Telegram brings goes to the application's queue.

    Args:
        tell: tells the admins, as ``handlers.edge.admins.AdminMessenger`` does.
    """
    queue = application.update_queue
    site = build_site(desk, counts, Feed(intake, application.bot, queue, counts))
    return Web(application, site, WebhookTick(desk, reporter.stop, tell), reporter, desk.settings)
