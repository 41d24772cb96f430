"""The admin's check of the books: one sentence, what is different, and the repair."""

from collections.abc import Callable

from markupsafe import Markup

from bot.audit import Findings, audit, repair
from bot.desk import Desk
from bot.i18n import _, fill
from bot.text import shown
from handlers.receipts import more_line
from handlers.screen import Choice, Screen
from storage.database import store_errors

SHOWN = 10
"""Differences of a kind that one message shows."""

LINE = 160
"""Letters of one: so many of two kinds are less than a message holds."""


def report(desk: Desk) -> Screen:
    """Check all books; with a button to repair what shows them, where that is wrong."""
    return _working(lambda: _report(desk))


def repaired(desk: Desk) -> Screen:
    """Repair what shows the books, and check them again."""
    return _working(lambda: _repaired(desk))


def _working(work: Callable[[], Screen]) -> Screen:
    """Many books take many seconds, in which somebody must see that it goes on."""

    def reached() -> Screen:
        with store_errors():
            return work()

    return Screen(fill(_("🔎 Checking the books…")), work=reached)


def _report(desk: Desk) -> Screen:
    found = audit(desk.store)
    repair_it = ((Choice(_("🔧 Repair the views"), "repair"),),) if found.to_repair else ()
    return Screen(Markup("\n").join(words(found)), (*repair_it, _trail()))


def _repaired(desk: Desk) -> Screen:
    mended = repair(desk.store, audit(desk.store).to_repair)
    done = _listed(_("<b>Repaired from the ledger</b>"), mended)
    if not mended:
        done = [fill(_("Nothing was repaired."))]
    found = audit(desk.store)
    if found.views:
        left = _("What is still shown otherwise cannot be put right from the ledger.")
        done.append(fill("{left}", left=left))
    return Screen(Markup("\n").join([*done, Markup(""), *words(found)]), (_trail(),))


def _trail() -> tuple[Choice]:
    return (Choice(_("📜 Who did what"), "ev:0"),)


def words(found: Findings) -> list[Markup]:
    """What was found, line by line."""
    mark = "⚠️" if found.differences else "✅"
    lines = [fill("{mark} <b>{sentence}</b>", mark=mark, sentence=str(found))]
    if found.ledger:
        lines += [Markup(""), *_listed(_("<b>The ledger itself is wrong</b>"), found.ledger)]
        never = _(
            "It is never repaired here. Keep a copy of the data, and find out what happened."
        )
        lines.append(fill("{never}", never=never))
    if found.views:
        shown_wrong = _("<b>Shown otherwise than the ledger says</b>")
        lines += [Markup(""), *_listed(shown_wrong, found.views)]
    return lines


def _listed(title: str, differences: tuple[str, ...]) -> list[Markup]:
    lines = [fill("• {one}", one=shown(one, LINE)) for one in differences[:SHOWN]]
    return [fill(title), *lines, *more_line(len(differences) - SHOWN)]
