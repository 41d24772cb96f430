"""How the process is: ``/healthz`` for what restarts it, ``/metrics`` for what watches it."""

import asyncio
import datetime as dt
import hmac
import logging

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.desk import Desk
from bot.health import SWEEP_WITHIN
from handlers.edge.asking import asked
from handlers.edge.counts import Counts
from handlers.web.metrics import exposition
from storage.errors import StorageError
from storage.types import instant_text

log = logging.getLogger(__name__)

STORE_WITHIN = 3.0
"""Seconds for the store to answer."""


class Condition:
    """Nothing of the books is in it; ``/healthz`` is open to all."""

    def __init__(self, desk: Desk, counts: Counts, metrics_token: SecretStr | None) -> None:
        self._desk = desk
        self._counts = counts
        self._token = metrics_token.get_secret_value().encode() if metrics_token else None
        self._look: asyncio.Future[bool] | None = None

    async def health(self, _request: Request) -> Response:
        """200 while it works; 503 when restarting it, or its database, may help."""
        store = await self._store_answers() and self._counts.keeping
        sweeps = self._counts.since_sweep < SWEEP_WITHIN
        works = store and sweeps
        return JSONResponse(
            {
                "status": "ok" if works else "broken",
                "store": "ok" if store else "away",
                "sweeps": "ok" if sweeps else "stopped",
                "last_update": _said(self._counts.last_update),
                "last_sweep": _said(self._counts.last_sweep),
            },
            200 if works else 503,
        )

    async def metrics(self, request: Request) -> Response:
        shown = request.headers.get("Authorization", "").encode(errors="replace")
        if self._token is None:
            return PlainTextResponse("Not Found\n", 404)
        if not hmac.compare_digest(shown, b"Bearer " + self._token):
            return PlainTextResponse(
                "Unauthorized\n", 401, {"WWW-Authenticate": 'Bearer realm="metrics"'}
            )
        return Response(exposition(self._counts), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    async def _store_answers(self) -> bool:
        # Anybody may ask, as often as they like: of a slow store no more than one thread waits.
        if self._look is None or self._look.done():
            self._look = asyncio.ensure_future(self._look_at_store())
        try:
            return await asyncio.wait_for(asyncio.shield(self._look), STORE_WITHIN)
        except TimeoutError:
            return False

    async def _look_at_store(self) -> bool:
        try:
            await asked(self._desk.store.ping)
        except StorageError:
            return False
        except Exception as error:  # noqa: BLE001 - a store that fails is away, however it does
            log.warning("The store does not answer: %s", type(error).__name__)
            return False
        return True


def _said(moment: dt.datetime | None) -> str | None:
    return instant_text(moment) if moment else None
