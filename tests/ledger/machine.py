"""Partners at work on the same books, in any order and with any mishap, against the plain model.

Two processes serve them, each with a store of its own over one database. Any write may be the one
at which a process loses the database, before it is made or after; the partner then tries again, or
the process starts again, or nobody does anything about it.
"""

import datetime as dt
from dataclasses import replace
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from bot.errors import UserError
from bot.invoices import NewInvoice
from bot.posting import catch_up_all
from storage.errors import OperationConflict, StoreUnavailable
from storage.models import Status
from storage.store import Store
from tests.clock import FakeClock
from tests.ledger.circumstances import (
    CUSTOMERS,
    PARTNERS,
    How,
    Then,
    customers,
    hows,
    paise,
    picks,
    shares,
)
from tests.ledger.dying import MortalDatabase
from tests.ledger.firm import (
    Order,
    Tap,
    ask,
    begin_books,
    cancel,
    invoice,
    ledger_faults,
    payment,
    undo_payment,
    use_advance,
)
from tests.ledger.model import Account, Model


def someone(fits):
    """Only while it is true of some customer's account."""
    return precondition(lambda machine: any(map(fits, machine.model.accounts.values())))


def has_use_for_an_advance(account: Account) -> bool:
    return account.advance > 0 and bool(account.due)


