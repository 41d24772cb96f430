"""What Telegram hands out is kept before it is told so; and each of it is let through once.

Telegram counts updates as delivered when the bot asks for the ones after them, long before they
are answered. So they are in the store by then, and what was not answered when the bot died is
answered after the next start.
"""

import asyncio
import datetime as dt
import json
import logging
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from telegram import Bot, Chat, Update
from telegram.error import RetryAfter

from bot.clock import Clock
from handlers.edge.aside import lay_aside
from handlers.edge.asking import asked
from handlers.edge.in_turn import line_of
from handlers.edge.store_away import StoreAway
from handlers.edge.traces import way_of
from storage.errors import StorageError, TakenOver
from storage.store import Store

log = logging.getLogger(__name__)

Json = dict[str, Any]

IN_LINE = 50
"""Updates of one person whom the firm does not know, at work and waiting."""

IN_LINE_OF_OURS = 1000
"""Of a partner or an admin, whose phone sends at once what it could not send all day."""

BUSY = 50
"""Of all people together: what the firm's own never make. From there on they go first."""

CROWD = 500
"""Of all people together; while there are more, a person whom the firm does not know has one."""

MOST = 5000
"""Of all people together; beyond that only who is known to the firm is let in."""

OF_A_GROUP = 1
"""Of a whole group, whoever writes there: it is told once that the books are not kept there."""


class NotKept(RetryAfter):
    """Nothing of this batch counts as delivered: Telegram is asked for it again in a moment."""

    def __init__(self) -> None:
        super().__init__(dt.timedelta(seconds=1))


class Queue(asyncio.Queue[object]):
    """Between what fetches and what answers: lets through what the intake has taken, once."""

    def __init__(self, intake: "Intake") -> None:
        super().__init__()
        self._intake = intake

    async def put(self, item: object) -> None:
        if not isinstance(item, Update) or self._intake.admits(item):
            await super().put(item)


