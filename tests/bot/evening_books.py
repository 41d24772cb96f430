"""The books of a firm of two customers, and a partner who wants the evening summary of them."""

import datetime as dt
from decimal import Decimal

from bot.evening import Summary, due, occurrence, switch
from bot.invoices import NewInvoice, NewItem, create_invoice
from bot.payments import NewPayment, record_payment
from bot.posting import balance_of
from bot.reversals import NewReversal, reverse, undo
from storage.models import Customer, PaymentMethod
from tests.bot.asking import PARTNER
from tests.bot.desks import desk_of


class Books:
    """Amounts are whole rupees here."""

    def __init__(self, store, clock) -> None:
        self.store = store
        self.clock = clock
        self.desk = desk_of(store, clock)
        store.customers.add(Customer(id="ramesh", name="Ramesh"))
        store.customers.add(Customer(id="suresh", name="Suresh"))
        self.partner = switch(self.desk, store.users.add(PARTNER), on=True)

    def at(self, day: dt.date, hour: int, minute: int = 0) -> None:
        moment = dt.datetime.combine(day, dt.time(hour, minute), self.clock.zone)
        assert moment >= self.clock.now()
        self.clock.moment = moment

    def sell(self, op: str, rupees: int, paid: int = 0, customer: str = "ramesh") -> None:
        items = (NewItem("wheat", Decimal(1), rupees * 100),)
        today = self.clock.today()
        order = NewInvoice(op, customer, items, paid * 100, today, today)
        create_invoice(self.store, self.clock, order, by=PARTNER, link=str, standing_on=None)

    def receive(self, op: str, rupees: int, method=PaymentMethod.CASH, **how) -> None:
        order = NewPayment(op, "ramesh", rupees * 100, self.clock.today(), method, **how)
        record_payment(self.store, self.clock, order, by=PARTNER, standing_on=None)

    def cancel(self, invoice_id: str) -> None:
        order = NewReversal(f"cancel {invoice_id}", "wrong amount", invoice_id=invoice_id)
        reverse(self.store, self.clock, order, by=PARTNER, standing_on=None)

    def undo(self, op: str) -> str:
        entry, _repeated = undo(self.store, self.clock, op, by=PARTNER)
        return entry.op

    def told(self, last: dt.date) -> Summary | None:
        """What the partner is told by the evening of this day."""
        return due(self.desk, self.partner, last)

    def is_told(self, last: dt.date) -> None:
        """They were told by then."""
        told = due(self.desk, self.partner, last)
        name = occurrence(self.partner.id, told.last)
        claims, now = self.store.reminders, self.clock.now()
        assert claims.claim(name, now=now, lease_seconds=120)
        claims.sent(name, now=now, until=told.until)

    @property
    def net(self) -> int:
        return sum(balance_of(self.store, id).net for id in ("ramesh", "suresh"))
