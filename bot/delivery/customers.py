"""The gateway by which customers are written to: another one than the codes', or none."""

from collections.abc import Callable
from functools import partial

from bot.delivery.channel import Outcome
from bot.settings import Settings

SendText = Callable[[str, str], Outcome]
"""Takes a phone (E.164) and a text; as ``bot.delivery.apprise_url.send_text``."""


def customers_gateway(settings: Settings) -> SendText | None:
    """What ``CUSTOMER_REMINDER_URL`` names; None where it is not set.

    Raises:
        StartError: it is not usable.
    """
    if settings.customer_reminder_url is None:
        return None
    # Loaded where it is named, as for the codes: it is slow to load.
    from bot.delivery.apprise_url import check_template, send_text  # noqa: PLC0415

    url = settings.customer_reminder_url.get_secret_value()
    check_template(url, "CUSTOMER_REMINDER_URL")
    return partial(send_text, url)
