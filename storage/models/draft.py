"""What a person is in the middle of."""

from typing import Any

from storage.models.part import Document
from storage.types import Instant


class Draft(Document):
    """Collection ``drafts``: the one thing a person is in the middle of; ``_id`` is who.

    ``_id`` is the partner's; or, of an admin who is not signed in as one, the Telegram user id as
    text. ``op`` is the id of the work itself, minted when the draft opens; what is saved in the
    end carries it, so saving twice is saving once. ``rev`` guards every write, and stands in the
    buttons of what was shown of it. ``trail`` are the steps behind, for Back. ``touched``: the
    person has put something in. ``saving``: they have pressed Save, by the last update of
    ``seen``; whoever finds a draft so looks whether it was saved. ``changed_at``: other figures
    were shown then than the ones that were to be saved. ``seen`` are the latest updates taken, so
    that a repeated one does nothing. ``parent`` is the draft that waits for this one (an invoice
    that needs a new customer). ``beside`` is the message, if any, whose button opened it and which
    stayed as it was.
    """

    op: str
    flow: str
    step: str
    answers: dict[str, Any] = {}
    trail: list[str] = []
    editing: bool = False
    rev: int = 0
    touched: bool = False
    saving: bool = False
    changed_at: Instant | None = None
    seen: list[int] = []
    chat_id: int
    parent: dict[str, Any] | None = None
    beside: int | None = None
    updated_at: Instant
