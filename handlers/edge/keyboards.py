"""A screen's buttons, as Telegram's keyboards."""

from collections.abc import Sequence

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from handlers.edge.parts import shortened
from handlers.screen import Choice, Rows, Screen

LONGEST_LABEL = 64
"""Units; a phone shows fewer, and a computer not many more."""

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
    label = shortened(choice.label, LONGEST_LABEL)
    if choice.url:
        return InlineKeyboardButton(label, url=choice.url)
    return InlineKeyboardButton(label, callback_data=choice.data)
