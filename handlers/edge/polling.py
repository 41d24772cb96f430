"""Telegram is asked for updates for as long as the bot runs, whatever it has answered.

python-telegram-bot asks again after each TelegramError but InvalidToken, after longer and longer
pauses; after any other error it asks at once. So neither that one nor those leave here.
"""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import ExtBot

from handlers.edge.intake import Intake, Json


class TokenRefused(NetworkError):
    """401 or 404, which a proxy or a Telegram in trouble answers too: it is asked again.

    Args:
        lasting: seconds for which Telegram has answered nothing else; 0 the first time.
    """

    def __init__(self, lasting: float) -> None:
        super().__init__("The token is refused")
        self.lasting = lasting


class Garbled(NetworkError):
    """An answer of another form than Telegram's; what was in it is not told."""

    def __init__(self) -> None:
        super().__init__("What came is no answer of Telegram's")


class KeepingBot(ExtBot[Any]):
    """Keeps what it gets before anybody has it, and so before it asks for what comes after."""

    def __init__(
        self,
        intake: Intake,
        *args: Any,
        monotonic: Callable[[], float] = time.monotonic,
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self._intake = intake
        self._monotonic = monotonic
        self._refused_since: float | None = None

    async def get_updates(
        self,
        offset: int | None = None,
        limit: int | None = None,
        timeout: Any = None,  # noqa: ASYNC109 - of the method of this name
        allowed_updates: Sequence[str] | None = None,
        **_named: Any,
    ) -> tuple[Update, ...]:
        """As PTB's, which for one update that it cannot read gives none of them.

        Raises:
            NotKept: the store is away.
            TokenRefused: Telegram knows no bot with this token.
            Garbled: what answers is not Telegram.
            TelegramError: Telegram does not answer.
        """
        if self._intake.is_taken_over():
            return ()  # asking, on stopping too, would end the poll of the one that took over
        asked_for = {
            "offset": offset,
            "limit": limit,
            "timeout": timeout,
            "allowed_updates": allowed_updates,
        }
        wait = timeout.total_seconds() if isinstance(timeout, dt.timedelta) else timeout or 0
        return await self._intake.take(self, await self._asked(asked_for, wait))

    async def _asked(self, asked_for: Json, wait: float) -> list[Json]:
        answer_within = (self._request[0].read_timeout or 0) + wait
        refused_since, self._refused_since = self._refused_since, None
        try:
            return _updates(await self._post("getUpdates", asked_for, read_timeout=answer_within))
        except InvalidToken as error:
            now = self._monotonic()
            self._refused_since = now if refused_since is None else refused_since
            raise TokenRefused(now - self._refused_since) from error
        except TelegramError:
            raise
        except Exception as error:
            raise Garbled from error


def _updates(answer: Any) -> list[Json]:
    """What Telegram has answered, if it is updates.

    Raises:
        Garbled: it is not.
    """
    if isinstance(answer, list) and all(map(_is_update, answer)):
        return answer
    raise Garbled


def _is_update(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("update_id"), int)
