"""Whose paper it is, and for whom."""

from dataclasses import dataclass, field

from storage.models import PaperForm


@dataclass(frozen=True)
class Firm:
    """Who sends it, and on what.

    ``phone`` is E.164; ``address`` and ``terms`` may have several lines; ``logo`` is a JPEG.
    """

    name: str
    phone: str | None = None
    address: str | None = None
    gstin: str | None = None
    logo: bytes | None = field(default=None, repr=False)
    upi_id: str | None = None
    terms: str | None = None
    paper: PaperForm = PaperForm.A4


@dataclass(frozen=True)
class Party:
    """For whom it is. ``phone`` is E.164."""

    name: str
    phone: str | None = None
    address: str | None = None