class BooksMachine(RuleBasedStateMachine):
    """``database`` is an empty one."""

    orders = Bundle("orders")

    def __init__(self, database) -> None:
        super().__init__()
        self.clock = FakeClock()
        self.model = Model(*CUSTOMERS)
        self.database = MortalDatabase(database)
        self.books = begin_books(database, *CUSTOMERS)
        self.processes = [Store(self.database), Store(self.database)]
        self.behind: set[str] = set()
        self.new_ops = (f"op{number:03}" for number in count(1))

    # What partners ask for.

    @initialize(
        target=orders,
        sales=st.lists(st.tuples(customers, paise, st.just(0) | paise), min_size=2, max_size=6),
    )
    def begin_with_some_invoices(self, sales):
        # In most runs hypothesis leaves some of the rules out, maybe the one that makes invoices.
        made = [
            invoice(next(self.new_ops), total, paid, customer_id=customer_id, due_in=days)
            for days, (customer_id, total, paid) in enumerate(sales)
        ]
        return multiple(*(self.asked(order, How()) for order in made))

    @rule(
        target=orders,
        customer_id=customers,
        total=paise,
        paid=st.just(0) | paise,
        days=st.integers(0, 3),
        how=hows,
    )
    def make_an_invoice(self, customer_id, total, paid, days, how):
        order = invoice(next(self.new_ops), total, paid, customer_id=customer_id, due_in=days)
        return self.asked(order, how)

    @rule(target=orders, customer_id=customers, share=shares, how=hows)
    def pay_the_oldest(self, customer_id, share, how):
        due = sum(self.model.accounts[customer_id].due.values())
        order = payment(next(self.new_ops), share.of(due), customer_id=customer_id)
        return self.asked(order, how)

    @someone(lambda account: account.due)
    @rule(target=orders, customer_id=customers, pick=picks, share=shares, how=hows)
    def pay_one_invoice(self, customer_id, pick, share, how):
        customer_id = self._who(customer_id, lambda account: account.due)
        due = self.model.accounts[customer_id].due
        id = self._one_of([*due], pick)
        amount = share.of(due.get(id, 0))
        order = payment(next(self.new_ops), amount, only=id, customer_id=customer_id)
        return self.asked(order, how)

    @someone(has_use_for_an_advance)
    @rule(target=orders, customer_id=customers, share=shares, how=hows)
    def use_the_advance(self, customer_id, share, how):
        customer_id = self._who(customer_id, has_use_for_an_advance)
        account = self.model.accounts[customer_id]
        amount = share.of(min(account.advance, sum(account.due.values())))
        order = use_advance(next(self.new_ops), amount, customer_id=customer_id)
        return self.asked(order, how)

    @someone(has_use_for_an_advance)
    @rule(target=orders, customer_id=customers, pick=picks, share=shares, how=hows)
    def use_the_advance_on_one_invoice(self, customer_id, pick, share, how):
        customer_id = self._who(customer_id, has_use_for_an_advance)
        account = self.model.accounts[customer_id]
        id = self._one_of([*account.due], pick)
        amount = share.of(min(account.advance, account.due.get(id, 0)))
        order = use_advance(next(self.new_ops), amount, only=id, customer_id=customer_id)
        return self.asked(order, how)

    @rule(target=orders, pick=picks, how=hows)
    def cancel_an_invoice(self, pick, how):
        id = self._one_of(self.model.uncancelled(), pick)
        return self.asked(cancel(next(self.new_ops), id), how)

    @rule(target=orders, pick=picks, how=hows)
    def undo_a_payment(self, pick, how):
        id = self._one_of(self.model.not_undone(), pick)
        return self.asked(undo_payment(next(self.new_ops), id), how)

    @rule(target=orders, pick=picks, how=hows)
    def tap_undo(self, pick, how):
        return self.asked(Tap(self._one_of([*reversed(self.model.posted)], pick)), how)

    @rule(order=orders, how=hows)
    def ask_again(self, order, how):
        self.asked(order, how)

    @rule(order=orders, how=hows)
    def ask_for_something_else_under_the_same_operation(self, order, how):
        if not isinstance(order, Tap):
            self.asked(_altered(order), how)

    @rule(minutes=st.sampled_from([1, 5, 11]))
    def time_passes(self, minutes):
        self.clock.advance(minutes=minutes)

    @rule(process=st.integers(0, 1))
    def start_again(self, process):
        self.processes[process] = Store(self.database)
        catch_up_all(self.processes[process])
        self.behind.clear()

    # What must come of it.

    def asked(self, order: Order, how: How) -> Order:
        """Ask for this, and compare what comes of it with the model."""
        customer_id = self.model.customer_of(order)
        standing_on = None
        if customer_id and how.since_preview is not None:
            standing_on = max(0, self.model.seq(customer_id) - how.since_preview)
        try:
            with self.database.dying(how.death, StoreUnavailable):
                store = self.processes[how.process]
                entry, repeated = ask(
                    store, self.clock, order, by=PARTNERS[how.by], standing_on=standing_on
                )
        except OperationConflict:
            assert self.model.already(order) not in (None, order)
        except UserError as error:
            self._must_be_refused(order, standing_on, error)
        except StoreUnavailable:
            assert self.database.died
            self._lost(order, how)
        else:
            self._must_be_posted(order, standing_on, entry, repeated=repeated, by=how.by)
            self.behind.discard(entry.customer_id)
        return order

    def _must_be_refused(self, order, standing_on, error):
        assert self.model.already(order) is None, "a repetition gives the first result"
        allowed = self.model.refusals(order, standing_on, self.clock.now())
        assert type(error) in allowed, f"{error!r} is none of {allowed}"
        assert allowed[type(error)] in str(error)
        if isinstance(order, Tap):  # it may be another tap's whose answer was lost
            self.behind.discard(self.model.customer_of(order))

    def _must_be_posted(self, order, standing_on, entry, *, repeated, by):
        first = self.model.already(order)
        if first is not None:
            assert (repeated, entry.op, first) == (True, order.op, order)
            return
        assert not repeated
        assert not self.model.refusals(order, standing_on, self.clock.now())
        self._post(order, entry.op, by)

    def _lost(self, order, how):
        """Whether it was posted, only the ledger can tell."""
        customer_id = self.model.customer_of(order)
        entries = self.books.ledger.entries(customer_id)
        if len(entries) > self.model.seq(customer_id):
            self._post(order, entries[-1].op, how.by)
            self.behind.add(customer_id)
        if how.then is Then.TRY_AGAIN:
            self.asked(order, replace(how, death=None))
        elif how.then is Then.START_AGAIN:
            self.start_again(how.process)

    def _post(self, order, op, by):
        assert isinstance(order, Tap) or op == order.op
        self.model.post(op, order, by=by, at=self.clock.now())

    def _who(self, customer_id: str, fits) -> str:
        """This customer if it is true of them, else the one of whom it is."""
        able = [id for id, account in self.model.accounts.items() if fits(account)]
        return customer_id if customer_id in able else able[0]

    def _one_of(self, fitting: list[str], pick: int) -> str:
        """One of these operations; now and then, or for want of one, whatever there is."""
        among = fitting if fitting and pick < 8 else [*self.model.posted, "posted nothing"]
        return among[pick % len(among)]

    # What must hold at every moment.

    @invariant()
    def the_ledger_is_the_models(self):
        entries_of_each = [self.books.ledger.entries(id) for id in CUSTOMERS]
        for customer_id, entries in zip(CUSTOMERS, entries_of_each, strict=True):
            account = self.model.accounts[customer_id]
            assert [entry.op for entry in entries] == account.orders, "each once, in order"
            if entries:
                head = entries[-1]
                assert (head.after, head.advance) == (account.net, account.advance)
                assert [(one.invoice_id, one.due) for one in head.open] == [*account.due.items()]
        taken = [entry.number_key for entries in entries_of_each for entry in entries]
        assert len([number for number in taken if number]) == self.model.numbers
        assert ledger_faults(entries_of_each) == []

    @invariant()
    def what_is_shown_is_the_models(self):
        for customer_id in CUSTOMERS:
            if customer_id not in self.behind:
                self._is_shown(customer_id)

    def _is_shown(self, customer_id):
        account = self.model.accounts[customer_id]
        customer = self.books.customers.get(customer_id)
        assert customer.applied_seq == len(account.orders)
        assert customer.total_outstanding_balance == sum(account.due.values())
        assert customer.advance == account.advance
        shown = self.books.invoices.of_customer(customer_id, 0, 1000)
        assert len(shown) == len(account.invoices)
        for one in shown:
            known = account.invoices[one.id]
            is_out = known["cancelled_by"] is not None
            assert one.invoice_number == f"26-27/{known['number']:05}"
            assert one.amount_paid == known["paid"]
            assert one.remaining_balance == account.due.get(one.id, 0)
            assert (one.cancelled and one.cancelled.op) == known["cancelled_by"]
            assert (one.status is Status.CANCELLED) == is_out
            assert (one.open_due_date is not None) == (one.id in account.due)
        received = {
            id: self.model.posted[id] for id in account.orders if self.model.posted[id]["money"]
        }
        payments = self.books.payments.of_customer(customer_id, 0, 1000)
        assert {one.id: one.amount for one in payments} == {
            id: entry["money"] for id, entry in received.items()
        }
        for one in payments:
            assert (one.undone and one.undone.op) == received[one.id]["undone_by"]

    def teardown(self):
        self.start_again(0)
        self.what_is_shown_is_the_models()


def _altered(order: Order) -> Order:
    """The same operation with another content."""
    if isinstance(order, NewInvoice):
        return replace(order, due_date=order.due_date + dt.timedelta(days=1))
    if hasattr(order, "amount"):
        return replace(order, amount=order.amount + 1)
    return replace(order, reason=f"{order.reason}, or another")
