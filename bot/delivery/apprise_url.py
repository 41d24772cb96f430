"""SMS gateways, WhatsApp, or any HTTP endpoint, by an Apprise URL with ``{phone}`` in it."""

import re
from typing import Any

from apprise import Apprise, AppriseAsset, AppriseResult, AppriseResultStatus, NotifyFormat

from bot.delivery.channel import CONNECT_WITHIN, NotSent, Otp, Outcome
from bot.errors import StartError
from bot.i18n import _

PHONE = "{phone}"
CODE = "{code}"
URL_EXAMPLE = "twilio://SID:TOKEN@+15005550006/{phone}"
SAMPLE_PHONE = "+919876543210"
"""Only to see whether a URL is usable; nothing is sent to it."""

ANSWER_WITHIN = 10.0
"""Seconds for a whole send."""


class AppriseChannel:
    """``{phone}`` becomes the number's digits without the plus, which is a space in a query.

    Every phone plugin of Apprise reads them, and those whose gateway wants a plus put it there.
    """

    name = "apprise"

    def __init__(self, url: str, body: str | None = None) -> None:
        self._url = url
        self._body = body

    def send(self, otp: Otp) -> Outcome:
        gateway = _gateway(self._url, otp.phone)
        if gateway is None:
            raise NotSent("the gateway of this URL takes no such phone number")
        # A fresh one for each send: the wait between two sends (5.5 s) is kept per object.
        courier = Apprise()
        courier.add(gateway)
        body = self._body or _(
            "{code} is your sign-in code for the firm's books. "
            "It is valid 5 minutes. Do not share it."
        )
        result = courier.notify(
            body=body.replace(CODE, otp.code), body_format=NotifyFormat.TEXT, timeout=ANSWER_WITHIN
        )
        if result.status is AppriseResultStatus.SUCCESS:
            return Outcome.ACCEPTED
        if result.status is AppriseResultStatus.TIMEOUT:
            return Outcome.UNSURE
        raise NotSent(_explain(result))


def check_template(url: str) -> None:
    """See that codes can go out by this ``OTP_DELIVERY_URL``, without sending one.

    Raises:
        StartError: it has no ``{phone}``, or Apprise can make nothing of it. The URL itself, which
            holds the gateway's password, is not in the text.
    """
    if PHONE not in url:
        raise StartError(
            f"OTP_DELIVERY_URL is wrong (no {PHONE} where the number goes); e.g. {URL_EXAMPLE}"
        )
    if _gateway(url, SAMPLE_PHONE) is None:
        raise StartError(
            "OTP_DELIVERY_URL is wrong (no Apprise URL that sends to exactly one number); "
            f"e.g. {URL_EXAMPLE}"
        )


def _gateway(url: str, phone: str) -> Any:
    """Apprise's plugin for this URL, aimed at this phone alone; None if it cannot be."""
    digits = phone.removeprefix("+")
    gateway = Apprise.instantiate(
        url.replace(PHONE, digits), asset=AppriseAsset(storage_mode="memory")
    )
    if gateway is None:
        return None
    # A number that a plugin does not like is dropped, and some then send to their own sender.
    targets = getattr(gateway, "targets", None)
    aimed_at = [gateway.url()] if targets is None else [str(target) for target in targets]
    if len(aimed_at) != 1 or digits not in aimed_at[0]:
        return None
    # Whatever the URL says: the code goes nowhere but there, once, and a failure is one.
    gateway.redirects = False
    gateway.retry = 0
    gateway.optional = False
    gateway.socket_connect_timeout = CONNECT_WITHIN
    # Beyond the limit of the whole send, which alone tells a late answer from a failure.
    gateway.socket_read_timeout = ANSWER_WITHIN + 1
    return gateway


def _explain(result: AppriseResult) -> str:
    """What the plugin wrote to Apprise's log about this send, without what it quotes."""
    said = [entry.message for service in result.results for entry in service.logs()]
    return without_secrets(" ".join(said)) or "Apprise does not say why"


def without_secrets(text: str) -> str:
    """Takes out what Apprise's plugins quote: rejected tokens, numbers, long words."""
    unquoted = re.sub(r"\([^()]*\)", "(…)", text)
    return re.sub(r"\S+", _masked, unquoted)


def _masked(match: re.Match[str]) -> str:
    word = match[0]
    return "…" if len(word) >= 24 or sum(map(str.isdigit, word)) >= 4 else word
