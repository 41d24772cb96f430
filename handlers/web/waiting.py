"""The site while another bot has the books: well, and at nobody's service yet."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handlers.web.shell import Shell, again


def build_waiting_site() -> Starlette:
    """What a platform that deploys asks, and for all others a word to come again.

    It stops the last bot once the next one is well, and the next one waits for just that.
    """
    site = Starlette(
        routes=[
            Route("/healthz", _health, methods=["GET"]),
            Route("/{address:path}", _later, methods=["GET", "POST"]),
        ],
        middleware=[Middleware(Shell)],
    )
    site.router.redirect_slashes = False
    return site


async def _health(_request: Request) -> Response:
    return JSONResponse({"status": "waiting"})


async def _later(_request: Request) -> Response:
    return again(503, 2, "The bot is about to start. Try again.")
