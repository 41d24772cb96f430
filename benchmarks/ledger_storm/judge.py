"""What must be true in the end: of the books alone, and of all that the workers were told."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.ledger_storm.journal import Answer, Intent, Line, Refusal
from benchmarks.ledger_storm.plan import Kind as Asked
from benchmarks.ledger_storm.violation import Kind, Violation
from bot.books_check import check_customer, check_numbers, check_views
from storage.models import EntryKind, LedgerEntry
from storage.store import Store

ALL = 10**6
KINDS = {
    Asked.INVOICE: EntryKind.INVOICE,
    Asked.FROM_ADVANCE: EntryKind.APPLY,
    Asked.CANCEL: EntryKind.CANCEL,
    Asked.UNDO_PAYMENT: EntryKind.UNDO,
}
"""What is posted for each; money received for the others."""


@dataclass(frozen=True)
class Told:
    """What one worker asked for, and what the books said: None is nothing, to the end."""

    worker: int
    intent: Intent
    outcome: Answer | Refusal | None


def told(journals: Sequence[Sequence[Line]]) -> list[Told]:
    """All of it, each worker's in order."""
    outcomes = {
        (worker, line.position): line
        for worker, lines in enumerate(journals)
        for line in lines
        if not isinstance(line, Intent)
    }
    return [
        Told(worker, line, outcomes.get((worker, line.position)))
        for worker, lines in enumerate(journals)
        for line in lines
        if isinstance(line, Intent)
    ]


def judge(store: Store, asked: Sequence[Told]) -> list[Violation]:
    """Everything that is wrong with these books, after these workers finished."""
    ids = [customer.id for customer in store.customers.page(0, ALL)]
    entries = {id: store.ledger.entries(id) for id in ids}
    posted = {entry.op: entry for of_one in entries.values() for entry in of_one}
    return [
        *_of_the_books(store, entries),
        *_of_answers(asked, entries, posted),
        *_of_refusals(asked, posted),
        *_of_entries(asked, posted),
    ]


def _of_the_books(store: Store, entries: dict[str, list[LedgerEntry]]) -> Iterator[Violation]:
    for customer_id, own in entries.items():
        customer = store.customers.get(customer_id)
        assert customer, "nobody takes a customer away"
        invoices = store.invoices.of_customer(customer_id, 0, ALL)
        payments = store.payments.of_customer(customer_id, 0, ALL)
        yield from _all(Kind.CHAIN, check_customer(own))
        yield from _all(Kind.VIEW, check_views(own, customer, invoices, payments))
    every = [entry for own in entries.values() for entry in own]
    yield from _all(Kind.NUMBERS, check_numbers(every))
    invoiced = sum(entry.kind is EntryKind.INVOICE for entry in every)
    if store.invoices.count() != invoiced:
        yield Violation(Kind.VIEW, f"{store.invoices.count()} invoices of {invoiced} are shown")
    if behind := store.ledger.customers_behind():
        yield Violation(Kind.VIEW, f"{behind} are behind after a start")


def _of_answers(
    asked: Sequence[Told],
    entries: dict[str, list[LedgerEntry]],
    posted: dict[str, LedgerEntry],
) -> Iterator[Violation]:
    times = Counter(entry.op for own in entries.values() for entry in own)
    first: Counter[str] = Counter()
    acknowledged: set[tuple[int, str]] = set()
    for one in asked:
        if one.outcome is None:
            yield Violation(Kind.PROCESS, f"worker {one.worker} never finished {one.intent}")
        if not isinstance(one.outcome, Answer):
            continue
        op, answer = one.outcome.op, one.outcome
        if times[op] != 1:
            yield Violation(Kind.LOST, f"{answer} is there {times[op]} times")
            continue
        entry = posted[op]
        if (entry.seq, entry.amount, entry.after) != (answer.seq, answer.amount, answer.after):
            yield Violation(Kind.OTHERWISE, f"{answer} was acknowledged, {entry} is there")
        if not _is_of(entry, one.intent):
            yield Violation(Kind.OTHERWISE, f"{one.intent} was asked for, {entry} is there")
        if not _on_what_it_stood(one.intent, answer):
            yield Violation(Kind.OTHERWISE, f"{one.intent} was not to be posted on {answer}")
        if (one.worker, op) in acknowledged and not answer.repeated:
            yield Violation(Kind.OTHERWISE, f"{op} was posted, and again: {answer}")
        acknowledged.add((one.worker, op))
        first[op] += not answer.repeated
    for op in (op for op, often in first.items() if often > 1):
        yield Violation(Kind.OTHERWISE, f"{op} was said to be new {first[op]} times")


