"""Which collections there are, by what becomes of each when the data go elsewhere.

``lease`` is of a process and not of the data, and ``meta`` says what this very store is: neither
goes with them.
"""

BEFORE_THE_LEDGER = (
    "links",
    "follow_ups",
    "customer_reminders",
    "reminders",
    "audit",
    "customers",
    "invoices",
    "payments",
)
"""What names entries, or shows them: read first, it speaks of none that is not read then."""

AFTER_THE_LEDGER = ("users", "admins", "firm", "images")
"""Who and what others name: read last, nobody is missing."""

BACKED_UP = (*BEFORE_THE_LEDGER, "ledger", *AFTER_THE_LEDGER)

PASSING = ("drafts", "authentication", "sign_in_limits", "shown_lists", "inbox")
"""What people are in the middle of. It moves with the data, and is in no backup: with an older
draft, buttons would post again that were pressed since; and a session is a key."""
