"""``python -m bot otp-test PHONE``: sends a code as a sign-in would, and says who took it.

It opens no store, so the bot may be running. The admins' chat, the end of the chain, is left out:
who they are may be known to the store alone.
"""

import argparse
import io
import logging
import sys

from bot.commands import settings_without_telegram
from bot.delivery import Attempt, OtpDelivery, Outcome, gateways
from bot.errors import InvalidPhone, StartError
from bot.logs import hold_back_libraries
from bot.phones import mask_phone, parse_phone
from bot.settings import EXAMPLES
from bot.sign_in import new_code
from bot.start import refuse

BODY = "{code} is a test of the sign-in codes for the firm's books. It signs nobody in."
"""Where ``OTP_BODY`` sets no text: some gateways deliver none but a text they know."""

SETTING = {"gateway": "TELEGRAM_GATEWAY_TOKEN", "apprise": "OTP_DELIVERY_URL"}


def main(arguments: list[str]) -> int:
    """Returns the exit code: 0 when a gateway took the code."""
    typed = " ".join(_parser().parse_args(arguments).phone)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What a gateway answers may not fit the terminal's encoding.
        sys.stdout.reconfigure(errors="backslashreplace")
    # What goes wrong is said here, once.
    logging.getLogger().addHandler(logging.NullHandler())
    hold_back_libraries()
    try:
        return _send(typed)
    except (StartError, InvalidPhone) as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return refuse("Interrupted. The code may arrive all the same")


def _send(typed: str) -> int:
    settings = settings_without_telegram()
    phone = parse_phone(typed, settings.default_region, mobile=True)
    chain = gateways(settings.model_copy(update={"otp_body": settings.otp_body or BODY}))
    if not chain:
        return refuse(
            "No gateway is set, so the admins get the codes, to read out by phone. "
            "To have them sent, set TELEGRAM_GATEWAY_TOKEN or OTP_DELIVERY_URL, "
            f"e.g. OTP_DELIVERY_URL={EXAMPLES['otp_delivery_url']}"
        )
    code = new_code()
    _say(f"The test code {code} goes to {mask_phone(phone)}. It signs nobody in.")
    delivery = OtpDelivery(chain).deliver(code=code, phone=phone, name="otp-test")
    for attempt in delivery.attempts:
        _say(f"{SETTING[attempt.channel]}: {_what_came_of(attempt)}.")
    match delivery.outcome:
        case Outcome.ACCEPTED:
            _say("See that it arrives. Were no gateway to take a code, the admins would get it.")
            return 0
        case Outcome.UNSURE:
            return refuse(
                "Look at the phone. If the code is not there, try again; the bot tries no other "
                "way when a code may have arrived, and the person can have it sent again"
            )
    return refuse(
        "No gateway took the code, so the admins would get it, to read out by phone. "
        "Change what is named above, and try again"
    )


def _what_came_of(attempt: Attempt) -> str:
    match attempt.outcome:
        case Outcome.ACCEPTED:
            return "took it"
        case Outcome.UNSURE:
            return "may have arrived: no clear answer came, or none in time"
    return f"failed: {attempt.why.rstrip('.')}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot otp-test",
        description="Send a test code to a mobile number by the gateways that the settings name, "
        "as a sign-in would. The bot may be running.",
    )
    parser.add_argument("phone", nargs="+", metavar="PHONE", help="like +91 98765 43210")
    return parser


def _say(line: str) -> None:
    print(line)  # noqa: T201 - what a command says
