"""What was agreed about an invoice that is due."""

from storage.models.part import Document
from storage.types import Flag, Instant, IsoDate


class FollowUp(Document):
    """Collection ``follow_ups``: until when nobody is reminded of the invoice of its ``_id``.

    On the day ``until`` it comes back: the customer ``promised`` to pay on it, or a partner put it
    off to then. Of one invoice there is one: the next takes its place.
    """

    until: IsoDate
    promised: Flag
    by_name: str
    at: Instant
