"""SMS gateways, WhatsApp, or any HTTP endpoint, by an Apprise URL with ``{phone}`` in it."""

import logging
import re
import sys
from typing import Any

import requests
from apprise import (
    Apprise,
    AppriseAsset,
    AppriseResult,
    AppriseResultStatus,
    NotifyFormat,
    OverflowMode,
)
from urllib3.exceptions import NewConnectionError

from bot.delivery.channel import CONNECT_WITHIN, NotSent, Otp, Outcome, Refused, Unreached
from bot.errors import StartError
from bot.i18n import _

PHONE = "{phone}"
CODE = "{code}"
URL_EXAMPLE = "twilio://SID:TOKEN@+15005550006/{phone}"
SAMPLE_PHONE = "+919876543210"
"""Only to see whether a URL is usable; nothing is sent to it."""

ANSWER_WITHIN = 10.0
"""Seconds for a whole send."""

NOT_REACHED = "It was not reached."

_REFUSAL = re.compile(r"\berror=(?:40[013456]|41[0345]|422|429)\b")
"""Of HTTP, in the words of nearly every plugin: what was asked is not taken. Of any other status
nobody knows what was done before it; what a gateway redirects from, it has mostly done."""


class AppriseChannel:
    """Sign-in codes by :func:`send_text`."""

    name = "apprise"

    def __init__(self, url: str, body: str | None = None) -> None:
        self._url = url
        self._body = body

    def send(self, otp: Otp) -> Outcome:
        body = self._body or _(
            "{code} is your sign-in code for the firm's books. "
            "It is valid 5 minutes. Do not share it."
        )
        return send_text(self._url, otp.phone, body.replace(CODE, otp.code))


def send_text(url: str, phone: str, text: str) -> Outcome:
    """Hand a text for this phone (E.164) to the gateway of a URL template: taken, or unsure.

    ``{phone}`` becomes the number's digits without the plus, which is a space in a query. Every
    phone plugin of Apprise reads them, and those whose gateway wants a plus put it there.

    Raises:
        Refused: the gateway takes no such number or text; nobody got it.
        Unreached: no connection to the gateway came about; nobody got it.
        NotSent: it failed in another way, and the text may have gone out before that.
    """
    gateway = _gateway(url, phone)
    if gateway is None:
        raise Refused("the gateway of this URL takes no such phone number")
    # A fresh one for each send: the wait between two sends (5.5 s) is kept per object.
    courier = Apprise()
    courier.add(gateway)
    result = courier.notify(body=text, body_format=NotifyFormat.TEXT, timeout=ANSWER_WITHIN)
    if result.status is AppriseResultStatus.SUCCESS:
        return Outcome.ACCEPTED
    if result.status is AppriseResultStatus.TIMEOUT:
        return Outcome.UNSURE
    said = _said(result)
    why = without_secrets(said) or "Apprise does not say why"
    if NOT_REACHED in said:
        raise Unreached(why)
    raise Refused(why) if _REFUSAL.search(said) else NotSent(why)


def check_template(url: str, setting: str) -> None:
    """See that texts can go out by the URL of this setting, without sending one.

    Raises:
        StartError: it has no ``{phone}``, or Apprise can make nothing of it. The URL itself, which
            holds the gateway's password, is not in the text.
    """
    if PHONE not in url:
        raise StartError(
            f"{setting} is wrong (no {PHONE} where the number goes); e.g. {URL_EXAMPLE}"
        )
    if _gateway(url, SAMPLE_PHONE) is None:
        raise StartError(
            f"{setting} is wrong (no Apprise URL that sends to exactly one number); "
            f"e.g. {URL_EXAMPLE}"
        )


def _gateway(url: str, phone: str) -> Any:
    """Apprise's plugin for this URL, aimed at this phone alone; None if it cannot be."""
    digits = phone.removeprefix("+")
    if not digits.isdecimal():
        return None
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
    # Whatever the URL says: the text goes nowhere but there, once, and a failure is one.
    gateway.redirects = False
    gateway.retry = 0
    gateway.optional = False
    gateway.overflow_mode = OverflowMode.UPSTREAM
    gateway.socket_connect_timeout = CONNECT_WITHIN
    # Beyond the limit of the whole send, which alone tells a late answer from a failure.
    gateway.socket_read_timeout = ANSWER_WITHIN + 1
    return gateway


def _said(result: AppriseResult) -> str:
    """What the plugin wrote to Apprise's log about this send."""
    return " ".join(entry.message for service in result.results for entry in service.logs())


def _tell_unreached(record: logging.LogRecord) -> bool:
    """Words a failure to connect as one: plugins say the same of an answer that was lost.

    They say so while they handle the error, which tells the two apart.
    """
    match sys.exception():
        case requests.ConnectTimeout():
            reached = False
        case requests.ConnectionError(args=(error, *_)):
            reached = not isinstance(getattr(error, "reason", None), NewConnectionError)
        case _:
            reached = True
    if not reached:
        record.msg = f"{record.msg} {NOT_REACHED}"
    return True


logging.getLogger("apprise").addFilter(_tell_unreached)


def without_secrets(text: str) -> str:
    """Takes out what Apprise's plugins quote: rejected tokens, numbers, long words."""
    unquoted = re.sub(r"\([^()]*\)", "(…)", text)
    return re.sub(r"\S+", _masked, unquoted)


def _masked(match: re.Match[str]) -> str:
    word = match[0]
    return "…" if len(word) >= 24 or sum(map(str.isdigit, word)) >= 4 else word
