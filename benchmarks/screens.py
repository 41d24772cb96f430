"""The bot's messages as a partner in the storm reads them.

What can be answered with a button is known by the buttons' data, ``do:<op>:<rev>:<token>``, which
names the draft and its revision too; what has to be typed is known by the words of the question.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from simulator.chats import Kept

FENCE = "fence"
"""A command that the bot does not know, with a number."""
LINE = re.compile(r"^\d+\. .+ = .+$", re.MULTILINE)
BUTTONS = {
    "summary": ("save", "to-"),
    "customer": "new",
    "remove": "line-",
    "paid": "nothing",
    "amount": "full-",
    "method": "cash",
    "which": "oldest",
    "reason": "often-",
    "day": "day-",
    "optional": ("now", "skip"),
}
"""Questions, by the tokens of buttons that only they have."""
WORDS = {
    "price": "Price of ",
    "amount": "was received",
    "quantity": "How much",
    "item": "item",
    "name": "name",
}
"""Questions, by words that are in none of those after them."""


@dataclass(frozen=True)
class Button:
    row: int
    column: int
    data: str

    @property
    def token(self) -> str:
        """What it stands for in its step; "" outside forms."""
        return self.data.split(":", 3)[3] if self.data.startswith("do:") else ""


@dataclass(frozen=True)
class Screen:
    """A message of the bot's. ``op``, ``rev`` and ``step`` are "" where it asks nothing."""

    id: int
    text: str
    buttons: tuple[Button, ...]

    @property
    def op(self) -> str:
        return next(self._named(1), "")

    @property
    def rev(self) -> str:
        return next(self._named(2), "")

    @property
    def step(self) -> str:
        """Which question of a form it is."""
        if not self.op:
            return ""
        by_button = (step for step, tokens in BUTTONS.items() if self.button(tokens))
        by_words = (step for step, words in WORDS.items() if words in self.text)
        return next(by_button, "") or next(by_words, "unknown")

    @property
    def place(self) -> tuple[str, str, str, list[str]]:
        """Where a draft stands, and with which items."""
        return self.op, self.rev, self.step, self.lines

    @property
    def is_beside_the_point(self) -> bool:
        """Whether it is the morning's digest, or says that it does not know a fence."""
        return self.text.startswith("⏰") or f"/{FENCE}" in self.text

    @property
    def sends_to_menu(self) -> bool:
        """Whether it says that something may be amiss, and to look with /menu."""
        return "/menu shows where you are" in self.text

    @property
    def lines(self) -> list[str]:
        """The items so far, as they are shown."""
        return LINE.findall(self.text)

    def button(self, starts: str | tuple[str, ...]) -> Button | None:
        """The first button whose token, or whose data outside forms, starts with one of these."""
        return next((b for b in self.buttons if (b.token or b.data).startswith(starts)), None)

    def of(self, verb: str) -> str | None:
        """The id in the first button with this verb, e.g. ``pdf:<invoice id>``."""
        found = (b.data.removeprefix("+") for b in self.buttons)
        return next((d.split(":")[1] for d in found if d.startswith(f"{verb}:")), None)

    def __str__(self) -> str:
        return f"{self.op or 'no draft'} at {self.step or 'no question'}: {self.text!r}"

    def _named(self, place: int) -> Iterator[str]:
        return (b.data.split(":")[place] for b in self.buttons if b.data.startswith("do:"))


def screen_of(kept: Kept) -> Screen:
    rows = kept.message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = (
        Button(row, column, button.get("callback_data", ""))
        for row, line in enumerate(rows)
        for column, button in enumerate(line)
    )
    return Screen(kept.message["message_id"], kept.formatted.text, tuple(buttons))
