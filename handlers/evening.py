"""The evening summary as it reads in the chat."""

from itertools import chain

from markupsafe import Markup

from bot.dates import format_span
from bot.desk import Desk
from bot.evening import Summary, Tally
from bot.i18n import _, fill, ngettext
from bot.methods import method_word
from handlers.money import amount
from handlers.screen import Screen


def summary(desk: Desk, one: Summary, *, late: bool = False) -> Screen:
    """The message to a partner. ``late``: it was meant for a while ago."""
    time = format(desk.settings.evening_time, "%H:%M")
    days = (one.last - one.first).days + 1
    title = ngettext("The day up to {time}", "{days} days up to {time}", days)
    head = fill(
        "🌙 <b>{title}</b>, {span}",
        title=title.format(time=time, days=days),
        span=format_span(one.first, one.last),
    )
    parts = (_made(desk, one), _collected(desk, one), _taken_back(desk, one), _left(desk, one))
    blank = Markup()
    lines = chain([head], *([blank, *part] for part in parts if part))
    screen = Screen(Markup("\n").join(lines))
    return screen.headed(fill(_("This was meant for {time}."), time=time)) if late else screen


def _made(desk: Desk, one: Summary) -> list[Markup]:
    return _tallies(
        desk,
        (_("Invoices: <b>{amount}</b> ({count})"), one.invoices),
        (_("Brought in from earlier books: <b>{amount}</b> ({count})"), one.brought_in),
    )


def _collected(desk: Desk, one: Summary) -> list[Markup]:
    if not one.collected:
        return []
    by_method = [
        fill("• {method}: {amount}", method=method_word(method), amount=amount(desk, received))
        for method, received in one.collected.items()
    ]
    return [fill(_("Collected: <b>{total}</b>"), total=amount(desk, one.total)), *by_method]


def _taken_back(desk: Desk, one: Summary) -> list[Markup]:
    return _tallies(
        desk,
        (_("Invoices cancelled: {amount} ({count})"), one.cancelled),
        (_("Payments undone: {amount} ({count})"), one.undone),
        (_("Invoices put back: {amount} ({count})"), one.restored_invoices),
        (_("Payments put back: {amount} ({count})"), one.restored_payments),
    )


def _left(desk: Desk, one: Summary) -> list[Markup]:
    left = [fill(_("Outstanding: <b>{amount}</b>"), amount=amount(desk, one.outstanding))]
    if one.advance:
        left.append(fill(_("Advances held: {amount}"), amount=amount(desk, one.advance)))
    return left


def _tallies(desk: Desk, *tallies: tuple[str, Tally]) -> list[Markup]:
    return [
        fill(words, amount=amount(desk, tally.amount), count=tally.count)
        for words, tally in tallies
        if tally.count
    ]
