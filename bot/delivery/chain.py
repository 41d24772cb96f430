"""The chain of channels: each is tried in turn until one takes the code, or may have taken it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.delivery.channel import Channel, NotSent, Otp, Outcome
from bot.phones import mask_phone
from bot.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Attempt:
    """What came of one channel; ``why`` it failed is in plain words without a secret."""

    channel: str
    outcome: Outcome
    why: str = ""


@dataclass(frozen=True)
class Delivery:
    """Every channel that was tried, in turn. The last one decides."""

    attempts: tuple[Attempt, ...]

    @property
    def outcome(self) -> Outcome:
        return self.attempts[-1].outcome if self.attempts else Outcome.FAILED

    @property
    def channel(self) -> str | None:
        """The one that took the code, or may have taken it; None when none did."""
        return None if self.outcome is Outcome.FAILED else self.attempts[-1].channel


class OtpDelivery:
    """What goes first in ``channels`` is tried first."""

    def __init__(self, channels: Sequence[Channel]) -> None:
        self._channels = channels

    def deliver(self, *, code: str, phone: str, name: str) -> Delivery:
        """Hand the code to the first channel that takes it. Never raises; blocks for seconds."""
        otp = Otp(code, phone, name)
        attempts: list[Attempt] = []
        for channel in self._channels:
            attempts.append(_attempt(channel, otp))
            if attempts[-1].outcome is not Outcome.FAILED:
                break
        else:
            log.error("Sign-in code for %s: no channel took it", mask_phone(phone))
        return Delivery(tuple(attempts))


def gateways(settings: Settings) -> list[Channel]:
    """The gateways that the settings name, in the order they are tried.

    Raises:
        StartError: ``OTP_DELIVERY_URL`` is not usable.
    """
    named: list[Channel] = []
    # What a gateway needs is loaded where it is named: their libraries are slow to load.
    if token := settings.telegram_gateway_token:
        from bot.delivery.gateway import GatewayChannel  # noqa: PLC0415

        named.append(GatewayChannel(token.get_secret_value(), settings.telegram_gateway_url))
    if url := settings.otp_delivery_url:
        from bot.delivery.apprise_url import AppriseChannel, check_template  # noqa: PLC0415

        check_template(url.get_secret_value(), "OTP_DELIVERY_URL")
        named.append(AppriseChannel(url.get_secret_value(), settings.otp_body))
    return named


def _attempt(channel: Channel, otp: Otp) -> Attempt:
    try:
        outcome = channel.send(otp)
    except NotSent as refused:
        why = str(refused)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, try the next one
        # Its text may hold the message, or an address with a token in it.
        why = f"it broke ({type(error).__name__})"
    else:
        log.info("Sign-in code for %s: %s %s", mask_phone(otp.phone), channel.name, outcome)
        return Attempt(channel.name, outcome)
    log.warning("Sign-in codes: %s failed: %s", channel.name, why)
    return Attempt(channel.name, Outcome.FAILED, why)
