"""A screen's buttons, as Telegram's keyboards."""

from collections.abc import Sequence

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from handlers.edge.parts import shortened, units
from handlers.screen import Choice, Rows, Screen

LONGEST_LABEL = 64
"""Units; a phone shows fewer, and a computer not many more."""

BETWEEN = " · "
"""Between the parts of a label: a name, a sum, the end of a phone number."""

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


def keyboard(screen: Screen) -> Keyboard | None:
    """The buttons under the screen, or else what becomes of the keyboard below the chat."""
    if screen.choices:
        return inline(screen.choices)
    if screen.ask_contact:
        share = KeyboardButton(screen.ask_contact, request_contact=True)
        rows: list[Sequence[str | KeyboardButton]] = [[share], *(screen.menu or ())]
        return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=not screen.menu)
    if screen.menu is None:
        return None
    if not screen.menu:
        return ReplyKeyboardRemove()
    return ReplyKeyboardMarkup(screen.menu, resize_keyboard=True, is_persistent=True)


def inline(rows: Rows) -> InlineKeyboardMarkup | None:
    """Buttons under a message; None takes away those that it has."""
    return InlineKeyboardMarkup([[*map(_button, row)] for row in rows]) if rows else None


def _button(choice: Choice) -> InlineKeyboardButton:
    label = _fitting(choice.label)
    if choice.url:
        return InlineKeyboardButton(label, url=choice.url)
    return InlineKeyboardButton(label, callback_data=choice.data)


def _fitting(label: str) -> str:
    """The label, its longest part shortened: a name; sums and numbers tell two names apart."""
    excess = units(label) - LONGEST_LABEL
    parts = label.split(BETWEEN)
    longest = max(parts, key=units)
    room = max(units(longest) - excess, 1)
    parts[parts.index(longest)] = shortened(longest, room)
    return shortened(BETWEEN.join(parts), LONGEST_LABEL)