def _of_refusals(asked: Sequence[Told], posted: dict[str, LedgerEntry]) -> Iterator[Violation]:
    """What was refused to everybody who asked is not there; what was posted is never refused."""
    acknowledged: dict[str, set[int]] = defaultdict(set)
    taken_back = {
        op for entry in posted.values() for op in (entry.invoice_id, entry.payment_id) if op
    } | {entry.restores for entry in posted.values()}
    for one in asked:
        op = one.intent.op
        if isinstance(one.outcome, Answer):
            acknowledged[op].add(one.worker)
        elif isinstance(one.outcome, Refusal) and one.worker in acknowledged[op]:
            yield Violation(Kind.OTHERWISE, f"{op} was acknowledged, then {one.outcome}")
    for one in asked:
        if not isinstance(one.outcome, Refusal):
            continue
        if one.intent.op in posted and not acknowledged[one.intent.op]:
            yield Violation(Kind.UNASKED, f"{one.intent} is there in spite of {one.outcome}")
        if one.outcome.why == "AlreadyReversed" and one.intent.target not in taken_back:
            yield Violation(Kind.LOST, f"{one.intent} met {one.outcome}, which is not there")


def _of_entries(asked: Sequence[Told], posted: dict[str, LedgerEntry]) -> Iterator[Violation]:
    """Everybody finished, so somebody was told of every entry.

    Except by the Undo button: who taps it again, after an answer that died with the server, is
    told that it is taken back already.
    """
    answered = {one.outcome.op for one in asked if isinstance(one.outcome, Answer)}
    tapped = {one.intent.target for one in asked if one.intent.kind is Asked.UNDO}
    for entry in posted.values():
        origin = entry.restores or entry.invoice_id or entry.payment_id
        if entry.op not in answered and origin not in tapped:
            yield Violation(Kind.UNASKED, f"{entry}")


def _is_of(entry: LedgerEntry, intent: Intent) -> bool:
    """Whether this entry is what was asked for, as far as it does not depend on the books."""
    if intent.kind is Asked.UNDO:
        return intent.target in (entry.restores, entry.invoice_id, entry.payment_id)
    expected = KINDS.get(intent.kind, EntryKind.PAYMENT)
    if entry.op != intent.op or entry.kind is not expected:
        return False
    if entry.customer_id != intent.customer_id:
        return False
    match intent.kind:
        case Asked.INVOICE:
            total = entry.invoice.total_amount if entry.invoice else None
            return (total, entry.paid) == (intent.total, intent.money)
        case Asked.CANCEL:
            return entry.invoice_id == intent.target
        case Asked.UNDO_PAYMENT:
            return entry.payment_id == intent.target
        case Asked.FROM_ADVANCE:
            return sum(part.amount for part in entry.allocations) == intent.money
        case _:
            return entry.paid == intent.money


def _on_what_it_stood(intent: Intent, answer: Answer) -> bool:
    """Whoever insists on the balance shown gets nothing posted on another one."""
    return answer.repeated or intent.standing_on in (None, answer.seq - 1)


def _all(kind: Kind, errors: Sequence[str]) -> Iterator[Violation]:
    return (Violation(kind, error) for error in errors)
