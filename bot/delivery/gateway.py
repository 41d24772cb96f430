"""Telegram's own Gateway: the code arrives in the person's Telegram, from “Verification Codes”.

Described at https://core.telegram.org/gateway/api. It is asked first whether it reaches the
number, which costs the fee when it does; the send names that request, and costs nothing more.
"""

import asyncio
import json
import logging
import re
from typing import Any

import httpx

from bot.delivery.channel import CONNECT_WITHIN, NotSent, Otp, Outcome
from bot.sign_in import CODE_LIFETIME

log = logging.getLogger(__name__)

CHECK_WITHIN = 4.0
SEND_WITHIN = 6.0
"""Seconds until the answer to the question, and to the send, has come whole: ten for both."""

READ_AT_MOST = 65_536
"""Bytes of an answer; those of the Gateway are a few hundred."""

_ACCOUNT = "https://gateway.telegram.org/account"
_TOKEN_REFUSED = (
    f"it refuses the token; copy the one that {_ACCOUNT}/api shows to TELEGRAM_GATEWAY_TOKEN"
)
_WORDS = {
    "ACCESS_TOKEN_INVALID": _TOKEN_REFUSED,
    "ACCESS_TOKEN_REQUIRED": _TOKEN_REFUSED,
    "BALANCE_NOT_ENOUGH": f"the balance there is too low; top it up at {_ACCOUNT}/budget",
    "PHONE_NUMBER_INVALID": "it takes the phone number for none that exists",
    "PHONE_NUMBER_NOT_FOUND": "nobody on Telegram has this phone number",
    "PHONE_NUMBER_NOT_AVAILABLE": "nobody on Telegram who can get codes has this phone number",
    "UNKNOWN_METHOD": "TELEGRAM_GATEWAY_URL leads elsewhere; leave it empty for Telegram's own",
}
"""What its errors mean to whoever runs the bot; the others are programming errors of ours."""


class _NoAnswer(Exception):
    """The request may have done its work. The text says what came instead of an answer."""


class GatewayChannel:
    """``url`` is the root of the Gateway API, ``token`` the account's access token."""

    name = "gateway"

    def __init__(self, token: str, url: str) -> None:
        self._token = token
        self._url = url

    def send(self, otp: Otp) -> Outcome:
        # The time-outs of a client without a loop begin anew with each byte that comes.
        return asyncio.run(self._send(otp))

    async def _send(self, otp: Otp) -> Outcome:
        # A client for each send: no connection has gone stale when a code has to go out.
        async with httpx.AsyncClient(
            base_url=self._url,
            headers={"Authorization": f"Bearer {self._token}", "Accept-Encoding": "identity"},
            timeout=httpx.Timeout(None, connect=CONNECT_WITHIN),
            follow_redirects=False,
        ) as client:
            try:
                request_id = await _call(
                    client, "checkSendAbility", CHECK_WITHIN, phone_number=otp.phone
                )
            except _NoAnswer as error:
                raise NotSent(str(error)) from error
            try:
                await _call(
                    client,
                    "sendVerificationMessage",
                    SEND_WITHIN,
                    phone_number=otp.phone,
                    request_id=request_id,
                    code=otp.code,
                    # The fee comes back when the message could not be delivered in that time.
                    ttl=int(CODE_LIFETIME.total_seconds()),
                )
            except _NoAnswer as error:
                log.warning("Sign-in codes: gateway may have sent one: %s", error)
                return Outcome.UNSURE
        return Outcome.ACCEPTED


async def _call(client: httpx.AsyncClient, method: str, within: float, **given: object) -> str:
    """The id of the request, as a method that went well answers with it.

    Raises:
        NotSent: it refuses, or the request never left.
        _NoAnswer: none came within so many seconds, or none of the Gateway API.
    """
    try:
        async with (
            asyncio.timeout(within),
            client.stream("POST", method, json=given) as response,
        ):
            answer = await _read(response)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise NotSent(f"it cannot be reached ({type(error).__name__})") from error
    except TimeoutError as error:
        raise _NoAnswer("it did not answer in time") from error
    except httpx.HTTPError as error:
        raise _NoAnswer(f"its answer was lost ({type(error).__name__})") from error
    match answer:
        case {"ok": True, "result": {"request_id": str(request_id)}} if response.is_success:
            return request_id
        case {"ok": False}:
            raise NotSent(_explain(str(answer.get("error"))))
    status = f"HTTP {response.status_code} {httpx.codes.get_reason_phrase(response.status_code)}"
    raise _NoAnswer(f"its answer is none of the Gateway API ({status.strip()})")


async def _read(response: httpx.Response) -> Any:
    """The JSON of the body; None where it is none, is compressed all the same, or is too long."""
    body = b""
    async for part in response.aiter_raw():
        body += part
        if len(body) > READ_AT_MOST:
            return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _explain(error: str) -> str:
    if wait := re.fullmatch(r"FLOOD_WAIT_(\d{1,6})", error):
        return f"it was asked too often, and takes no code for {wait[1]} s"
    # A name and nothing else is repeated: whatever it may be, it is no code and no phone.
    name = error if re.fullmatch(r"[A-Z_]{1,64}", error) else "an error without a name"
    return _WORDS.get(name, f"it refuses: {name}")
