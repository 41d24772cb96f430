"""Formatted text: characters, and entities that stand over some of them.

Offsets and lengths are in UTF-16 code units, as everywhere in the Bot API.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any, Self

Entity = dict[str, Any]

_AUTOMATIC = (
    ("bot_command", re.compile(r"(?<![\w/<>])/\w{1,64}(?:@\w{3,32})?(?![\w/])", re.ASCII)),
    ("url", re.compile(r"(?<![\w@])https?://[^\s<>\"']*[^\s<>\"'.,:;!?)\]]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z]\w{3,31}")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
)  # fmt: skip


def units(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True)
class FormattedText:
    text: str
    entities: list[Entity] = field(default_factory=list)

    def with_automatic_entities(self) -> Self:
        """Mark commands, links, addresses, mentions and hashtags outside of code and links."""
        fixed = [e for e in self.entities if e["type"] in {"code", "pre", "text_link"}]
        found = list(self.entities)
        taken = [(e["offset"], e["offset"] + e["length"]) for e in fixed]
        for kind, pattern in _AUTOMATIC:
            for match in pattern.finditer(self.text):
                start = units(self.text[: match.start()])
                end = start + units(match.group())
                if all(end <= left or right <= start for left, right in taken):
                    taken.append((start, end))
                    found.append({"type": kind, "offset": start, "length": end - start})
        found.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return replace(self, entities=found)
