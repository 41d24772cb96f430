"""What partners did and were told, to hold the books against."""

import asyncio
from dataclasses import dataclass, field


@dataclass
class Record:
    """Of all partners together. Keys are the ids of drafts and invoices.

    ``confirmed`` are the texts of the questions at which Save was pressed, ``cancelled`` where
    Cancel was; ``undone`` the operations whose Undo was pressed. ``acknowledged`` are the messages
    that showed an operation as posted, ``added`` the names of customers that the bot said it had
    added. ``waits`` are the seconds from each act to its answer, ``resumed`` counts the drafts
    that stood where they were after the bot died. ``saving`` is set when Save or Undo is pressed.
    """

    operations: int = 0
    confirmed: dict[str, list[str]] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    waits: list[float] = field(default_factory=list)
    resumed: int = 0
    violations: list[str] = field(default_factory=list)
    saving: asyncio.Event = field(default_factory=asyncio.Event)
