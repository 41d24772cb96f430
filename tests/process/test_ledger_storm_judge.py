"""The judge of the ledger storm sees each way in which an acknowledgement can be untrue."""

from dataclasses import replace

import pytest

from benchmarks.ledger_storm.books import TheBooks, ask
from benchmarks.ledger_storm.journal import Answer, Intent, Refusal
from benchmarks.ledger_storm.judge import judge, told
from benchmarks.ledger_storm.plan import Kind as Asked
from benchmarks.ledger_storm.violation import Kind
from storage.ids import new_id
from storage.models import Customer, User

RAVI = User(id=new_id(), name="Ravi", phone="+919876543210", registration_date="2025-03-31")


@pytest.fixture
def books(mongomock_store):
    return TheBooks(mongomock_store)


@pytest.fixture
def asked(books):
    """An invoice of ₹100, asked for once."""
    customer = books.store.customers.add(Customer(id=new_id(), name="Mohan Lal"))
    return Intent(
        position=0,
        op=new_id(),
        kind=Asked.INVOICE,
        customer_id=customer.id,
        day="2025-03-31",
        total=100_00,
        money=0,
        target=None,
        standing_on=0,
    )


@pytest.fixture
def answered(books, asked):
    """It was posted, and the worker was told so."""
    entry, repeated = ask(books, asked, RAVI)
    return Answer(0, entry.op, entry.seq, entry.amount, entry.after, repeated)


@pytest.fixture
def found(books):
    """What kinds of violation these journals, one a worker, make of the books."""

    def kinds(*journals):
        return [violation.kind for violation in judge(books.store, told(journals))]

    return kinds


def test_what_is_as_it_was_acknowledged_is_right(asked, answered, found):
    assert found([asked, answered]) == []


def test_two_workers_may_be_told_of_one_operation(asked, answered, found):
    assert found([asked, answered], [asked, replace(answered, repeated=True)]) == []


def test_an_acknowledged_operation_that_is_not_there_is_lost(asked, found):
    answer = Answer(0, asked.op, seq=1, amount=100_00, after=100_00, repeated=False)

    assert found([asked, answer]) == [Kind.LOST]


@pytest.mark.parametrize("field", ["seq", "amount", "after"])
def test_another_figure_than_the_acknowledged_one(asked, answered, found, field):
    other = replace(answered, repeated=True, **{field: getattr(answered, field) + 1})

    assert found([asked, other]) == [Kind.OTHERWISE]


def test_another_content_than_was_asked_for(asked, answered, found):
    assert found([replace(asked, total=99_00), answered]) == [Kind.OTHERWISE]


def test_an_operation_that_was_new_for_two_workers(asked, answered, found):
    assert found([asked, answered], [asked, answered]) == [Kind.OTHERWISE]


def test_an_operation_that_is_posted_again_for_the_same_worker(asked, answered, found):
    again = replace(asked, position=1), replace(answered, position=1)

    assert found([asked, answered, *again]) == [Kind.OTHERWISE, Kind.OTHERWISE]


def test_an_entry_on_another_balance_than_was_insisted_on(asked, answered, found):
    assert found([replace(asked, standing_on=3), answered]) == [Kind.OTHERWISE]


def test_what_is_refused_after_it_was_acknowledged(asked, answered, found):
    again = replace(asked, position=1), Refusal(1, "BalanceChanged")

    assert found([asked, answered, *again]) == [Kind.OTHERWISE]


@pytest.mark.usefixtures("answered")
def test_what_was_refused_and_is_there(asked, found):
    assert found([asked, Refusal(0, "BalanceChanged")]) == [Kind.UNASKED, Kind.UNASKED]


@pytest.mark.usefixtures("answered")
def test_what_is_there_and_nobody_asked_for(found):
    assert found([]) == [Kind.UNASKED]


def test_what_a_worker_never_got_an_answer_to(asked, found):
    assert found([asked]) == [Kind.PROCESS]


def test_what_is_said_to_be_taken_back_and_is_not(asked, answered, found):
    tap = replace(asked, position=1, op=new_id(), kind=Asked.UNDO, target=asked.op)

    assert found([asked, answered, tap, Refusal(1, "AlreadyReversed")]) == [Kind.LOST]