class Intake:
    """Of one process; what is in the store is for all of them, and for the next one."""

    def __init__(
        self, store: Store, clock: Clock, away: StoreAway, admins: Callable[[], frozenset[int]]
    ) -> None:
        self._store = store
        self._clock = clock
        self._away = away
        self._admins = admins
        self._here: dict[int, int] = {}
        """By the ids of updates that were taken and are not done, in whose line they stand."""
        self._lines: Counter[int] = Counter()
        self._admitted: set[int] = set()
        self._begun: set[int] = set()
        self._overflowing: set[int] = set()
        self._turned_away: set[int] = set()
        """Whom nobody knows of those: who they are is not asked again for each that is dropped."""

    def is_taken_over(self) -> bool:
        """Whether another process works on these books by now."""
        lease = self._store.lease
        return lease is not None and lease.lost

    async def take(self, bot: Bot, came: Sequence[Json]) -> tuple[Update, ...]:
        """Keep what has come, as it came, and admit what was not taken before.

        Raises:
            NotKept: the store is away or fails, or another process works on these books by now.
        """
        read = {one["update_id"]: _read(one, bot) for one in came}
        try:
            mine = await self._taken(came, read)
        except TakenOver as error:
            raise NotKept from error  # that process is brought it, and answers it
        except StorageError as error:
            log.warning("Updates wait at Telegram: %s", error)
            told = (self._away.tell(bot, one) for one in read.values() if one is not None)
            await asyncio.gather(*told)
            raise NotKept from error
        except Exception as error:
            log.error("Updates wait at Telegram: %s", way_of(error))  # noqa: TRY400 - no words
            raise NotKept from error
        for update in mine:
            self.admit(update)
        return tuple(read[one["update_id"]] or Update(one["update_id"]) for one in came)

    async def _taken(self, came: Sequence[Json], read: dict[int, Update | None]) -> list[Update]:
        """Enter them and keep them; gives those that are for this process to handle."""
        fresh = {one["update_id"]: one for one in came if one["update_id"] not in self._here}
        entered = dict[int, Update]()
        try:
            for id in fresh:
                if await self._has_room(update := read[id] or Update(id)):
                    self._enter(update)
                    entered[id] = update
            private = [fresh[id] for id, update in entered.items() if _is_private(update)]
            kept = await asked(self._keep, private)
            for id in kept:
                if read[id] is None:
                    await self._set_aside(id)
        except BaseException:
            # When the bot is told to stop, too: the poll that ends it brings these once more, and
            # what comes after them is not to be kept without them.
            for update in entered.values():
                self.leave(update)
            raise
        mine = list[Update]()
        for id, update in entered.items():
            if read[id] is not None and (id in kept or not _is_private(update)):
                mine.append(update)
            else:
                self.leave(update)
        return mine

    async def left(self, bot: Bot) -> list[tuple[Update, int]]:
        """What the process before this one has left, and how often it may have begun it.

        It is taken, and not admitted yet.

        Raises:
            StoreUnavailable: the database is away.
        """
        left = list[tuple[Update, int]]()
        for arrival in await asked(self._store.inbox.waiting):
            update = _read(json.loads(arrival.body or "{}"), bot)
            if update is None:
                await self._set_aside(arrival.update_id)
                continue
            self._enter(update)
            self._begun.add(update.update_id)
            left.append((update, arrival.tries))
        return left

    async def _set_aside(self, update_id: int) -> None:
        """Of what cannot be read nobody knows who sent it."""
        reference = secrets.token_hex(3).upper()
        log.error("[%s] Update %s cannot be read.", reference, update_id)
        await asked(lay_aside, self._store.inbox, update_id, reference, now=self._clock.now())

    def admit(self, update: Update) -> None:
        """Let it through, once."""
        self._admitted.add(update.update_id)

    def admits(self, update: Update) -> bool:
        """Whether it is to be handled here; true once for each that was taken."""
        if update.update_id not in self._admitted:
            return False
        self._admitted.remove(update.update_id)
        return True

    def depth(self) -> int:
        """How many are taken and not done."""
        return len(self._here)

    def is_here(self, update: Update) -> bool:
        """Whether it was taken, and is not done."""
        return update.update_id in self._here

    def begin(self, update: Update) -> bool:
        """Note that it is begun; whether it was before, and may be carried out in part."""
        again = update.update_id in self._begun
        self._begun.add(update.update_id)
        return again

    async def is_held_back(self, line: int) -> bool:
        """Whether whose line it is goes with the crowd: while much waits, whom nobody knows."""
        try:
            return len(self._here) > BUSY and not await asked(self._is_ours, line)
        except StorageError:
            return False  # then nobody is answered, and it waits as all do

    def leave(self, update: Update) -> None:
        """It is done here, or was not taken: the next in its line may come."""
        line = self._here.pop(update.update_id, None)
        self._begun.discard(update.update_id)
        if line is None:
            return
        self._lines[line] -= 1
        if not self._lines[line]:
            del self._lines[line]
            self._overflowing.discard(line)
            self._turned_away.discard(line)

    def _enter(self, update: Update) -> None:
        line = line_of(update)
        self._here[update.update_id] = line
        self._lines[line] += 1

    async def _has_room(self, update: Update) -> bool:
        line = line_of(update)
        if not _is_private(update):
            return self._lines[line] < OF_A_GROUP
        room = IN_LINE if len(self._here) < CROWD else 1
        if self._lines[line] < room and len(self._here) < MOST:
            return True
        if line in self._turned_away:
            return False
        if not await asked(self._is_ours, line):
            self._turned_away.add(line)
        elif self._lines[line] < IN_LINE_OF_OURS:
            return True
        if line not in self._overflowing:
            self._overflowing.add(line)
            log.warning("More comes from %s than can be answered; the rest is dropped.", line)
        return False

    def _is_ours(self, telegram_user_id: int) -> bool:
        if telegram_user_id in self._admins():
            return True
        user = self._store.users.by_telegram_user(telegram_user_id)
        return user is not None and user.active

    def _keep(self, came: list[Json]) -> set[int]:
        """Keep them; gives the ids of those that are for this process to handle."""
        if not came:
            return set()
        inbox = self._store.inbox
        bodies = [(one["update_id"], json.dumps(one)) for one in came]
        new = inbox.keep(bodies, now=self._clock.now())
        # Whoever took the books over has looked through the inbox, perhaps before this was in it.
        self._store.check_ours()
        # Kept by an earlier attempt, of which nobody heard that it succeeded.
        unheard = (inbox.get(id) for id, _body in bodies if id not in new)
        return new | {one.update_id for one in unheard if one is not None and one.waiting}


def _read(update: Json, bot: Bot) -> Update | None:
    """An update as PTB has it; None for one that it cannot read."""
    try:
        return Update.de_json(update, bot)
    except Exception:  # noqa: BLE001 - whatever it is, the others are read
        return None


def _is_private(update: Update) -> bool:
    return update.effective_chat is None or update.effective_chat.type == Chat.PRIVATE
