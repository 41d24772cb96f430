"""What became of a reminder to a customer."""

from enum import StrEnum

from pydantic import Field

from storage.models.part import Document
from storage.types import Instant


class Reminding(StrEnum):
    """Of one reminder, as far as is known."""

    CLAIMED = "claimed"
    """Somebody is sending it, or nobody will ever know what came of that."""
    SENT = "sent"
    """The gateway took it."""
    FREE = "free"
    """Nobody got it, for certain: it may be sent."""


class CustomerReminder(Document):
    """Collection ``customer_reminders``: one rung of one invoice, ``<invoice>:d<days late>``.

    ``at`` is when it came to be so; ``refusals`` is how often the gateway did not take it.
    """

    invoice_id: str
    state: Reminding = Field(strict=False)
    at: Instant
    refusals: int = 0
