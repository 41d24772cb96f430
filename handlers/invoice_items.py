"""The items of a new invoice: a loop of name, quantity and price, or all three in one message."""

import hashlib

from markupsafe import Markup

from bot.desk import Desk
from bot.errors import InvalidInput, InvalidQuantity, InvalidText
from bot.i18n import _, fill
from bot.invoices import MAX_ITEMS
from bot.items import is_name, parse_item_line, parse_price
from bot.money import format_amount
from bot.quantity import quantity_words
from bot.text import clean_line, fold_name, shown
from bot.units import parse_quantity_and_unit, same_unit
from handlers.form import SUMMARY, Go, Step
from handlers.invoice_answers import Here, InvoiceAnswers, Line
from handlers.screen import Act, Choice, Screen, grid
from storage.models import InvoiceItem

KNOWN = 60
"""Items sold of late whose unit and price are offered."""

RECENT = 6
"""Those of them that are buttons."""

LINES_SHOWN = 12


def lines_text(moment: Here) -> Markup:
    """The lines so far, and their sum."""
    answers = moment.answers
    first = max(0, len(answers.lines) - LINES_SHOWN)
    shown = [
        fill(
            "{place}. {name}: {quantity} × {price} = {total}",
            place=place,
            name=line.name,
            quantity=quantity_words(line.quantity, line.unit),
            price=format_amount(line.price, moment.currency),
            total=format_amount(line.total, moment.currency),
        )
        for place, line in enumerate(answers.lines[first:], first + 1)
    ]
    if first:
        shown.insert(0, fill(_("… {count} above"), count=first))
    total = format_amount(answers.total, moment.currency)
    shown.append(fill(_("Total <b>{total}</b>"), total=total))
    return Markup("\n").join(shown)


class AskItem(Step[InvoiceAnswers]):
    name = "item"

    def look(self, desk: Desk, moment: Here, act: Act | None) -> list[InvoiceItem]:
        """Items sold lately, newest first."""
        return desk.store.invoices.recent_items(KNOWN)

    def ask(self, moment: Here) -> Screen:
        answers = moment.answers
        recent = [
            moment.choice(name, f"again-{_mark(name)}") for name in _names(moment.facts)[:RECENT]
        ]
        rows = grid(recent, 2)
        if not answers.lines:
            question = _("Which <b>item</b>? All in one message: <code>wheat 52 q 2425</code>")
            return Screen(fill(question), rows)
        question = _("Another item, such as <code>rice 10 q 3200</code>, or Done.")
        done = (
            moment.choice(_("✓ Done"), "done"),
            moment.choice(_("Remove a line"), "remove"),
        )
        return Screen(lines_text(moment) + Markup("\n\n") + fill(question), (*rows, done))

    def kept(self, moment: Here) -> str:
        return moment.answers.item

    def keep(self, moment: Here) -> Go[InvoiceAnswers]:
        return Go(moment.answers, "quantity")

    def typed(self, moment: Here, text: str) -> Go[InvoiceAnswers]:
        if len(moment.answers.lines) >= MAX_ITEMS:
            raise InvalidText(
                _("An invoice takes at most {count} lines. Tap Done.").format(count=MAX_ITEMS)
            )
        whole = parse_item_line(text, currency=moment.currency)
        if whole is not None:
            line = Line(
                name=whole.name,
                quantity=whole.quantity,
                unit=whole.unit,
                price=whole.price_per_unit,
            )
            return Go(moment.answers.with_line(line), "item")
        name = clean_line(text, field=_("item's name"), example=_("wheat"))
        if not is_name(name):
            raise InvalidText(_("Which item is that? Type its name first, such as: wheat 52 2425"))
        return self._named(moment, name)

    def pressed(self, moment: Here, token: str) -> Go[InvoiceAnswers] | None:
        answers = moment.answers
        verb, _dash, mark = token.partition("-")
        match verb:
            case "done" if answers.lines:
                return self._done(moment)
            case "remove" if answers.lines:
                return Go(answers, "remove")
            case "again":
                names = _names(moment.facts)
                name = next((name for name in names if _mark(name) == mark), "")
                return self._named(moment, name) if name else None
        return None

    def _done(self, moment: Here) -> Go[InvoiceAnswers]:
        answers = moment.answers
        if not moment.draft.editing:
            return Go(answers, "paid")
        if not answers.in_full:
            return Go(answers, SUMMARY)
        # What was the full sum is another one now, and nobody has said that it was received.
        return Go(answers.model_copy(update={"in_full": False, "paid": None}), "paid")

    def _named(self, moment: Here, name: str) -> Go[InvoiceAnswers]:
        last = next((item for item in moment.facts if _is_of(item, name)), None)
        line = {"item": name, "quantity": None, "unit": last.unit if last else ""}
        return Go(moment.answers.model_copy(update=line), "quantity")


