"""Faults to inject: what a network and a busy Telegram do to a bot, on demand or at random."""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

TOO_MANY_REQUESTS = 429


@dataclass(frozen=True)
class Fault:
    """One thing going wrong with one call.

    ``takes_effect`` says whether the call was carried out; ``answer`` is ``None`` when the caller
    never hears back.
    """

    kind: str
    takes_effect: bool = False
    status: int = 0
    answer: dict[str, Any] | None = None

    def __str__(self) -> str:
        """What a report calls it: the status, or what got lost."""
        if self.status:
            return str(self.status)
        lost = "lost answer" if self.takes_effect else "lost request"
        return lost if self.kind == "silence" else self.kind


def flood(retry_after: int) -> Fault:
    """429: come back in so many seconds."""
    return Fault(
        "answer",
        status=TOO_MANY_REQUESTS,
        answer={
            "ok": False,
            "error_code": TOO_MANY_REQUESTS,
            "description": f"Too Many Requests: retry after {retry_after}",
            "parameters": {"retry_after": retry_after},
        },
    )


def server_error(status: int = 502, description: str = "Bad Gateway") -> Fault:
    """5xx: nothing was done."""
    return Fault(
        "answer",
        status=status,
        answer={"ok": False, "error_code": status, "description": description},
    )


def lost_request() -> Fault:
    """A time-out: the call never arrived."""
    return Fault("silence")


def lost_answer() -> Fault:
    """A time-out after the call took effect: the caller cannot know."""
    return Fault("silence", takes_effect=True)


def disconnected() -> Fault:
    """The connection breaks before anything is done."""
    return Fault("disconnect")


SUDDEN = (flood(1), server_error(), lost_request(), lost_answer(), disconnected())
"""What comes over a bot in a :class:`Weather`, each as often as the others."""


@dataclass(frozen=True)
class Strike:
    """A fault that a call met. ``chat_id`` says whose chat the call was about, 0 for none."""

    method: str
    fault: Fault
    chat_id: int = 0


class Faults:
    """Planned faults by method; each is used up when it strikes.

    ``struck`` is what has happened, in order; ``lost`` counts by chat the calls that may have been
    carried out or not, so that the bot cannot make them again.
    """

    def __init__(self) -> None:
        self._planned: dict[str, deque[Fault]] = {}
        self.struck: list[Strike] = []
        self.lost: Counter[int] = Counter()

    def plan(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next ``times`` calls of a method (``"*"``: of any) meet this fault."""
        self._planned.setdefault(method.lower(), deque()).extend([fault] * times)

    def strike(self, method: str, chat_id: int = 0) -> Fault | None:
        """The fault for this call, if it is to meet one."""
        fault = self._next(method.lower())
        if fault is not None:
            self.struck.append(Strike(method, fault, chat_id))
            self.lost[chat_id] += fault.status != TOO_MANY_REQUESTS
        return fault

    def clear(self) -> None:
        """Nothing more is to happen."""
        self._planned.clear()

    def _next(self, method: str) -> Fault | None:
        for name in (method, "*"):
            if planned := self._planned.get(name):
                return planned.popleft()
        return None


class Weather(Faults):
    """Faults at random besides the planned ones, until it clears.

    ``shares`` says what share of a method's calls (0 to 1) meets a fault. For one seed the calls
    of a method meet the same faults in their order, whatever else is called.
    """

    def __init__(self, seed: int, shares: Mapping[str, float]) -> None:
        super().__init__()
        self._shares = {method.lower(): share for method, share in shares.items()}
        # Repeatable, and it guards nothing.
        self._random = {
            method: Random(f"{seed} {method}")  # noqa: S311
            for method in self._shares
        }

    def clear(self) -> None:
        """Nothing more is to happen, planned or at random."""
        super().clear()
        self._shares.clear()

    def _next(self, method: str) -> Fault | None:
        if planned := super()._next(method):
            return planned
        share = self._shares.get(method, 0)
        if not share or self._random[method].random() >= share:
            return None
        return self._random[method].choice(SUDDEN)
