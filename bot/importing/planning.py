"""What an import would do: what adds up among the documents, and with the books as they are.

Reads the store, writes nothing. Amounts are paise.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.customers import phone_holder
from bot.importing.documents import OldBooks
from bot.importing.ids import IMPORT
from bot.importing.invoices import OldInvoice
from bot.importing.numbers import give_numbers
from bot.invoices import hashed_item
from bot.ledger import payload_hash
from bot.money import format_plain
from bot.phones import format_phone
from bot.posting import balance_of
from storage.models import Customer, EntryKind, Invoice, User
from storage.store import Store
from storage.types import MAX_PAISE

Person = TypeVar("Person", Customer, User)

OF_A_CUSTOMER = ("name", "phone", "email", "address", "business_type", "profile_image")
OF_A_USER = ("name", "phone", "registration_date", "profile_image")
"""What an import says of them, and a second one has to say again."""


@dataclass(frozen=True)
class Opening:
    """An old invoice to post, of which ``paid`` was paid; ``by`` None: by nobody known here.

    ``asked`` is the ``payload_hash`` of the old document.
    """

    invoice: Invoice
    paid: int
    asked: str
    by: User | None


@dataclass(frozen=True)
class Owing:
    """What a customer will owe once ``invoices`` more are in the books; negative: an advance."""

    customer: Customer
    invoices: int
    due: int


@dataclass
class Plan:
    """What is new, in the order in which it is to be brought in.

    Nothing may be, as long as anything is ``refused``. ``there`` counts what is in the books
    already, ``ignored`` what is left out, both by what it is called. ``doubtful`` are the ids of
    all who have a refused document: nobody can tell what they will owe.
    """

    users: list[User] = field(default_factory=list)
    customers: list[Customer] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    there: Counter[str] = field(default_factory=Counter)
    owing: list[Owing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    ignored: Counter[str] = field(default_factory=Counter)

    @property
    def is_new(self) -> bool:
        """Whether there is anything to bring in."""
        return bool(self.users or self.customers or self.openings)

    def refuse(self, where: str, fault: str, whose: str) -> None:
        """``whose`` is the id of the person whom the refused document is about."""
        self.refused.append(f"{where}: {fault}")
        self.doubtful.add(whose)


def make_plan(store: Store, old: OldBooks) -> Plan:
    """What bringing these books in would do, and what there is against it."""
    plan = Plan(refused=[*old.refused], doubtful=old.excused, ignored=old.ignored.copy())
    plan.users = _new_people(
        plan,
        "users",
        [(one.where, one.user) for one in old.users],
        get=store.users.get,
        by_phone=store.users.by_phone,
        compared=OF_A_USER,
    )
    plan.customers = _new_people(
        plan,
        "customers",
        [(one.where, one.customer) for one in old.customers],
        get=store.customers.get,
        by_phone=lambda phone: phone_holder(store, phone, besides=None),
        compared=OF_A_CUSTOMER,
    )
    invoices = _once_each(plan, old.invoices)
    known = _customers(store, old, invoices)
    _check_customers(plan, old, invoices, known)
    plan.openings = _openings(plan, store, old, invoices, known)
    plan.owing = _owing(plan, store, known)
    return plan


def _new_people(
    plan: Plan,
    collection: str,
    people: list[tuple[str, Person]],
    *,
    get: Callable[[str], Person | None],
    by_phone: Callable[[str], Person | None],
    compared: tuple[str, ...],
) -> list[Person]:
    """Those who are not in the books yet, with a number that nobody else has."""
    new: list[Person] = []
    ids: dict[str, str] = {}
    phones: dict[str, str] = {}
    for where, person in people:
        kept = get(person.id)
        fault = _twice("_id", person.id, ids, where)
        if person.phone:
            fault = fault or _twice("phone", person.phone, phones, where)
        if kept is None and person.phone and (holder := by_phone(person.phone)):
            fault = fault or (
                f"phone {format_phone(person.phone)} is that of {holder.name}, who is in the "
                "books already. Correct it, or take the document out"
            )
        if kept is not None and not fault:
            changed = [name for name in compared if getattr(kept, name) != getattr(person, name)]
            fault = _otherwise(changed) if changed else ""
        if fault:
            plan.refuse(where, fault, person.id)
        elif kept is not None:
            plan.there[collection] += 1
        else:
            new.append(person)
    return new


def _twice(what: str, value: str, seen: dict[str, str], where: str) -> str:
    first = seen.setdefault(value, where)
    return "" if first is where else f"it has the {what} of another: {first}"


def _otherwise(changed: list[str]) -> str:
    return (
        f"it is in the books already, with another {', '.join(changed)}. What was brought in is "
        "changed in the bot alone: take the document out, or make it what it was"
    )


def _once_each(plan: Plan, invoices: list[OldInvoice]) -> list[OldInvoice]:
    """In the order in which they are posted: by date, then by id."""
    ids: dict[str, str] = {}
    once = []
    for one in invoices:
        if fault := _twice("_id", one.invoice.id, ids, one.where):
            plan.refuse(one.where, fault, one.invoice.customer_id)
        else:
            once.append(one)
    # By length first, as numbers are ordered: 10 comes after 9.
    return sorted(once, key=lambda one: (one.invoice.invoice_date, len(one.old_id), one.old_id))


def _customers(store: Store, old: OldBooks, invoices: list[OldInvoice]) -> dict[str, Customer]:
    """Everyone whom these files are about, by id: who is in them, or in the books."""
    known = {one.customer.id: one.customer for one in old.customers}
    owners = dict.fromkeys(
        [*(one.invoice.customer_id for one in invoices), *(id for _, id in old.refused_invoices)]
    )
    return known | {
        kept.id: kept for id in owners if id not in known and (kept := store.customers.get(id))
    }


def _check_customers(
    plan: Plan, old: OldBooks, invoices: list[OldInvoice], known: dict[str, Customer]
) -> None:
    """Every invoice has its customer, and every customer owes what their invoices say."""
    left: dict[str, int] = defaultdict(int)
    for one in invoices:
        left[one.invoice.customer_id] += one.remaining
    sold = [(one.where, one.invoice.customer_id) for one in invoices]
    for where, customer_id in [*sold, *old.refused_invoices]:
        if customer_id not in known and customer_id not in old.refused_customers:
            plan.refuse(
                where,
                "its customer_id is that of no customer, neither in these files nor in the books. "
                "Bring in the customers with their invoices, or before them",
                customer_id,
            )
    excused = old.excused
    for customer in old.customers:
        id = customer.customer.id
        if customer.owes != left[id] and id not in excused:
            plan.refuse(
                customer.where,
                f"total_outstanding_balance is {format_plain(customer.owes)}, but in these files "
                f"{format_plain(left[id])} is left to pay on their invoices. Bring in all of a "
                "customer's invoices together",
                id,
            )


def _openings(
    plan: Plan,
    store: Store,
    old: OldBooks,
    invoices: list[OldInvoice],
    known: dict[str, Customer],
) -> list[Opening]:
    """The invoices that are not in the books yet, as they will be posted."""
    new = []
    for one in invoices:
        entry = store.ledger.by_op(one.invoice.id)
        if entry is None:
            new.append(one)
        elif entry.payload_hash == _asked(one):
            plan.there["invoices"] += 1
        else:
            plan.refuse(one.where, _otherwise(["content"]), one.invoice.customer_id)
    numbers = give_numbers(store, new, plan.notes)
    partners = {user.id: user for user in (*store.users.all(), *(one.user for one in old.users))}
    return [
        _opening(one, numbers[one.invoice.id], known[one.invoice.customer_id], partners)
        for one in new
        if one.invoice.customer_id in known
    ]


def _opening(
    old: OldInvoice, number: str, customer: Customer, partners: dict[str, User]
) -> Opening:
    by = partners.get(old.invoice.created_by_user_id)
    invoice = old.invoice.model_copy(
        update={
            "invoice_number": number,
            "customer_name": customer.name,
            "customer_phone": customer.phone,
            "customer_address": customer.address,
            "created_by_user_id": by.id if by else IMPORT,
            "created_by_name": by.name if by else "",
            "created_by_phone": by.phone if by else None,
        }
    )
    return Opening(invoice, old.paid, _asked(old), by)


def _asked(old: OldInvoice) -> str:
    """Of what the document says, not of what is known around it: that may change meanwhile."""
    invoice = old.invoice
    return payload_hash(
        EntryKind.OPENING,
        {
            "customer_id": invoice.customer_id,
            "number": old.number,
            "items": [
                hashed_item(item.item_name, item.quantity, item.price_per_unit, item.unit)
                for item in invoice.items
            ],
            "paid": old.paid,
            "invoice_date": invoice.invoice_date.isoformat(),
            "due_date": invoice.due_date.isoformat(),
        },
    )


def _owing(plan: Plan, store: Store, known: dict[str, Customer]) -> list[Owing]:
    """What everyone will owe of whom it can be told, by name."""
    theirs: dict[str, list[Opening]] = defaultdict(list)
    for opening in plan.openings:
        theirs[opening.invoice.customer_id].append(opening)
    owing = []
    for customer in sorted(known.values(), key=lambda one: (one.name_key, one.id)):
        if customer.id in plan.doubtful:
            continue
        before, new = balance_of(store, customer.id), theirs[customer.id]
        more = sum(opening.invoice.total_amount - opening.paid for opening in new)
        if before.outstanding + more > MAX_PAISE:
            plan.refused.append(
                f"{customer.name} would owe {format_plain(before.outstanding + more)}; the books "
                f"hold up to {format_plain(MAX_PAISE)}"
            )
        owing.append(Owing(customer, len(new), before.net + more))
    return owing
