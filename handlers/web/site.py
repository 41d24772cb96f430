"""The site of web mode: which address leads where. Nothing else is served."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.desk import Desk
from handlers.edge.counts import Counts
from handlers.web.condition import Condition
from handlers.web.links import Links
from handlers.web.shell import Shell
from handlers.web.webhook import Json, Webhook, path_of, secret_of


def build_site(desk: Desk, counts: Counts, take: Callable[[Json], Awaitable[None]]) -> Starlette:
    """Put the site together. Tests call the same function.

    Args:
        take: keeps an update of Telegram's, and lets it be answered later.
    """
    token = desk.settings.telegram_bot_token.get_secret_value()
    links, condition = Links(desk), Condition(desk, counts, desk.settings.metrics_token)
    webhook = Webhook(secret_of(desk.secret_key, token), take)

    async def called(request: Request) -> Response:
        return await webhook(request)

    site = Starlette(
        routes=[
            Route(f"/telegram/{path_of(desk.secret_key, token)}", called, methods=["POST"]),
            Route("/i/{token}.pdf", links.invoice, methods=["GET"]),
            Route("/img/{token}", links.image, methods=["GET"]),
            Route("/healthz", condition.health, methods=["GET"]),
            Route("/metrics", condition.metrics, methods=["GET"]),
        ],
        middleware=[Middleware(Shell)],
        exception_handlers={HTTPException: _plainly},
    )
    site.router.redirect_slashes = False
    return site


async def _plainly(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)
