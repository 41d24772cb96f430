"""Getting a sign-in code to a person: a chain of channels, each tried in turn.

No log line holds a code, a token or a message body, and phones are masked.
"""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from apprise import Apprise, AppriseAsset, AppriseResultStatus, NotifyFormat

from bot.errors import StartError
from bot.i18n import _, fill
from bot.phones import mask_phone

log = logging.getLogger(__name__)

PHONE = "{phone}"
CODE = "{code}"
URL_EXAMPLE = "twilio://SID:TOKEN@+15005550006/{phone}"
SAMPLE_PHONE = "+919876543210"
"""Only to see whether a URL is usable; nothing is sent to it."""

CONNECT_WITHIN = 4.0
ANSWER_WITHIN = 10.0
"""Seconds for a whole send; the person is looking at the chat meanwhile."""


class Outcome(StrEnum):
    """Of one send. Accepted is all that gateways tell; none of them promises an arrival."""

    ACCEPTED = "accepted"
    UNSURE = "unsure"
    """No answer in time: it may have arrived, so neither it nor another channel is tried."""
    FAILED = "failed"


@dataclass(frozen=True)
class Otp:
    """A code for the partner ``name``, whose registered phone is ``phone`` (E.164)."""

    code: str = field(repr=False)
    phone: str
    name: str


class Channel(Protocol):
    name: str

    def send(self, otp: Otp) -> Outcome:
        """Hand the code over. Blocks for some seconds; whatever it raises means that it failed."""
        ...


@dataclass(frozen=True)
class Delivery:
    """Which channel took the code; None and ``FAILED`` when none did."""

    channel: str | None
    outcome: Outcome


class OtpDelivery:
    """The chain. What goes first in ``channels`` is tried first."""

    def __init__(self, channels: Sequence[Channel]) -> None:
        keep_secrets_out_of_logs()
        self._channels = channels

    @classmethod
    def from_settings(
        cls, url: str | None, body: str | None, tell_admins: Callable[[str], None]
    ) -> "OtpDelivery":
        """The chain for ``OTP_DELIVERY_URL`` and ``OTP_BODY``; the admins are always its end.

        ``tell_admins`` takes an HTML text, blocks, and raises when it reached no admin.

        Raises:
            StartError: the URL is not usable.
        """
        keep_secrets_out_of_logs()
        admins = AdminsChannel(tell_admins)
        if url is None:
            return cls([admins])
        check_template(url)
        return cls([AppriseChannel(url, body), admins])

    def deliver(self, *, code: str, phone: str, name: str) -> Delivery:
        """Hand the code to the first channel that takes it. Never raises; blocks for seconds."""
        otp = Otp(code, phone, name)
        for channel in self._channels:
            try:
                outcome = channel.send(otp)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with it, try the next one
                # Its text may hold the message, or an address with a token in it.
                log.warning("Sign-in codes: %s failed (%s)", channel.name, type(error).__name__)
                continue
            if outcome is not Outcome.FAILED:
                log.info("Sign-in code for %s: %s %s", mask_phone(phone), channel.name, outcome)
                return Delivery(channel.name, outcome)
            log.warning("Sign-in codes: %s failed", channel.name)
        log.error("Sign-in code for %s: no channel took it", mask_phone(phone))
        return Delivery(None, Outcome.FAILED)


class AppriseChannel:
    """SMS gateways, WhatsApp, or any HTTP endpoint, by an Apprise URL with ``{phone}`` in it.

    ``{phone}`` becomes the number's digits without the plus, which stands for a space in a query:
    every phone plugin of Apprise reads them, and those whose gateway wants a plus put it there.
    """

    name = "apprise"

    def __init__(self, url: str, body: str | None = None) -> None:
        self._url = url
        self._body = body

    def send(self, otp: Otp) -> Outcome:
        gateway = _gateway(self._url, otp.phone)
        if gateway is None:
            return Outcome.FAILED
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
        return Outcome.FAILED


class AdminsChannel:
    """The admins' chat: an admin reads the code out to a person whose voice they know."""

    name = "admins"

    def __init__(self, tell_admins: Callable[[str], None]) -> None:
        self._tell_admins = tell_admins

    def send(self, otp: Otp) -> Outcome:
        self._tell_admins(
            fill(
                _("{name} ({phone}) wants to sign in: <code>{code}</code>"),
                name=otp.name,
                phone=mask_phone(otp.phone),
                code=otp.code,
            )
        )
        return Outcome.ACCEPTED


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
    apprise = logging.getLogger("apprise")
    apprise.disabled = True  # what it has to say is said here, in one line
    try:
        usable = _gateway(url, SAMPLE_PHONE) is not None
    finally:
        apprise.disabled = False
    if not usable:
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


class _Masked(logging.Filter):
    """Takes out of a record what Apprise's plugins quote: rejected tokens, numbers, long words."""

    def filter(self, record: logging.LogRecord) -> bool:
        unquoted = re.sub(r"\([^()]*\)", "(…)", record.getMessage())
        record.msg, record.args = re.sub(r"\S+", _masked, unquoted), ()
        return True


def _masked(match: re.Match[str]) -> str:
    word = match[0]
    return "…" if len(word) >= 24 or sum(map(str.isdigit, word)) >= 4 else word


_MASKED = _Masked()


def keep_secrets_out_of_logs() -> None:
    """Hold back the loggers that write codes, bodies, or addresses with a token in them."""
    for name in ("apprise", "httpcore", "httpx", "requests", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("apprise").addFilter(_MASKED)
