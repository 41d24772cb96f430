"""One bot at a time on the books of a MongoDB, and nothing done before that is certain.

Telegram too lets only one bot ask for updates, but tells so late: the newcomer has begun by then
to answer what waits in the inbox, some of which the other one is just answering.
"""

import logging
import signal
import threading
import time
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from bot.errors import StartError
from bot.settings import EXAMPLES
from storage.database import store_errors
from storage.errors import StoreUnavailable
from storage.lease import Lease

log = logging.getLogger(__name__)

BEAT = 1.0
"""Seconds between two beats of a bot at work, and between two looks of one that wants to start."""

STILL = 6
"""Looks at which nothing has moved, until a holder counts as dead: longer than a beat that was
given up (``storage.lease.GIVEN_UP_AFTER``) and the next one take together."""

PATIENCE = 180
"""Looks at a holder that lives, until the newcomer gives up. A platform that deploys starts the
next bot before it stops the last, which it does a minute after the next one is well, and then lets
it take half a minute to end."""

SOON = 2.0
"""Seconds in which the lease is given back, or it is not: whoever stops the bot does not wait."""

TAKEN = (
    "Another bot works on the books at MONGODB_URI, and goes on; this one stops. Stop the other "
    f"one first, or name another database in MONGODB_URI, e.g. {EXAMPLES['mongodb_uri']}"
)
LOST = (
    "This bot stood still for some seconds, and another one has taken over its books at "
    "MONGODB_URI; this one stops. Run one bot at a time on one database"
)
AWAY = (
    "The MongoDB has stopped answering. Start it, or correct MONGODB_URI, "
    f"e.g. {EXAMPLES['mongodb_uri']}"
)


def stop_as_told() -> None:
    """End this process, from any of its threads, as a supervisor's SIGTERM ends it."""
    # A real signal would kill a process that is so far in ending that it heeds none any more.
    interrupt_main(signal.SIGTERM)


@contextmanager
def held(
    lease: Lease | None,
    *,
    wait: Callable[[float], object] = time.sleep,
    stop: Callable[[], None] = stop_as_told,
) -> Iterator[None]:
    """Hold the books until the block ends. Without a lease nobody else can reach them.

    Args:
        wait: passes the seconds between two looks.
        stop: ends the block when the lease is lost; called from a thread of its own.

    Raises:
        StartError: another bot works on these books; or they do not answer; or, at the end of the
            block, another one has taken them over in the middle of it.
    """
    if lease is None:
        yield
        return
    try:
        with store_errors():
            _take(lease, wait)
    except StoreUnavailable as error:
        raise StartError(AWAY) from error
    keeper = _Keeper(lease, stop)
    keeper.start()
    try:
        yield
    finally:
        keeper.end()
        if lease.lost:
            raise StartError(LOST)


def still_held(*leases: Lease | None) -> None:
    """Before what cannot be taken back: whether nobody else has one of them by now.

    Raises:
        StartError: somebody has.
    """
    for lease in leases:
        if lease is not None and not lease.beat():
            raise StartError(LOST)


def _take(lease: Lease, wait: Callable[[float], object]) -> None:
    """Wait until nobody holds the lease, or until the holder does not move, and take it.

    Raises:
        StartError: the holder lives, and does not stop.
    """
    seen, still, alive = lease.look(), 0, False
    for _look in range(PATIENCE):
        if (seen is None or still >= STILL) and lease.take(seen):
            return
        wait(BEAT)
        before, seen = seen, lease.look()
        still = still + 1 if seen == before else 0
        if seen is not None and not still and not alive:
            alive = True
            log.warning("Another bot works on these books; this one waits until that one stops.")
    raise StartError(TAKEN)


class _Keeper(threading.Thread):
    """Shows that this bot lives, until it ends; all that it asks the store it asks by itself."""

    def __init__(self, lease: Lease, stop: Callable[[], None]) -> None:
        super().__init__(name="lease", daemon=True)
        self._lease = lease
        self._stop_bot = stop
        self._ending = threading.Event()
        self._beating = True

    def run(self) -> None:
        while not self._ending.wait(BEAT):
            if not self._is_ours():
                self._stop_bot()
                return
        with suppress(Exception):  # then the next bot waits for it for some seconds
            self._lease.give_back()

    def end(self) -> None:
        self._ending.set()
        self.join(SOON)

    def _is_ours(self) -> bool:
        """Whether nobody else has the lease, as far as is known."""
        try:
            ours = self._lease.beat()
        except Exception as error:  # noqa: BLE001 - whatever it is, the next beat may succeed
            if self._beating:
                log.warning("Others cannot see that this bot lives: %s", type(error).__name__)
            self._beating = False
            return True
        self._beating = True
        return ours
