"""Entities to HTML that is safe to put into a page: every tag is ours, every character escaped."""

import itertools
from html import escape

from simulator.entities import Entity, FormattedText, units

_TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code",
    "pre": "pre", "spoiler": "tg-spoiler", "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}  # fmt: skip


def html(message: FormattedText) -> str:
    """Render with the tags b, i, u, s, code, pre, a, tg-spoiler, blockquote and br only."""
    parts: list[str] = []
    open_now: list[Entity] = []
    for start, piece in _pieces(message):
        active = [e for e in message.entities if _holds(e, start) and _tag(e, message)]
        kept = 0
        while kept < min(len(open_now), len(active)) and open_now[kept] is active[kept]:
            kept += 1
        parts += [f"</{_name(e)}>" for e in reversed(open_now[kept:])]
        parts += [_tag(e, message) for e in active[kept:]]
        open_now = active
        text = escape(piece, quote=False)
        in_pre = any(e["type"] == "pre" for e in active)
        parts.append(text if in_pre else text.replace("\n", "<br>"))
    parts += [f"</{_name(e)}>" for e in reversed(open_now)]
    return "".join(parts)


def _pieces(message: FormattedText) -> list[tuple[int, str]]:
    """The text cut wherever an entity begins or ends, each piece with its UTF-16 offset."""
    cuts = {0, units(message.text)}
    for entity in message.entities:
        cuts |= {entity["offset"], entity["offset"] + entity["length"]}
    edges = sorted(cuts)
    encoded = message.text.encode("utf-16-le")
    pieces = [
        (left, encoded[left * 2 : right * 2].decode("utf-16-le", "replace"))
        for left, right in itertools.pairwise(edges)
    ]
    return [(left, piece) for left, piece in pieces if piece]


def _holds(entity: Entity, position: int) -> bool:
    return bool(entity["offset"] <= position < entity["offset"] + entity["length"])


def _name(entity: Entity) -> str:
    return _TAGS.get(entity["type"], "a")


def _tag(entity: Entity, message: FormattedText) -> str:
    """The start tag, or nothing for an entity that is not shown (a command, a mention)."""
    if entity["type"] in _TAGS:
        return f"<{_TAGS[entity['type']]}>"
    match entity["type"]:
        case "text_link":
            address = str(entity["url"])
        case "url":
            address = covered(message, entity)
        case "email":
            address = f"mailto:{covered(message, entity)}"
        case _:
            return ""
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">'


def covered(message: FormattedText, entity: Entity) -> str:
    """The characters an entity stands over."""
    start, end = entity["offset"], entity["offset"] + entity["length"]
    return message.text.encode("utf-16-le")[start * 2 : end * 2].decode("utf-16-le", "replace")
