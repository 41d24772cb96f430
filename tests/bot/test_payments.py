"""Recording money received, from what a partner asks for to what stands in the books."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.errors import BalanceChanged, InvalidAmount, InvalidDate, NotThere
from bot.payments import preview_payment, record_payment
from bot.posting import balance_of
from storage.errors import OperationConflict
from storage.models import EntryKind, PaymentMethod
from storage.types import MAX_PAISE
from tests.ledger.firm import (
    GURPREET,
    TODAY,
    add_customers,
    ask,
    cancel,
    faults,
    invoice,
    payment,
    use_advance,
)


@pytest.fixture(autouse=True)
def ramesh(store):
    add_customers(store, "ramesh")


@pytest.fixture
def save(store, clock):
    def save(*orders, standing_on=None):
        return [ask(store, clock, order, standing_on=standing_on)[0] for order in orders][-1]

    return save


def test_a_payment_settles_the_oldest_due_and_shows_everywhere(store, save):
    save(invoice("late", 300, due_in=30), invoice("soon", 200, due_in=10))

    entry = save(payment("money", 250))

    assert (entry.before, entry.after) == (500, 250)
    assert store.invoices.get("soon").remaining_balance == 0
    assert store.invoices.get("late").remaining_balance == 250
    assert store.payments.get("money").amount == 250
    assert store.customers.get("ramesh").total_outstanding_balance == 250
    assert faults(store, "ramesh") == []


def test_how_it_came_is_kept(store, clock):
    order = replace(payment("money", 250), method=PaymentMethod.CHEQUE, reference="004417")

    record_payment(store, clock, order, by=GURPREET, standing_on=None)

    kept = store.payments.get("money")
    assert (kept.method, kept.reference, kept.payment_date) == ("cheque", "004417", TODAY)
    assert (kept.created_by_name, kept.created_at) == ("Gurpreet", clock.now())


def test_the_preview_says_which_invoices_it_settles_and_posting_does_just_that(store, save):
    save(invoice("soon", 200, due_in=10), invoice("late", 300, due_in=30))
    order = payment("money", 600)

    shown = preview_payment(store, order, today=TODAY)

    assert [(one.invoice.invoice_id, one.amount, one.left) for one in shown.settles] == [
        ("soon", 200, 0),
        ("late", 300, 0),
    ]
    assert (shown.before, shown.after, shown.to_advance, shown.advance_after) == (
        500,
        -100,
        100,
        100,
    )
    assert balance_of(store, "ramesh").seq == shown.seq == 2, "a preview writes nothing"
    entry = save(order, standing_on=shown.seq)
    assert (entry.before, entry.after, entry.advance) == (shown.before, shown.after, 100)


def test_the_preview_for_one_invoice_says_what_is_left_on_it(store, save):
    save(invoice("soon", 200, due_in=10), invoice("late", 300, due_in=30))

    (one,) = preview_payment(store, payment("money", 50, only="late"), today=TODAY).settles

    assert (one.invoice.invoice_id, one.amount, one.left) == ("late", 50, 250)


def test_the_advance_held_can_be_put_to_what_is_open(store, save):
    save(invoice("paid", 300, 300), invoice("open", 500), cancel("no", "paid"))
    order = use_advance("use", 300)
    shown = preview_payment(store, order, today=TODAY)
    assert (shown.before, shown.after, shown.to_advance, shown.advance_after) == (200, 200, 0, 0)

    entry = save(order)

    assert (entry.kind, entry.advance, entry.paid) == (EntryKind.APPLY, 0, 0)
    assert store.invoices.get("open").amount_paid == 300
    assert store.payments.get("use") is None
    assert faults(store, "ramesh") == []


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (use_advance("use", 301), "more than is held"),
        (use_advance("use", 201, only="small"), "more than is due on that invoice"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_no_more_advance_is_used_than_there_is_or_than_is_due(store, save, order, why):
    save(invoice("paid", 300, 300), invoice("small", 200), invoice("open", 500))
    save(cancel("no", "paid"))

    with pytest.raises(InvalidAmount, match="less advance, or less due"):
        preview_payment(store, order, today=TODAY)
    with pytest.raises(InvalidAmount):
        save(order)


def test_a_payment_for_a_settled_a_cancelled_or_an_unknown_invoice_is_refused(store, save):
    save(invoice("settled", 100, 100), invoice("cancelled", 100), cancel("no", "cancelled"))

    for id in ("settled", "cancelled", "unknown"):
        with pytest.raises(NotThere, match="Nothing is left to pay"):
            preview_payment(store, payment("money", 50, only=id), today=TODAY)
        with pytest.raises(NotThere):
            save(payment("money", 50, only=id))

    assert store.ledger.by_op("money") is None


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"amount": 0}, InvalidAmount),
        ({"amount": -1}, InvalidAmount),
        ({"amount": MAX_PAISE + 1}, InvalidAmount),
        ({"date": TODAY + dt.timedelta(days=1)}, InvalidDate),
    ],
)
def test_a_payment_that_cannot_be_is_refused_in_words(store, save, change, error):
    wrong = replace(payment("money", 50), **change)

    with pytest.raises(error, match=r"\w+ .*\."):
        preview_payment(store, wrong, today=TODAY)
    with pytest.raises(error):
        save(wrong)

    assert store.ledger.by_op("money") is None


def test_money_may_have_come_on_an_earlier_day(save):
    earlier = TODAY - dt.timedelta(days=40)

    assert save(replace(payment("money", 50), date=earlier)).day == earlier


def test_nothing_is_recorded_for_a_customer_who_is_not_there(store, save):
    with pytest.raises(NotThere):
        save(payment("money", 50, customer_id="nobody"))

    assert store.ledger.by_op("money") is None


def test_posting_again_shows_the_first_result_whatever_happened_since(store, clock, save):
    save(invoice("bill", 100))
    first = save(payment("money", 100, only="bill"), standing_on=1)
    clock.advance(days=3)

    entry, repeated = ask(store, clock, payment("money", 100, only="bill"), standing_on=1)

    assert (entry, repeated) == (first, True), "though nothing is left to pay on it"
    assert balance_of(store, "ramesh").seq == 2


@pytest.mark.parametrize(
    "other",
    [
        payment("money", 101),
        payment("money", 100, only="bill"),
        payment("money", 100, customer_id="suresh"),
        use_advance("money", 100),
        replace(payment("money", 100), date=TODAY - dt.timedelta(days=1)),
        replace(payment("money", 100), method=PaymentMethod.BANK),
        replace(payment("money", 100), reference="004417"),
        invoice("money", 100),
    ],
)
def test_one_operation_with_two_contents_is_refused_and_the_first_stands(store, save, other):
    add_customers(store, "suresh")
    save(invoice("bill", 500))
    first = save(payment("money", 100))

    with pytest.raises(OperationConflict):
        save(other)

    assert store.ledger.head("ramesh") == first


def test_nothing_is_recorded_on_another_balance_than_the_one_shown(store, save):
    save(invoice("bill", 500))
    shown = preview_payment(store, payment("mine", 100), today=TODAY)
    save(payment("someone else's", 450))

    with pytest.raises(BalanceChanged, match="has changed"):
        save(payment("mine", 100), standing_on=shown.seq)

    assert store.ledger.by_op("mine") is None
    assert save(payment("mine", 100), standing_on=2).advance == 50
