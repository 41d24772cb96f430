"""What can be wrong, by kind."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    LOST = "acknowledged, and not in the books"
    OTHERWISE = "not what was acknowledged"
    UNASKED = "posted, and nobody was told so"
    CHANGED = "an entry changed or went away after it was read"
    CHAIN = "the entries of a customer do not follow one another"
    NUMBERS = "an invoice number is missing or used twice"
    TOTAL = "the balances are not all that was invoiced less all that was paid"
    VIEW = "a balance, an invoice or a payment is not shown as it is in the ledger"
    PROCESS = "a process ended by itself, or not at all"


@dataclass(frozen=True)
class Violation:
    kind: Kind
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"
