"""A desk over any store, for use cases that need no more of the bot than that."""

from bot.delivery import OtpDelivery
from bot.desk import Desk
from bot.settings import load_settings


def desk_of(store, clock, **settings: object) -> Desk:
    usual = {"telegram_bot_token": "123456789:AAExampleToken"}
    return Desk(
        store=store,
        clock=clock,
        settings=load_settings(_env_file=None, **{**usual, **settings}),
        secret_key=b"k" * 32,
        delivery=OtpDelivery([]),
        bot_username=lambda: "arhtiya_bot",
    )
