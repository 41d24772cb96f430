"""What every worker does and who is killed when, as functions of the seed and of nothing else.

What only the books can tell (which invoice is open, what is held in advance) is left to whoever
reads them; ``Step.choice`` then decides. Amounts are paise.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from random import Random

DAYS = (dt.date(2025, 3, 31), dt.date(2025, 4, 1))
"""The last day of one financial year and the first of the next: each has its own numbers."""

MEET_EVERY = 5
"""Two workers do every so manieth step together: the same operation, at once."""

LONGEST_DELAY = 0.03
"""Seconds from the operation that a strike waits for to the kill: an operation takes less."""


class Kind(StrEnum):
    INVOICE = "invoice"
    PAYMENT = "payment"
    PAYMENT_FOR_ONE = "payment for one invoice"
    OVERPAYMENT = "overpayment"
    FROM_ADVANCE = "payment from the advance"
    CANCEL = "cancel"
    UNDO_PAYMENT = "undo of a payment"
    UNDO = "undo button"
    REPEAT = "repeat"
    """An earlier operation of the same worker, once more."""


WEIGHTS = {
    Kind.INVOICE: 6,
    Kind.PAYMENT: 4,
    Kind.PAYMENT_FOR_ONE: 3,
    Kind.OVERPAYMENT: 1,
    Kind.FROM_ADVANCE: 2,
    Kind.CANCEL: 2,
    Kind.UNDO_PAYMENT: 2,
    Kind.UNDO: 2,
    Kind.REPEAT: 3,
}


@dataclass(frozen=True)
class Step:
    """What a worker sets out to do.

    ``total`` is that of an invoice, ``money`` that of a payment; the invoice comes with it when it
    is ``paid``. ``careful`` insists on the balance that was read before. ``choice`` picks among
    what the books offer. ``target`` is the operation to undo, where that is decided here.
    ``partner`` is the worker who does the very same at once.
    """

    op: str
    kind: Kind
    customer_id: str
    day: dt.date
    total: int
    money: int
    paid: bool
    careful: bool
    choice: int
    target: str | None = None
    partner: int | None = None


@dataclass(frozen=True)
class Strike:
    """A SIGKILL, so many acknowledged operations after the last one and then ``delay`` seconds.

    ``worker`` None is the server.
    """

    after: int
    delay: float
    worker: int | None


@dataclass(frozen=True)
class Plan:
    """``calm`` is the longest that nobody is killed, in acknowledged operations; 0: for ever."""

    seed: int
    workers: int = 4
    customers: int = 3
    calm: int = 20

    @property
    def customer_ids(self) -> list[str]:
        return [self._id("customer", number) for number in range(self.customers)]

    def step(self, worker: int, position: int) -> Step:
        """What this worker does at this position, counted from 0."""
        partner = worker ^ 1
        meeting, rest = divmod(position, MEET_EVERY)
        if rest == MEET_EVERY - 1 and partner < self.workers:
            return self._together(min(worker, partner), meeting, partner)
        random = self._random("step", worker, position)
        kinds = random.choices(list(WEIGHTS), list(WEIGHTS.values()))
        return self._step(self._id("op", worker, position), kinds[0], random)

    def strikes(self) -> Iterator[Strike]:
        """Without end, unless nobody is ever killed."""
        for number in count() if self.calm else ():
            random = self._random("strike", number)
            yield Strike(
                after=random.randint(0, self.calm),
                delay=random.uniform(0, LONGEST_DELAY),
                worker=None if random.random() < 0.2 else random.randrange(self.workers),
            )

    def _together(self, pair: int, meeting: int, partner: int) -> Step:
        """Both ask for the same, so it cannot depend on what either has read.

        At every second meeting they press Undo under what they did at the one before.
        """
        random = self._random("meeting", pair, meeting)
        kind = Kind.UNDO if meeting % 2 else random.choice([Kind.INVOICE, Kind.PAYMENT])
        target = self._id("meeting", pair, meeting - 1) if meeting % 2 else None
        return self._step(self._id("meeting", pair, meeting), kind, random, target, partner)

    def _step(
        self,
        op: str,
        kind: Kind,
        random: Random,
        target: str | None = None,
        partner: int | None = None,
    ) -> Step:
        total = random.randint(1, 9_999_99)
        return Step(
            op=op,
            kind=kind,
            customer_id=random.choice(self.customer_ids),
            day=random.choice(DAYS),
            total=total,
            money=random.choice([total // 4 + 1, total // 2 + 1, total]),
            paid=random.random() < 0.3,
            careful=random.random() < 0.4,
            choice=random.randrange(10**6),
            target=target,
            partner=partner,
        )

    def _id(self, *names: object) -> str:
        """24 hexadecimal digits, as every id has."""
        text = ":".join(map(str, (self.seed, *names)))
        return hashlib.sha256(text.encode()).hexdigest()[:24]

    def _random(self, *names: object) -> Random:
        return Random(self._id(*names))  # noqa: S311 - it has to be repeatable, and guards nothing
