"""Web mode: the site is served beside the bot, in its process and in its loop."""

import asyncio
import errno
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from telegram.error import InvalidToken, NetworkError
from telegram.ext import Application

from bot.desk import Desk
from bot.errors import StartError
from bot.settings import EXAMPLES, Settings
from handlers.edge.counts import Counts
from handlers.edge.intake import Intake
from handlers.edge.reporter import ErrorReporter
from handlers.edge.webhook import Feed, WebhookTick
from handlers.web.impatient import AT_ONCE, Impatient
from handlers.web.site import build_site

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]

PAUSES = (1, 2, 4)
"""Seconds between the tries to reach Telegram at the start."""

FINISH_WITHIN = 5
"""Seconds for calls that are at work when the bot is told to stop."""

AT_WORK = 2 * AT_ONCE
"""Connections, all of them at work; who comes beyond them is told to come again."""

BACKLOG = 128


class Server(uvicorn.Server):
    """uvicorn, which leaves the process's signals alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


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
        self._server = Server(
            uvicorn.Config(
                site,
                http=Impatient,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,  # an address holds a token
                server_header=False,
                proxy_headers=True,
                forwarded_allow_ips=settings.trusted_proxies,
                limit_concurrency=AT_WORK,
                timeout_graceful_shutdown=FINISH_WITHIN,
            )
        )
        self._serving: asyncio.Future[None] | None = None

    async def begin(self) -> None:
        """Answer what is left, listen, and have Telegram call.

        Raises:
            StartError: the port cannot be had.
            TelegramError: Telegram does not answer, or refuses.
        """
        listening = _listening(self._settings.web_host, self._settings.port)
        try:
            await self._initialize()
            if self._application.post_init:
                await self._application.post_init(self._application)
            await self._application.start()
        except BaseException:
            listening.close()
            raise
        self._serving = asyncio.ensure_future(self._server.serve([listening]))
        self._serving.add_done_callback(self._ended)
        await self.webhook.register(self._application.bot)
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

    async def _initialize(self) -> None:
        for pause in PAUSES:
            try:
                await self._application.initialize()
            except InvalidToken:
                raise
            except NetworkError as error:
                log.warning("Telegram does not answer yet: %s", error)
                await asyncio.sleep(pause)
            else:
                return
        await self._application.initialize()

    def _ended(self, serving: "asyncio.Future[None]") -> None:
        if not self._server.should_exit:
            error = None if serving.cancelled() else serving.exception()
            self._reporter.stop(f"The site is not served any more ({type(error).__name__})")


def put_together(
    application: App, desk: Desk, intake: Intake, counts: Counts, reporter: ErrorReporter
) -> Web:
    """The site over this desk; what Telegram brings goes to the application's queue."""
    queue = application.update_queue
    site = build_site(desk, counts, Feed(intake, application.bot, queue, counts))
    return Web(application, site, WebhookTick(desk, reporter.stop), reporter, desk.settings)


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise StartError(
                f"PORT {port} is in use. Stop what uses it, or choose another one; "
                f"e.g. PORT={port + 1}"
            ) from None
        raise StartError(
            f"The site cannot listen at WEB_HOST {host}, PORT {port} ({error.strerror}); "
            f"e.g. WEB_HOST={EXAMPLES['web_host']} PORT={EXAMPLES['port']}"
        ) from None
