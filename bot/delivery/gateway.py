"""Telegram's own Gateway: the code arrives in the person's Telegram, from “Verification Codes”.

Described at https://core.telegram.org/gateway/api. It is asked first whether it reaches the
number, which costs the fee when it does; the send names that request, and costs nothing more.
"""

import re

import httpx

from bot.delivery.channel import CONNECT_WITHIN, NotSent, Otp, Outcome
from bot.sign_in import CODE_LIFETIME

CHECK_WITHIN = 4.0
SEND_WITHIN = 6.0
"""Seconds for the answers to the question and to the send, about ten for both."""

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

_ANSWER_LOST = (httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError)
"""The request had gone out, and nobody knows what became of it."""


class GatewayChannel:
    """``url`` is the root of the Gateway API, ``token`` the account's access token."""

    name = "gateway"

    def __init__(self, token: str, url: str) -> None:
        self._token = token
        self._url = url

    def send(self, otp: Otp) -> Outcome:
        # A client for each send: no connection has gone stale when a code has to go out.
        client = httpx.Client(
            base_url=self._url,
            headers={"Authorization": f"Bearer {self._token}"},
            follow_redirects=False,
        )
        try:
            with client:
                return _send(client, otp)
        except httpx.TimeoutException as error:
            raise NotSent("it did not answer in time") from error
        except httpx.TransportError as error:
            raise NotSent(f"it cannot be reached ({type(error).__name__})") from error


def _send(client: httpx.Client, otp: Otp) -> Outcome:
    request_id = _call(client, "checkSendAbility", CHECK_WITHIN, phone_number=otp.phone)
    try:
        _call(
            client,
            "sendVerificationMessage",
            SEND_WITHIN,
            phone_number=otp.phone,
            request_id=request_id,
            code=otp.code,
            # The fee comes back when the message could not be delivered while it was good.
            ttl=int(CODE_LIFETIME.total_seconds()),
        )
    except _ANSWER_LOST:
        return Outcome.UNSURE
    return Outcome.ACCEPTED


def _call(client: httpx.Client, method: str, within: float, **given: object) -> str:
    """The id of the request, as a method that went well answers with it.

    Raises:
        NotSent: it answers anything else.
        httpx.TransportError: no answer came.
    """
    timeout = httpx.Timeout(within, connect=CONNECT_WITHIN)
    response = client.post(method, json=given, timeout=timeout)
    try:
        answer = response.json()
    except ValueError:
        answer = None
    match answer:
        case {"ok": True, "result": {"request_id": str(request_id)}} if response.is_success:
            return request_id
        case {"ok": False, "error": str(error)}:
            raise NotSent(_explain(error))
    status = f"HTTP {response.status_code} {httpx.codes.get_reason_phrase(response.status_code)}"
    raise NotSent(f"its answer is none of the Gateway API ({status.strip()})")


def _explain(error: str) -> str:
    if wait := re.fullmatch(r"FLOOD_WAIT_(\d{1,6})", error):
        return f"it was asked too often, and takes no code for {wait[1]} s"
    # A name and nothing else is repeated: whatever it may be, it is no code and no phone.
    name = error if re.fullmatch(r"[A-Z_]{1,64}", error) else "an error without a name"
    return _WORDS.get(name, f"it refuses: {name}")
