"""How amounts read in a message."""

from markupsafe import Markup

from bot.desk import Desk
from bot.i18n import _, fill
from bot.money import format_amount


def balance_words(net: int, currency: str) -> str:
    """A customer's net balance (paise, an advance is negative) in a few words."""
    if net < 0:
        return _("advance {amount}").format(amount=format_amount(-net, currency))
    if net == 0:
        return _("nothing due")
    return _("{amount} due").format(amount=format_amount(net, currency))


def total_due(net: int, currency: str) -> Markup:
    """The line that counts: what a customer owes in all (paise), or the advance that is held."""
    if net < 0:
        return fill(_("<b>Advance held: {held}</b>"), held=format_amount(-net, currency))
    return fill(_("<b>Total due: {due}</b>"), due=format_amount(net, currency))


def before_and_after(before: int, after: int, currency: str, *, posted: bool = False) -> Markup:
    """What a customer owes without something, and with it (paise): what it does, or has done."""
    now = _("Balance now: <b>{words}</b>") if posted else _("Balance after: <b>{words}</b>")
    return Markup("\n").join(
        [
            fill(_("Balance before: {words}"), words=balance_words(before, currency)),
            fill(now, words=balance_words(after, currency)),
        ]
    )


def amount(desk: Desk, paise: int) -> str:
    """An amount in the firm's currency."""
    return format_amount(paise, desk.settings.currency)
