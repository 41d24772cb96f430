"""Links that open WhatsApp with a text typed already, to be sent by whoever tapped them.

``https://wa.me/<digits>?text=<text>`` is WhatsApp's own form. It carries text alone, no file. On
a desktop it loses emoji on the way, so the texts that are shared have none.
"""

import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

URL_LIMIT = 2_000
"""Characters. Telegram names no limit for the link of a button; every browser takes this much."""

_MORE = "…"
_ZWJ = "\u200d"
_VIRAMA = 9
"""The combining class of the sign that joins two consonants of an Indian script into one."""


def share_url(text: str, phone: str | None) -> str:
    """A link that opens the chat with ``phone``, or lets the person choose one, with this text.

    What would make it longer than ``URL_LIMIT`` is left off the end of the text.

    Args:
        text: of any script; its lines stay lines.
        phone: E.164, of which WhatsApp wants the digits alone.
    """
    start = f"https://wa.me/{(phone or '').removeprefix('+')}?text="
    return start + _encoded(shortened(text, URL_LIMIT - len(start)))


def shortened(text: str, room: int) -> str:
    """The text, or as much of it as takes ``room`` characters in a link, with ``…`` at the end.

    A letter of Hindi, Punjabi or Urdu takes six to nine there. What a reader takes for one
    character is kept whole or not at all.
    """
    if len(_encoded(text)) <= room:
        return text
    room -= len(_encoded(_MORE))
    kept = ""
    for character in _characters(text):
        room -= len(_encoded(character))
        if room < 0:
            break
        kept += character
    return kept.rstrip() + _MORE


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="replace")


def _characters(text: str) -> Iterator[str]:
    """What a reader takes for one character each: a letter with its marks, a flag, a family."""
    character = ""
    for codepoint in text:
        if character and not _continues(character, codepoint):
            yield character
            character = ""
        character += codepoint
    if character:
        yield character


def _continues(character: str, codepoint: str) -> bool:
    return (
        unicodedata.category(codepoint) in ("Mn", "Mc", "Me", "Cf")
        or character[-1] == _ZWJ
        or unicodedata.combining(character[-1]) == _VIRAMA
        or _is_skin_tone(codepoint)
        or (len(character) == 1 and _is_half_a_flag(character) and _is_half_a_flag(codepoint))
    )


def _is_skin_tone(codepoint: str) -> bool:
    return "\U0001f3fb" <= codepoint <= "\U0001f3ff"


def _is_half_a_flag(codepoint: str) -> bool:
    return "\U0001f1e6" <= codepoint <= "\U0001f1ff"
