"""The admins' chat: an admin reads the code out to a person whose voice they know."""

from collections.abc import Callable

from bot.delivery.channel import NotSent, Otp, Outcome
from bot.i18n import _, fill
from bot.phones import mask_phone


class AdminsChannel:
    """``tell_admins`` takes an HTML text, blocks, and raises when it reached no admin."""

    name = "admins"

    def __init__(self, tell_admins: Callable[[str], None]) -> None:
        self._tell_admins = tell_admins

    def send(self, otp: Otp) -> Outcome:
        text = fill(
            _(
                "Call them back on their number, and read it out only to a voice that you know. "
                "It is good for 5 minutes.\n"
                "{name} ({phone}) wants to sign in: <code>{code}</code>"
            ),
            name=otp.name,
            phone=mask_phone(otp.phone),
            code=otp.code,
        )
        try:
            self._tell_admins(text)
        except TimeoutError:
            return Outcome.UNSURE
        except Exception as error:
            # Its own text may hold the message, or an address with a token in it.
            raise NotSent(f"no admin was reached ({type(error).__name__})") from error
        return Outcome.ACCEPTED
