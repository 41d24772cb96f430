"""What time it is in the fake. Tests and the product's own clock can take its place."""

import datetime as dt
from collections.abc import Callable

Now = Callable[[], dt.datetime]
"""This moment: aware, UTC."""


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)  # noqa: TID251 - the simulator may not import the bot's clock
