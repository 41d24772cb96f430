"""What a link opens: an invoice's PDF as it stands now, and a picture."""

import asyncio
import logging
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.desk import Desk
from bot.errors import NotThere
from bot.i18n import _
from bot.links import image_of, invoice_of
from bot.sharing import stopped_link_text
from handlers.edge.asking import asked
from handlers.invoices import get_invoice, pdf
from handlers.screen import Document
from handlers.web.per_client import PerClient
from handlers.web.shell import again
from storage.images import Image

log = logging.getLogger(__name__)

A_MINUTE = 30
"""Links of one address; a customer opens a few, and a whole office may share one address."""

WRONG = 10
"""How much more a link counts that opens nothing: three wrong ones a minute."""

AT_ONCE = 2
"""Papers that are drawn for links; partners' papers wait for no more than these."""

PRIVATE = {"Cache-Control": "private, max-age=3600"}


class Links:
    """Both kinds of links are limited together."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._clients = PerClient(A_MINUTE, 60)
        self._drawing = asyncio.Semaphore(AT_ONCE)

    async def invoice(self, request: Request) -> Response:
        """The PDF. It tells how the invoice stands, so it is kept nowhere on the way."""
        if (refused := await self._refused(request)) is not None:
            return refused
        paper = await asked(_paper, self._desk, request.path_params["token"])
        if paper is None:
            return await self._nothing(request)
        async with self._drawing:
            content = await asked(paper.make)
        headers = {
            "Content-Disposition": f"inline; filename*=UTF-8''{quote(paper.name)}",
            # With more than this Chrome's own viewer does not show it.
            "Content-Security-Policy": "frame-ancestors 'none'",
        }
        return Response(content, media_type="application/pdf", headers=headers)

    async def image(self, request: Request) -> Response:
        """The picture. It never changes."""
        if (refused := await self._refused(request)) is not None:
            return refused
        image = await asked(_image, self._desk, request.path_params["token"])
        if image is None:
            return await self._nothing(request)
        return Response(image.content, media_type=image.mime, headers=PRIVATE)

    async def _refused(self, request: Request) -> Response | None:
        if await self._clients.take(request):
            return None
        return again(429, self._clients.seconds, _("Too many requests. Try again in a minute."))

    async def _nothing(self, request: Request) -> Response:
        """Of a link that was stopped, one that never was, and a guess the same is said."""
        await self._clients.fine(request, WRONG - 1)
        words = await asked(stopped_link_text, self._desk)
        return PlainTextResponse(f"{words}\n", 404)


def _paper(desk: Desk, token: str) -> Document | None:
    invoice_id = invoice_of(desk, token)
    if invoice_id is None:
        return None
    try:
        invoice = get_invoice(desk, invoice_id)
    except NotThere:
        return None
    log.info("Invoice %s is opened by its link.", invoice_id)
    (paper,) = pdf(desk, invoice).documents
    return paper


def _image(desk: Desk, token: str) -> Image | None:
    image_id = image_of(desk, token)
    return desk.store.images.get(image_id) if image_id else None
