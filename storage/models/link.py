"""What became of the public link of an invoice."""

from storage.models.part import Document
from storage.types import Flag, Instant


class InvoiceLink(Document):
    """Collection ``links``: of the invoice of its ``_id``, once somebody has stopped its link.

    ``turn`` counts the links that it has had before; only the newest opens it, if ``open``.
    """

    turn: int = 0
    open: Flag = True
    by_name: str = ""
    at: Instant | None = None
