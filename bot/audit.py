"""The check of all books, and the repair of the documents that show them; while others post.

The ledger is never repaired: it is the only truth there is, and nothing here could know better.
Nor is a document removed that no entry explains. It may be all that is left of an entry that was
lost, by a backup that was put back or by a broken disk, and only a person can find out. For the
same reason a customer is left alone who is shown further than their ledger goes.
"""

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.books_check import check_customer, check_documents, check_serials
from bot.books_sums import Sums
from bot.i18n import _, ngettext
from bot.ledger import Balance
from bot.posting import catch_up
from bot.view_checks import check_all_shown, check_balances, check_none_made_up
from bot.views import rebuild
from storage.inspection import D, Kept, KeptBooks
from storage.models import Customer, Invoice, LedgerEntry, Payment
from storage.store import Store

TRIES = 50
LONGEST_PAUSE = 0.02
"""Seconds between two reads of a customer to whom others post."""


@dataclass(frozen=True)
class Findings:
    """What a check of all books found.

    Attributes:
        customers: how many there are.
        entries: how many of the ledger were looked at.
        ledger: what is wrong in the ledger itself, in words.
        views: what is wrong in the documents that show it, in words.
        to_repair: the customers whose documents :func:`repair` can put right.
    """

    customers: int = 0
    entries: int = 0
    ledger: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    to_repair: tuple[str, ...] = ()

    @property
    def differences(self) -> tuple[str, ...]:
        return self.ledger + self.views

    def __str__(self) -> str:
        """``214 customers, 1305 entries, 0 differences``."""
        counted = (
            (ngettext("{count} customer", "{count} customers", self.customers), self.customers),
            (ngettext("{count} entry", "{count} entries", self.entries), self.entries),
            (
                ngettext("{count} difference", "{count} differences", len(self.differences)),
                len(self.differences),
            ),
        )
        return ", ".join(words.format(count=count) for words, count in counted)


def audit(store: Store) -> Findings:
    """Check all books. Writes nothing but views that lag, as any reader of them may.

    Others may post meanwhile, and nothing of what they do is taken for a difference. One
    customer's books are in memory at a time.
    """
    counted = store.inspection.counts()
    ledger, views = check_serials(store.inspection.numbers()), []
    to_repair = []
    customers = entries = invoices = payments = 0
    for customer_id in store.inspection.customer_ids():
        looked = _look(store, customer_id)
        customers += looked.books.customer is not None
        entries += len(looked.books.entries)
        invoices += len(looked.books.invoices)
        payments += len(looked.books.payments)
        ledger += looked.ledger
        views += looked.views
        if looked.repairable:
            to_repair.append(customer_id)
    # There may be more by now, of customers who were read later; there are never fewer.
    ledger += _strays(counted.entries - entries)
    views += _strays(counted.invoices - invoices) + _strays(counted.payments - payments)
    return Findings(customers, entries, tuple(ledger), tuple(views), tuple(to_repair))


def repair(store: Store, customer_ids: Iterable[str]) -> tuple[str, ...]:
    """Put the documents that show these customers' ledgers right, from the ledger.

    Whoever's ledger is itself wrong is left alone: what shows it may be all that is right.

    Returns:
        What was different, and is rewritten, in words.
    """
    return tuple(fault for id in customer_ids for fault in _repair(store, id))


@dataclass(frozen=True)
class _Look:
    """One customer's books, and what is wrong with them."""

    books: KeptBooks
    ledger: list[str]
    views: list[str] = field(default_factory=list)

    @property
    def repairable(self) -> bool:
        return bool(self.views) and not self.ledger


def _look(store: Store, customer_id: str) -> _Look:
    """Read one customer at rest: while others post, again; what only lags is caught up with."""
    before = None
    for _try in range(TRIES):
        books = store.inspection.books_of(customer_id)
        name = _name(customer_id, books)
        faults = _ledger_faults(books) or _lost(store, customer_id, books)
        ledger = [_of(name, fault) for fault in faults]
        if ledger:
            return _Look(books, ledger)
        shown = books.customer.applied_seq if books.customer else None
        moment = (shown, len(books.entries))
        # The same moment twice is no lag: whatever catching up does, it does not get on.
        if shown == len(books.entries) or moment == before:
            return _Look(books, [], [_of(name, fault) for fault in _view_faults(books)])
        before = moment
        if books.customer and books.customer.document:
            catch_up(store, customer_id)
        time.sleep(random.uniform(0, LONGEST_PAUSE))  # noqa: S311 - spreads readers out
    return _Look(books, [])


def _ledger_faults(books: KeptBooks) -> list[str]:
    unreadable = [
        _("Entry {id} cannot be relied on: {why}").format(id=entry.id, why=entry.flaw)
        for entry in books.entries
        if entry.flaw
    ]
    return unreadable or check_customer(_documents(books.entries))


