"""Texts on their way into a chat: parsed, cleaned and trimmed as Telegram does it."""

import re
from typing import Any

from simulator.entities import Entity, FormattedText, units
from simulator.errors import Impossible, bad_request
from simulator.html_parser import parse_html

MAX_PARSED_BYTES = 32_768
"""Longer texts are refused before they are parsed."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\t]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_DROPPED = re.compile("[\r\u2028-\u202e]")


def formatted(text: str, parse_mode: str | None, entities: list[Entity] | None) -> FormattedText:
    """Read a text as a bot sends it: cleaned, parsed, trimmed, with automatic entities found.

    Raises:
        Refused: the text is not UTF-8, too long to parse, or its markup is wrong.
    """
    if len(utf8(text)) > MAX_PARSED_BYTES:
        raise bad_request("text is too long")
    mode = (parse_mode or "").lower()
    if mode == "html":
        plain, found = parse_html(text)
    elif mode in {"", "none"}:
        plain, found = text, [_checked(entity) for entity in entities or []]
    else:
        raise bad_request("unsupported parse_mode")
    return _trimmed(_cleaned(plain, found)).with_automatic_entities()


def utf8(text: str) -> bytes:
    """The bytes of a text from a bot.

    Raises:
        Refused: it holds a lone surrogate.
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def _checked(entity: Any) -> Entity:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    for name, kind in (("offset", int), ("length", int), ("type", str)):
        if name not in entity:
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
        if not isinstance(entity[name], kind):
            raise bad_request(f'can\'t parse MessageEntity: Field "{name}" is of a wrong type')
    return dict(entity)


def written(text: str) -> FormattedText:
    """Read a text as a person types it: no markup, automatic entities only.

    Raises:
        Impossible: it holds a lone surrogate.
    """
    return _trimmed(_cleaned(typed(text), [])).with_automatic_entities()


def typed(text: str) -> str:
    """The text, if a person can have typed it.

    Raises:
        Impossible: it holds a lone surrogate, which no UTF-8 can carry to the bot or the page.
    """
    if found := _LONE_SURROGATE.search(text):
        raise Impossible(
            f"half of a character (U+{ord(found[0]):04X}) cannot be sent; delete or retype it"
        )
    return text


def mended(text: str) -> str:
    """The text with U+FFFD in the place of lone surrogates: as long in UTF-16 as it was."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def _cleaned(text: str, entities: list[Entity]) -> FormattedText:
    """Drop or blank the characters that Telegram does not keep."""
    for dropped in reversed(list(_DROPPED.finditer(text))):
        at = units(text[: dropped.start()])
        for entity in entities:
            if entity["offset"] > at:
                entity["offset"] -= 1
            elif entity["offset"] + entity["length"] > at:
                entity["length"] -= 1
    return FormattedText(_UNPRINTABLE.sub(" ", _DROPPED.sub("", text)), entities)


def _trimmed(message: FormattedText) -> FormattedText:
    """Cut white space at both ends, and the entities with it."""
    stripped = message.text.lstrip()
    skipped = units(message.text) - units(stripped)
    stripped = stripped.rstrip()
    length = units(stripped)
    entities = []
    for entity in message.entities:
        start = max(entity["offset"] - skipped, 0)
        end = min(entity["offset"] + entity["length"] - skipped, length)
        if start < end:
            entities.append(entity | {"offset": start, "length": end - start})
    return FormattedText(stripped, entities)
