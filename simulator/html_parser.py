"""Telegram's HTML, read as its server reads it: the same tags, the same errors, byte for byte."""

import re
from dataclasses import dataclass

from simulator.entities import Entity, units
from simulator.errors import bad_request

_TAGS = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
_NAMED_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_ATTRIBUTE_NAME = re.compile(r"""[^\s=>/"']*""")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SPACE = re.compile(r"\s*")
_PLAIN = re.compile(r"[^<&]*")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and its entities.

    Raises:
        Refused: a tag is unknown, unclosed or in the wrong place.
    """
    return _HtmlParser(source).parse()


@dataclass
class _Open:
    """A start tag whose end tag is still to come."""

    tag: str
    argument: str
    offset: int
    position: int


class _HtmlParser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.output: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.position < len(self.source):
            match self._peek():
                case "<":
                    self._tag()
                case "&":
                    self._emit(self._character())
                case _:
                    self._emit(self._take(_PLAIN))
        if self.open:
            raise _unparsable(
                f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"'
            )
        return "".join(self.output), self.entities

    def _emit(self, text: str) -> None:
        self.output.append(text)
        self.length += units(text)

    def _character(self) -> str:
        match = _CHARACTER.match(self.source, self.position)
        value = _decoded(match) if match else ""
        if match is None or not value:
            self.position += 1
            return "&"
        self.position = match.end()
        return value

    def _tag(self) -> None:
        start = self.position
        if self.source.startswith("</", start):
            self._end_tag(start)
        else:
            self._start_tag(start)

    def _start_tag(self, start: int) -> None:
        match = re.compile(r"[^\s>]*").match(self.source, start + 1)
        name = match.group().lower() if match else ""
        self.position = start + 1 + len(name)
        if self.position >= len(self.source):
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte(start)}")
        if name not in _TAGS:
            raise _unparsable(f'Unsupported start tag "{name}" at byte offset {self._byte(start)}')
        argument = self._attributes(name, start)
        if name == "span" and argument != "spoiler":
            raise _unparsable(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(start)}'
            )
        self.open.append(_Open(name, argument, self.length, len(self.output)))

    def _attributes(self, tag: str, start: int) -> str:
        argument = ""
        while True:
            self._skip_space()
            if self._peek() == ">":
                self.position += 1
                return argument
            attribute = self._take(_ATTRIBUTE_NAME)
            if not attribute:
                raise _unparsable(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(start)}'
                )
            self._skip_space()
            if self._peek() == "=":
                self.position += 1
                value = self._attribute_value(start)
            else:
                value = ""
            if not self._peek():
                raise _unparsable(f"Unclosed start tag at byte offset {self._byte(start)}")
            argument = _argument(tag, attribute, value, argument)

    def _attribute_value(self, start: int) -> str:
        self._skip_space()
        quote = self._peek()
        if quote not in {"'", '"'}:
            begin = self.position
            token = self._take(_NAME_TOKEN).lower()
            if self._peek() and not (self._peek().isspace() or self._peek() == ">"):
                raise _unparsable(
                    f"Unexpected end of name token at byte offset {self._byte(begin)}"
                )
            return token
        end = self.source.find(quote, self.position + 1)
        if end < 0:
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte(start)}")
        raw = self.source[self.position + 1 : end]
        self.position = end + 1
        return _CHARACTER.sub(lambda match: _decoded(match) or match.group(), raw)

    def _end_tag(self, start: int) -> None:
        if not self.open:
            raise _unparsable(f"Unexpected end tag at byte offset {self._byte(start)}")
        self.position = start + 2
        name = self._take(re.compile(r"[^\s>]*")).lower()
        self._skip_space()
        if self._peek() != ">":
            raise _unparsable(f"Unclosed end tag at byte offset {self._byte(start)}")
        self.position += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise _unparsable(
                f"Unmatched end tag at byte offset {self._byte(start)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Entity = {
            "type": _TAGS[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        match opened.tag:
            case "a":
                url = opened.argument or "".join(self.output[opened.position :])
                if not re.match(r"(?i)(https?|tg|ton|tonsite)://", url):
                    if "." not in url.split("/")[0] or ":" in url.split("/")[0]:
                        return  # Telegram drops a link it cannot read, and keeps the text
                    url = f"http://{url}/" if "/" not in url else f"http://{url}"
                entity["url"] = url
            case "tg-emoji":
                if not opened.argument.isdecimal():
                    raise bad_request("invalid custom emoji identifier specified")
                entity["custom_emoji_id"] = opened.argument
            case "blockquote" if opened.argument:
                entity["type"] = "expandable_blockquote"
            case "pre" if self._is_same_span(entity, "code"):
                code = self.entities.pop()
                if "language" in code:
                    entity["language"] = code["language"]
            case "code" if opened.argument:
                entity["language"] = opened.argument
            case _:
                pass
        self.entities.append(entity)

    def _is_same_span(self, entity: Entity, kind: str) -> bool:
        last = self.entities[-1] if self.entities else {}
        return last.get("type") == kind and all(
            last[key] == entity[key] for key in ("offset", "length")
        )

    def _peek(self) -> str:
        return self.source[self.position : self.position + 1]

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.position)
        text = match.group() if match else ""
        self.position += len(text)
        return text

    def _skip_space(self) -> None:
        self._take(_SPACE)

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode())


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")


def _decoded(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED_CHARACTERS.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return ""
    return chr(code)


def _argument(tag: str, attribute: str, value: str, before: str) -> str:
    """The one attribute that matters for each tag; the others are read and forgotten."""
    match tag, attribute:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "1"
        case _:
            return before