def _lost(store: Store, customer_id: str, books: KeptBooks) -> list[str]:
    """What is shown up to an entry that the ledger has not.

    No lag does that: an entry is there before anything shows it, and the entries are read last.
    What another customer's ledger explains only stands under the wrong name.
    """
    last = len(books.entries)
    shown: list[tuple[str, Kept[Any]]] = [
        *((_("Invoice"), one) for one in books.invoices),
        *((_("Payment"), one) for one in books.payments),
    ]
    ahead = [
        (what, one)
        for what, one in shown
        if _is_ahead(one, last) and store.inspection.customer_of(one.id) in (None, customer_id)
    ]
    if books.customer and _is_ahead(books.customer, last):
        ahead.insert(0, (_("The customer"), books.customer))
    said = _(
        "The ledger has lost entries. {what} {id} is shown up to entry {shown}, "
        "and the ledger ends at {last}"
    )
    return [
        said.format(what=what, id=one.id, shown=one.applied_seq, last=last) for what, one in ahead
    ]


def _is_ahead(view: Kept[Any], last: int) -> bool:
    return isinstance(view.applied_seq, int) and view.applied_seq > last


def _view_faults(books: KeptBooks) -> list[str]:
    sums = Sums(_documents(books.entries))
    ids = [{kept.id for kept in kept_views} for kept_views in (books.invoices, books.payments)]
    customer = books.customer
    faults = []
    if customer is None:
        faults.append(_("There is no such customer."))
    elif customer.document:
        faults += check_balances(sums, customer.document)
    return [
        *faults,
        *_flaws(_("The customer"), [customer] if customer else []),
        *_flaws(_("Invoice"), books.invoices),
        *_flaws(_("Payment"), books.payments),
        *check_documents(sums, _documents(books.invoices), _documents(books.payments)),
        *check_all_shown(sums, *ids),
        *check_none_made_up(sums, *ids),
    ]


def _repair(store: Store, customer_id: str) -> list[str]:
    """Have the wrong views pass for old; then show the ledger as whoever posts does.

    So a view that is written meanwhile, by somebody who posts, is not written over.
    """
    looked = _look(store, customer_id)
    if not looked.repairable:
        return []
    books, entries = looked.books, _documents(looked.books.entries)
    balance, invoices, payments = rebuild(entries)
    for invoice in _differing(books.invoices, invoices):
        _set_back(store, books.invoices, invoice)
        store.invoices.bring_up_to(invoice)
    for payment in _differing(books.payments, payments):
        _set_back(store, books.payments, payment)
        store.payments.bring_up_to(payment)
    if books.customer is not None:
        _show_balance(store, books.customer, balance, entries)
    left = set(_look(store, customer_id).views)
    return [fault for fault in looked.views if fault not in left]


def _set_back(store: Store, kept: list[Kept[D]], right: Invoice | Payment) -> None:
    seen = next((one for one in kept if one.id == right.id), None)
    if seen is None:
        # What is missed here may stand under another customer's name.
        astray = store.inspection.view(type(right), right.id)
        if astray is None or _is_of(astray.document, right.customer_id):
            return
        store.inspection.set_back(type(right), right.id, astray.applied_seq, -1)
    else:
        store.inspection.set_back(type(right), right.id, seen.applied_seq, -1)


def _is_of(view: Invoice | Payment | None, customer_id: str) -> bool:
    return view is not None and view.customer_id == customer_id


def _show_balance(
    store: Store, customer: Kept[Customer], stands: Balance, entries: list[LedgerEntry]
) -> None:
    known = customer.document
    if known and not check_balances(Sums(entries), known):
        return
    # Without entries, they were last used when they came.
    used_at = entries[-1].at if entries else known.created_at if known else None
    if used_at is None:
        return
    store.inspection.set_back(Customer, customer.id, customer.applied_seq, stands.seq - 1)
    store.customers.bring_up_to(
        customer.id,
        seq=stands.seq,
        outstanding=stands.outstanding,
        advance=stands.advance,
        used_at=used_at,
    )


def _differing(kept: list[Kept[D]], rebuilt: Iterable[D]) -> list[D]:
    there = {one.id: one.document for one in kept}
    return [one for one in rebuilt if there.get(one.id) != one]


def _documents(kept: Iterable[Kept[D]]) -> list[D]:
    return [one.document for one in kept if one.document is not None]


def _flaws(what: str, kept: Iterable[Kept[D]]) -> list[str]:
    return [
        _("{what} {id} cannot be relied on: {why}").format(what=what, id=one.id, why=one.flaw)
        for one in kept
        if one.flaw
    ]


def _strays(count: int) -> list[str]:
    if count <= 0:
        return []
    said = ngettext(
        "{count} document is of no customer", "{count} documents are of no customer", count
    )
    return [said.format(count=count)]


def _name(customer_id: str, books: KeptBooks) -> str:
    known = books.customer.document if books.customer else None
    return known.name if known else customer_id


def _of(name: str, fault: str) -> str:
    return _("{name}: {fault}").format(name=name, fault=fault)
