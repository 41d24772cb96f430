"""What stands in a cell: its kinds, and values made fit for it.

The limits are those of "Excel specifications and limits", the characters those of XML 1.0.
"""

import re
from decimal import Decimal
from enum import Enum, auto

MOST_UNITS = 32_767
"""UTF-16 units of a text."""

MARK = "…"
"""Ends what was cut."""

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Kind(Enum):
    """Of all cells of a column. Money comes as paise, a moment as UTC, a quantity as a decimal."""

    TEXT = auto()
    MONEY = auto()
    QUANTITY = auto()
    COUNT = auto()
    DAY = auto()
    MOMENT = auto()


def rupees(paise: int) -> Decimal:
    """Exactly so many; written as it stands, no float rounds it."""
    return Decimal(paise).scaleb(-2)


def text(value: str) -> str:
    """Without what XML cannot hold as it is, and cut to what a cell can."""
    kept = _NOT_XML.sub("", value)
    # At most two units a character, and the mark has one.
    if len(kept) * 2 > MOST_UNITS and _units(kept) > MOST_UNITS:
        units = kept.encode("utf-16-le")[: (MOST_UNITS - 1) * 2]
        kept = units.decode("utf-16-le", "ignore") + MARK
    # Such a text XlsxWriter takes for XML of its own.
    return f"{kept} " if kept.startswith("<r>") and kept.endswith("</r>") else kept


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
