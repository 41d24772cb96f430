"""How the site is served: one socket, and uvicorn, which leaves the process alone."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.errors import StartError
from bot.settings import EXAMPLES, Settings
from handlers.web.impatient import AT_ONCE, Impatient

FINISH_WITHIN = 5
"""Seconds for calls that are at work when the bot is told to stop."""

AT_WORK = 2 * AT_ONCE
"""Connections, all of them at work; who comes beyond them is told to come again."""

BACKLOG = 128


class Server(uvicorn.Server):
    """uvicorn, which leaves the process's signals alone."""

    def __init__(self, site: ASGIApp, settings: Settings) -> None:
        super().__init__(
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

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listening(settings: Settings) -> socket.socket:
    """The socket at ``WEB_HOST`` and ``PORT``: who connects waits until somebody serves it.

    Raises:
        StartError: the port cannot be had.
    """
    host, port = settings.web_host, settings.port
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
