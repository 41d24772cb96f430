"""What a partner says or presses: one of the answers that a screen allows, chosen at random."""

import re
from collections.abc import Callable
from random import Random

from benchmarks.screens import Button, Screen

METHODS = ("cash", "bank", "upi", "cheque", "other")
GOODS = ("wheat", "rice", "maize", "mustard", "cotton", "गेहूँ", "ਕਣਕ")
PAPERS = ("+pdf:", "+rp:")
"""Buttons that are answered with a document alone."""
LEADING = ("+undo:", "+undo:", "+xi:", "+npi:", *PAPERS, "+c:", "ua:")
"""What is pressed under a receipt or a card; Undo twice as often as the others."""


class Choices:
    """``name`` begins the names of the customers that are added; ``finishing`` starts nothing."""

    def __init__(self, random: Random, name: str) -> None:
        self.random = random
        self.name = name
        self.finishing = False
        self._names = 0

    def beginning(self, screen: Screen) -> str | Button:
        """What to do where nothing is asked."""
        verb = self.random.choice(LEADING)
        if self._by_chance(0.4) and (button := screen.button((verb, f"+{verb}"))):
            return button
        (command,) = self.random.choices(("/invoice", "/payment", "/customer"), (50, 40, 10))
        return command

    def answer(self, screen: Screen) -> str | Button:
        """An answer to the question that is asked."""
        cancel = screen.button("cancel")
        if cancel and not self.finishing and self._by_chance(0.01):
            return cancel
        choose: Callable[[Screen], str | Button] | None = getattr(self, f"_{screen.step}", None)
        assert choose, f"this asks something unknown: {screen} {screen.buttons}"
        return choose(screen)

    def _customer(self, screen: Screen) -> str | Button:
        offered = [b for b in screen.buttons if re.fullmatch(r"[0-9a-f]{24}", b.token)]
        if offered and self._by_chance(0.85):
            return self.random.choice(offered)
        new = screen.button("new")
        return new if new and self._by_chance(0.5) else self._name(screen)

    def _name(self, _screen: Screen) -> str:
        self._names += 1
        return f"{self.name} {'abcdefghij'[self._names % 10]}{self._names}"

    def _optional(self, screen: Screen) -> str | Button:
        if "Phone" in screen.text and self._by_chance(0.3):
            return f"98{self.random.randrange(10**8):08}"
        wanted = self.random.choice(("now", "skip"))
        return screen.button(wanted) or screen.button(("now", "skip")) or "?"

    def _item(self, screen: Screen) -> str | Button:
        done, chance = screen.button("done"), self.random.random()
        if done and (self.finishing or chance < 0.6 or len(screen.lines) > 8):
            return done
        if not self.finishing and chance < 0.65 and (remove := screen.button("remove")):
            return remove
        if chance < 0.75 and (again := screen.button("again-")):
            return again
        item = self.random.choice(GOODS)
        return item if chance < 0.85 else f"{item} {self._quantity()} {self._price_text()}"

    def _quantity(self, _screen: Screen | None = None) -> str:
        return f"{self.random.randrange(1, 500_000) / 1000:.3f}".rstrip("0").rstrip(".")

    def _price(self, screen: Screen) -> str | Button:
        last = screen.button("last")
        return last if last and self._by_chance(0.5) else self._price_text()

    def _price_text(self) -> str:
        return f"{self.random.randrange(100, 500_000) / 100:.2f}"

    def _remove(self, screen: Screen) -> Button:
        return self.random.choice([b for b in screen.buttons if b.token.startswith("line-")])

    def _paid(self, screen: Screen) -> str | Button:
        button = screen.button(self.random.choice(("nothing", "full")))
        return button if button and self._by_chance(0.6) else self._price_text()

    def _amount(self, screen: Screen) -> str | Button:
        button = screen.button(("full-", "advance-"))
        if button and self._by_chance(0.4):
            return button
        said = self._price_text()
        return said if self._by_chance(0.5) else f"{said} {self.random.choice(METHODS)}"

    def _method(self, screen: Screen) -> Button:
        methods = [b for b in screen.buttons if b.token in METHODS]
        return self.random.choice(methods)

    def _which(self, screen: Screen) -> Button:
        open_ones = re.compile(r"oldest|[0-9a-f]{24}")
        return self.random.choice([b for b in screen.buttons if open_ones.fullmatch(b.token)])

    def _reason(self, screen: Screen) -> str | Button:
        often = [b for b in screen.buttons if b.token.startswith("often-")]
        return self.random.choice(often) if self._by_chance(0.7) else "counted again"

    def _day(self, screen: Screen) -> str | Button:
        days = [b for b in screen.buttons if b.token.startswith("day-")]
        return self.random.choice(days) if self._by_chance(0.8) else "today"

    def _summary(self, screen: Screen) -> str | Button:
        if not self.finishing and self._by_chance(0.1):
            other = [b for b in screen.buttons if b.token.startswith(("to-", "back"))]
            return self.random.choice(other)
        # What another partner has taken back meanwhile cannot be saved any more.
        return screen.button("save") or screen.button("cancel") or "?"

    def _by_chance(self, probability: float) -> bool:
        return self.random.random() < probability
