"""Telegram's Gateway API, as https://core.telegram.org/gateway/api describes it."""

import re
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from tests.local_server import Answer

FEE = 1
"""Cents, for a number that can be reached."""


class Refused(Exception):
    """``ok: false``, with this error."""


@dataclass
class GatewayAccount:
    """Called with a request, it answers; ``messages`` is what arrived in people's Telegram.

    ``failing`` has methods that give an answer of their own instead.
    """

    token: str
    reachable: set[str]
    balance: int = 100
    messages: list[dict[str, Any]] = field(default_factory=list)
    failing: dict[str, Answer] = field(default_factory=dict)
    _able: dict[str, str] = field(default_factory=dict)

    def __call__(self, request: SimpleNamespace) -> Answer:
        method = request.path.removeprefix("/")
        if method in self.failing:
            return self.failing[method]
        try:
            return Answer(body={"ok": True, "result": self._status(method, request)})
        except Refused as refused:
            return Answer(400, {"ok": False, "error": str(refused)})

    def _status(self, method: str, request: SimpleNamespace) -> dict[str, Any]:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            raise Refused("ACCESS_TOKEN_INVALID")
        match method:
            case "checkSendAbility":
                return self._check(**request.body)
            case "sendVerificationMessage":
                return self._send(**request.body)
        raise Refused("UNKNOWN_METHOD")

    def _check(self, phone_number: str) -> dict[str, Any]:
        if not re.fullmatch(r"\+[1-9]\d{7,14}", phone_number):
            raise Refused("PHONE_NUMBER_INVALID")
        if phone_number not in self.reachable:
            raise Refused("PHONE_NUMBER_NOT_AVAILABLE")
        if self.balance < FEE:
            raise Refused("BALANCE_NOT_ENOUGH")
        self.balance -= FEE
        request_id = f"request-{len(self._able) + 1}"
        self._able[request_id] = phone_number
        return {
            "request_id": request_id,
            "phone_number": phone_number.removeprefix("+"),
            "request_cost": FEE / 100,
            "remaining_balance": self.balance / 100,
        }

    def _send(self, phone_number: str, request_id: str, code: str, ttl: int) -> dict[str, Any]:
        if not re.fullmatch(r"\d{4,8}", code):
            raise Refused("CODE_INVALID")
        if not 30 <= ttl <= 3600:
            raise Refused("TTL_INVALID")
        if request_id not in self._able:
            raise Refused("REQUEST_ID_INVALID")
        if self._able[request_id] != phone_number:
            raise Refused("PHONE_NUMBER_MISMATCH")
        if any(message["request_id"] == request_id for message in self.messages):
            raise Refused("MESSAGE_ALREADY_SENT")
        self.messages.append({"request_id": request_id, "code": code, "ttl": ttl})
        return {
            "request_id": request_id,
            "phone_number": phone_number.removeprefix("+"),
            "request_cost": 0,
            "delivery_status": {"status": "sent", "updated_at": 1795000000},
        }