class AskQuantity(Step[InvoiceAnswers]):
    name = "quantity"

    def ask(self, moment: Here) -> Screen:
        answers = moment.answers
        if not answers.unit:
            question = _("How much <b>{item}</b>? For example: 52, 10.5 or 52 q")
            return Screen(fill(question, item=answers.item))
        question = _("How much <b>{item}</b>, in {unit}? For example: 52, or 52 {other}")
        other = _("bags") if same_unit(answers.unit, "q") else _("q")
        return Screen(fill(question, item=answers.item, unit=answers.unit, other=other))

    def kept(self, moment: Here) -> str:
        answers = moment.answers
        return quantity_words(answers.quantity, answers.unit) if answers.quantity else ""

    def keep(self, moment: Here) -> Go[InvoiceAnswers]:
        return Go(moment.answers, "price")

    def typed(self, moment: Here, text: str) -> Go[InvoiceAnswers]:
        try:
            quantity, unit = parse_quantity_and_unit(text, currency=moment.currency)
        except InvalidQuantity as error:
            if not _is_item_line(text, moment.currency):
                raise
            raise InvalidQuantity(
                _(
                    "“{text}” is a whole item, and this asks how much {item}. Type the number, "
                    "like 52; or tap ‹ Back first, and type the other item then."
                ).format(text=shown(text), item=moment.answers.item)
            ) from error
        measured = {"quantity": quantity, "unit": unit or moment.answers.unit}
        return Go(moment.answers.model_copy(update=measured), "price")


class AskPrice(Step[InvoiceAnswers]):
    name = "price"

    def look(self, desk: Desk, moment: Here, act: Act | None) -> InvoiceItem | None:
        """The same item, if it was sold lately by the same unit: its price may be the same."""
        answers = moment.answers
        recent = desk.store.invoices.recent_items(KNOWN)
        return next(
            (
                item
                for item in recent
                if _is_of(item, answers.item) and same_unit(item.unit, answers.unit)
            ),
            None,
        )

    def ask(self, moment: Here) -> Screen:
        answers = moment.answers
        if answers.unit:
            question = _("<b>Price</b> of {item}, per {unit}? For example: 2425 or 2,425.50")
        else:
            question = _("<b>Price</b> of one {item}? For example: 2425 or 2,425.50")
        head = fill(
            "{item}: {quantity}",
            item=answers.item,
            quantity=quantity_words(answers.quantity, answers.unit) if answers.quantity else "?",
        )
        rows: tuple[tuple[Choice, ...], ...] = ()
        if moment.facts is not None:
            last = format_amount(moment.facts.price_per_unit, moment.currency)
            label = _("As last time: {price}").format(price=last)
            rows = ((moment.choice(label, f"last-{_price_mark(moment.facts)}"),),)
        asked = fill(question, item=answers.item, unit=answers.unit)
        return Screen(head + Markup("\n") + asked, rows)

    def typed(self, moment: Here, text: str) -> Go[InvoiceAnswers]:
        return self._priced(moment, parse_price(text, currency=moment.currency))

    def pressed(self, moment: Here, token: str) -> Go[InvoiceAnswers] | None:
        # Somebody may have sold it at another price since this one was shown.
        if moment.facts is not None and token == f"last-{_price_mark(moment.facts)}":
            return self._priced(moment, moment.facts.price_per_unit)
        return None

    def _priced(self, moment: Here, price: int) -> Go[InvoiceAnswers]:
        answers = moment.answers
        if answers.quantity is None:
            return Go(answers, "quantity")
        line = Line(name=answers.item, quantity=answers.quantity, unit=answers.unit, price=price)
        return Go(answers.with_line(line), "item")


class RemoveLine(Step[InvoiceAnswers]):
    name = "remove"

    def ask(self, moment: Here) -> Screen:
        lines = moment.answers.lines
        first = max(0, len(lines) - LINES_SHOWN)
        rows = tuple(
            (
                moment.choice(
                    f"✕ {place + 1}. {line.name} · {format_amount(line.total, moment.currency)}",
                    f"line-{place}",
                ),
            )
            for place, line in enumerate(lines)
            if place >= first
        )
        return Screen(fill(_("Which line should go?")), rows)

    def typed(self, moment: Here, text: str) -> Go[InvoiceAnswers]:
        found = self.pressed(moment, f"line-{int(text) - 1}" if text.isdecimal() else "")
        if found is None:
            raise InvalidText(
                _("Type the number of a line from 1 to {count}, or tap it.").format(
                    count=len(moment.answers.lines)
                )
            )
        return found

    def pressed(self, moment: Here, token: str) -> Go[InvoiceAnswers] | None:
        place = token.removeprefix("line-")
        lines = moment.answers.lines
        if not place.isdecimal() or int(place) >= len(lines):
            return None
        left = [line for at, line in enumerate(lines) if at != int(place)]
        return Go(moment.answers.model_copy(update={"lines": left}), "item")


def _is_item_line(text: str, currency: str) -> bool:
    """Whether it would be a line of its own, right or wrong."""
    try:
        return parse_item_line(text, currency=currency) is not None
    except InvalidInput:
        return True


def _is_of(item: InvoiceItem, name: str) -> bool:
    return fold_name(item.item_name) == fold_name(name)


def _names(items: list[InvoiceItem]) -> list[str]:
    """Each name once; an item may have been sold by several units."""
    names: dict[str, str] = {}
    for item in items:
        names.setdefault(fold_name(item.item_name), item.item_name)
    return list(names.values())


def _mark(text: str) -> str:
    """A few letters that stand for what a button offered; a place in a list may have moved."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _price_mark(item: InvoiceItem) -> str:
    return _mark(f"{item.item_name}:{item.price_per_unit}")
