"""What stands paid on an invoice adds up, whatever was undone in what order."""

import mongomock
from hypothesis import HealthCheck, given, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from bot.settlements import Source, settled, settlements_of
from bot.views import rebuild
from storage.models import EntryKind
from tests.bot.histories import histories
from tests.ledger.circumstances import CUSTOMERS
from tests.ledger.machine import BooksMachine

cheaply = settings(max_examples=40, deadline=None)


@cheaply
@given(histories)
def test_the_lines_add_up_to_what_is_paid_after_every_entry(history):
    for upto in range(1, len(history.entries) + 1):
        entries = history.entries[:upto]
        _balance, invoices, _payments = rebuild(entries)
        for invoice in invoices:
            lines = settled(entries, invoice.id)
            assert sum(line.amount for line in lines) == invoice.amount_paid
            assert all(line.amount > 0 for line in lines)
            assert [line.day for line in lines] == sorted(line.day for line in lines)


@cheaply
@given(histories)
def test_no_line_is_of_what_is_undone_and_none_of_more_money_than_came(history):
    undone = history.account.undone
    shown: dict[str, int] = {}
    for id in history.account.invoices:
        for line in settled(history.entries, id):
            entry = history.entry_of(line.day)
            if line.source is Source.PAYMENT:
                assert entry.op not in undone
                shown[entry.op] = shown.get(entry.op, 0) + line.amount
            if entry.kind is EntryKind.APPLY:
                assert entry.op not in undone
    assert all(amount <= history.account.entries[op].paid for op, amount in shown.items())


@cheaply
@given(histories)
def test_what_was_before_an_invoice_says_nothing_of_what_stands_on_it(history):
    for id in history.account.invoices:
        posted = history.account.entries[id]
        since = history.entries[posted.seq - 1 :]
        assert settled(since, id) == settled(history.entries, id)


@cheaply
@given(histories)
def test_what_an_entry_says_that_it_took_from_the_advance_is_what_its_invoice_says(history):
    for entry in history.entries:
        if entry.invoice:
            assert entry.from_advance == entry.invoice.advance_used
        if entry.kind is EntryKind.APPLY:
            assert entry.from_advance == sum(part.amount for part in entry.allocations)
        if entry.kind is EntryKind.PAYMENT:
            assert entry.from_advance == 0


@cheaply
@given(histories)
def test_taking_back_and_putting_back_leaves_every_line_as_it_was(history):
    lived, invoices = history.entries, [*history.account.invoices]
    before = [settled(lived, id) for id in invoices]
    for target in [
        *({"invoice": id} for id in history.in_the_books),
        *({"payment": op} for op in history.undoable),
        *({"invoice": id, "payment": id} for id in history.in_the_books if id in history.undoable),
    ]:
        history.entries = [*lived]
        history.put_back("yes", history.take_back("no", **target))
        assert [settled(history.entries, id) for id in invoices] == before


class WithPapers(BooksMachine):
    """Partners at work, with any mishap: the paper of every invoice is printed at every moment."""

    @invariant()
    def what_is_shown_as_paid_is_told_to_the_last_paisa(self):
        for customer_id in CUSTOMERS:
            for invoice in self.books.invoices.of_customer(customer_id, 0, 1000):
                lines = settlements_of(self.books, invoice)
                assert sum(line.amount for line in lines) == invoice.amount_paid


def test_so_it_does_for_what_is_shown_at_any_moment():
    run_state_machine_as_test(
        lambda: WithPapers(mongomock.MongoClient()["arhtiya"]),
        settings=settings(
            max_examples=6,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
