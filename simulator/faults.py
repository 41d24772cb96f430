"""Faults to inject: what a network and a busy Telegram do to a bot, on demand and by count."""

from collections import deque
from dataclasses import dataclass
from typing import Any


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


def flood(retry_after: int) -> Fault:
    """429: come back in so many seconds."""
    return Fault(
        "answer",
        status=429,
        answer={
            "ok": False,
            "error_code": 429,
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


class Faults:
    """Planned faults by method; each is used up when it strikes."""

    def __init__(self) -> None:
        self._planned: dict[str, deque[Fault]] = {}

    def plan(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next ``times`` calls of a method (``"*"``: of any) meet this fault."""
        self._planned.setdefault(method.lower(), deque()).extend([fault] * times)

    def strike(self, method: str) -> Fault | None:
        """The fault for this call, if one is planned."""
        for name in (method.lower(), "*"):
            if planned := self._planned.get(name):
                return planned.popleft()
        return None

    def clear(self) -> None:
        self._planned.clear()
