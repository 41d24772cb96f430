"""What has guards. A further subject is a further list here, and a table in docs/guards.md."""

from tests.guards import (
    admins,
    again_forms,
    answers,
    codes,
    customer_reminders,
    evenings,
    gate,
    inbox,
    lease,
    ledger,
    limits,
    live_lists,
    papers,
    polling,
    reminders,
    sessions,
)

SUBJECTS = {
    "The ledger": ledger.GUARDS,
    "The sign-in code": codes.GUARDS,
    "What may be tried": limits.GUARDS,
    "The session": sessions.GUARDS,
    "The admins": admins.GUARDS,
    "The access gate": gate.GUARDS,
    "The papers": papers.GUARDS,
    "The inbox": inbox.GUARDS,
    "The polling": polling.GUARDS,
    "The answers": answers.GUARDS,
    "The reminders": reminders.GUARDS,
    "The lists on show": live_lists.GUARDS,
    "The evening summary": evenings.GUARDS,
    "The forms": again_forms.GUARDS,
    "The lease": lease.GUARDS,
    "The customer's reminders": customer_reminders.GUARDS,
}
