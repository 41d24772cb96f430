"""How amounts read in a message."""

from bot.desk import Desk
from bot.i18n import _
from bot.money import format_amount


def balance_words(net: int, currency: str) -> str:
    """A customer's net balance (paise, an advance is negative) in a few words."""
    if net < 0:
        return _("advance {amount}").format(amount=format_amount(-net, currency))
    if net == 0:
        return _("nothing due")
    return _("{amount} due").format(amount=format_amount(net, currency))


def amount(desk: Desk, paise: int) -> str:
    """An amount in the firm's currency."""
    return format_amount(paise, desk.settings.currency)
