"""Has customers reminded, those for whom a partner switched it on, at hours that suit them."""

import datetime as dt
import logging
from bisect import bisect_right
from typing import Any

from telegram.ext import CallbackContext

from bot.delivery import SendText
from bot.desk import Desk
from bot.reminding import CameOf, remind
from handlers.edge.asking import asked
from storage.errors import StorageError

log = logging.getLogger(__name__)

EVERY = dt.timedelta(minutes=5)
"""Each reads the open invoices of everybody who is reminded; nobody waits for the minute."""


UNREACHED_FOR = dt.timedelta(minutes=5)

DOUBTFUL = 2
"""So many customers in a row: then it is the gateway, and not one's number."""

DOUBTED_FOR = dt.timedelta(hours=1)
"""Each reminder that the gateway may have sent is used up."""


class CustomerReminderTick:
    """Safe to run at any time, any number of times, in any number of processes."""

    def __init__(self, desk: Desk, send: SendText) -> None:
        self.desk = desk
        self._send = send
        self._left_alone_until = dt.datetime.min.replace(tzinfo=dt.UTC)
        self._last = ""
        """Whose turn it was last: the next run begins behind them, lest some hold up others."""
        self._in_doubt = 0
        """Customers in a row of whom the gateway left it open whether they got theirs."""

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        del context
        try:
            if not self._may_send():
                return
            everybody = sorted(await asked(self.desk.store.customers.reminded))
            behind = bisect_right(everybody, self._last)
            for customer_id in everybody[behind:] + everybody[:behind]:
                # Anew for each: a slow gateway may take until the evening.
                if not self._may_send():
                    return
                await self._remind(customer_id)
        except StorageError as error:
            log.warning("Customers are reminded in a moment: %s", error)

    async def _remind(self, customer_id: str) -> None:
        try:
            came_of = await asked(remind, self.desk, self._send, customer_id)
        except (ValueError, LookupError) as error:
            # Whose documents cannot be read holds up nobody. Without its words, which quote them.
            flaw = type(error).__name__
            log.error("Customer %s cannot be reminded: %s", customer_id, flaw)  # noqa: TRY400
        else:
            self._last = customer_id
            self._leave_alone(came_of)

    def _leave_alone(self, came_of: CameOf | None) -> None:
        if came_of is None:
            return  # there was nothing to send
        self._in_doubt = self._in_doubt + 1 if came_of is CameOf.UNSURE else 0
        if came_of is CameOf.UNREACHED:
            self._left_alone_until = self.desk.clock.now() + UNREACHED_FOR
        elif self._in_doubt >= DOUBTFUL:
            self._in_doubt = 0
            self._left_alone_until = self.desk.clock.now() + DOUBTED_FOR

    def _may_send(self) -> bool:
        now, hours = self.desk.clock.now(), self.desk.settings.customer_reminder_hours
        return now >= self._left_alone_until and hours.include(
            now.astimezone(self.desk.clock.zone)
        )
