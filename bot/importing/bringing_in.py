"""Doing what a plan says. Whatever ends it in the middle, doing it again finishes it."""

from bot.clock import Clock
from bot.entries import Asking, decide_invoice
from bot.importing.ids import IMPORT
from bot.importing.planning import Opening, Plan
from bot.posting import post
from storage.models import EntryKind, LedgerEntry, User
from storage.store import Store


def bring_in(store: Store, clock: Clock, plan: Plan) -> None:
    """Add the people, then post the invoices, each as one OPENING entry of its customer.

    Nothing is done twice: every document has its id from the old one.

    Raises:
        StorageError: others changed the books since the plan was made, or the store is away.
            What was done stands; plan and bring in again.
    """
    for user in plan.users:
        store.users.add(user)
    for customer in plan.customers:
        now = clock.now()
        store.customers.add(customer.model_copy(update={"created_at": now, "used_at": now}))
    for opening in plan.openings:
        _post(store, clock, opening)


def _post(store: Store, clock: Clock, opening: Opening) -> None:
    invoice = opening.invoice

    def decide() -> LedgerEntry:
        now = clock.now()
        nobody = User(id=IMPORT, name="Import", phone="", registration_date=clock.today())
        return decide_invoice(
            store.ledger.head(invoice.customer_id),
            invoice.model_copy(update={"created_at": now}),
            paid=opening.paid,
            number_key=None,
            asking=Asking(invoice.id, opening.by or nobody, now, opening.asked),
            kind=EntryKind.OPENING,
        )

    post(store, invoice.id, opening.asked, decide)
