"""Screens of which only the form matters."""

from bot.i18n import fill
from handlers.screen import Screen


def text(words: str, **more) -> Screen:
    return Screen(fill("{words}", words=words), **more)
