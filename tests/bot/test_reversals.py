"""Taking back, from what a partner asks for to what stands in the books."""

from contextlib import suppress

import pytest

from bot.errors import (
    AlreadyReversed,
    BalanceChanged,
    InvalidText,
    NotAllowed,
    NotThere,
    UndoExpired,
)
from bot.posting import balance_of
from bot.reversals import NewReversal, preview_reversal
from storage.errors import OperationConflict
from storage.models import EntryKind, Status
from storage.store import Store
from tests.ledger.dying import Death, Killed, MortalDatabase
from tests.ledger.firm import (
    GURPREET,
    RAVI,
    Opening,
    Tap,
    add_customers,
    ask,
    cancel,
    faults,
    invoice,
    payment,
    undo_payment,
    use_advance,
)


@pytest.fixture(autouse=True)
def ramesh(store):
    add_customers(store, "ramesh")


@pytest.fixture
def save(store, clock):
    def save(*orders, by=GURPREET, standing_on=None):
        return [ask(store, clock, order, by=by, standing_on=standing_on)[0] for order in orders][
            -1
        ]

    return save


@pytest.fixture
def stands(store):
    """What is owed, net of the advance, and the advance."""
    return lambda: (balance_of(store, "ramesh").net, balance_of(store, "ramesh").advance)


# For a reason, from the card of the invoice or the payment.


def test_a_cancelled_invoice_shows_so_and_its_money_is_advance(store, save, stands):
    save(invoice("bill", 500, 200))

    entry = save(cancel("no", "bill"))

    assert (entry.kind, entry.reason) == (EntryKind.CANCEL, "wrong customer")
    assert store.invoices.get("bill").status == Status.CANCELLED
    assert store.customers.get("ramesh").advance == 200
    assert stands() == (-200, 200)
    assert faults(store, "ramesh") == []


def test_the_number_of_a_cancelled_invoice_stays_used(save):
    save(invoice("bill", 500), cancel("no", "bill"))

    assert save(invoice("next", 500)).invoice_number == "26-27/00002"


def test_an_undone_payment_shows_so_and_is_owed_again(store, save, stands):
    save(invoice("bill", 500), payment("money", 600))

    save(undo_payment("no", "money"))

    assert store.payments.get("money").undone.reason == "wrong amount"
    assert store.invoices.get("bill").remaining_balance == 500
    assert stands() == (500, 0)
    assert faults(store, "ramesh") == []


def test_the_money_that_came_with_an_invoice_is_undone_alone(store, save, stands):
    save(invoice("bill", 500, 200), undo_payment("no", "bill"))

    assert store.invoices.get("bill").status == Status.UNPAID
    assert store.payments.get("bill").undone.op == "no"
    assert stands() == (500, 0)


def test_the_preview_says_what_comes_off_which_invoice_and_posting_does_just_that(
    store, save, clock
):
    save(invoice("soon", 100, due_in=1), invoice("late", 100, due_in=2), payment("money", 150))
    order = undo_payment("no", "money")

    shown = preview_reversal(store, clock, order)

    assert shown.released == (("26-27/00001", 100), ("26-27/00002", 50))
    assert (shown.before, shown.after) == (50, 200)
    assert (shown.advance_before, shown.advance_after) == (0, 0)
    assert balance_of(store, "ramesh").seq == shown.seq == 3, "a preview writes nothing"
    assert save(order, standing_on=shown.seq).after == shown.after


@pytest.mark.parametrize(
    "order",
    [
        cancel("no", "never posted"),
        undo_payment("no", "never posted"),
        cancel("no", "money"),
        undo_payment("no", "bill"),
        undo_payment("no", "cancelled"),
        undo_payment("no", "old"),
    ],
    ids=[
        "an invoice nobody made",
        "a payment nobody made",
        "an invoice that is a payment",
        "the money of an invoice that nobody paid",
        "the money of a cancel",
        "the money of earlier books",
    ],
)
def test_what_is_not_there_is_not_taken_back(store, clock, save, order):
    save(Opening("old", 90, 10), invoice("bill", 500), payment("money", 100))
    save(invoice("other", 5), cancel("cancelled", "other"))

    with pytest.raises(NotThere, match="not in the books"):
        preview_reversal(store, clock, order)
    with pytest.raises(NotThere):
        save(order)

    assert balance_of(store, "ramesh").seq == 5


@pytest.mark.parametrize("reason", ["", "  \t"])
def test_a_reason_is_needed(store, clock, save, reason):
    save(invoice("bill", 500))
    order = NewReversal("no", reason, invoice_id="bill")

    with pytest.raises(InvalidText, match=r"e\.g\. wrong amount"):
        preview_reversal(store, clock, order)
    with pytest.raises(InvalidText):
        save(order)


def test_what_is_taken_back_already_is_refused_by_name_and_time(store, clock, save):
    save(invoice("bill", 500), payment("money", 100))
    save(cancel("c", "bill"), undo_payment("u", "money"), by=RAVI)

    for again, words in [
        (cancel("again", "bill"), r"Already cancelled by Ravi at 14:30\."),
        (undo_payment("again", "money"), r"Already undone by Ravi at 14:30\."),
        (Tap("bill"), "Already cancelled by Ravi"),
        (Tap("money"), "Already undone by Ravi"),
    ]:
        with pytest.raises(AlreadyReversed, match=words):
            save(again)

    clock.advance(days=1)
    with pytest.raises(AlreadyReversed, match=r"by Ravi on 1 Aug 2026 at 14:30\."):
        preview_reversal(store, clock, cancel("again", "bill"))


def test_what_was_put_back_can_be_taken_back_again(save, stands):
    save(invoice("bill", 500, 200), cancel("slip", "bill"), Tap("slip"))

    save(cancel("again", "bill"))

    assert stands() == (-200, 200)


def test_asking_again_gives_the_first_result(store, clock, save):
    save(invoice("bill", 500))
    first = save(cancel("no", "bill"), standing_on=1)

    assert ask(store, clock, cancel("no", "bill"), standing_on=1) == (first, True)
    assert balance_of(store, "ramesh").seq == 2


@pytest.mark.parametrize(
    "other",
    [
        NewReversal("no", "another reason", invoice_id="bill"),
        cancel("no", "other"),
        undo_payment("no", "bill"),
    ],
)
def test_one_operation_with_two_contents_is_refused_and_the_first_stands(store, save, other):
    save(invoice("bill", 500, 100), invoice("other", 50))
    first = save(cancel("no", "bill"))

    with pytest.raises(OperationConflict):
        save(other)

    assert store.ledger.head("ramesh") == first


def test_nothing_is_taken_back_on_another_balance_than_the_one_shown(store, clock, save):
    save(invoice("bill", 500))
    shown = preview_reversal(store, clock, cancel("no", "bill"))
    save(payment("someone else's", 450))

    with pytest.raises(BalanceChanged):
        save(cancel("no", "bill"), standing_on=shown.seq)

    assert store.ledger.by_op("no") is None


# The Undo button.


def test_undo_takes_an_invoice_back_with_its_money(store, save, stands):
    save(invoice("older", 100), invoice("bill", 500, 550))

    entry = save(Tap("bill"))

    assert (entry.invoice_id, entry.payment_id, entry.reason) == ("bill", "bill", "undone at once")
    assert stands() == (100, 0)
    assert faults(store, "ramesh") == []


def test_undo_of_an_invoice_whose_money_was_undone_before_does_not_give_it_back_twice(
    save, stands
):
    save(invoice("bill", 500, 200), undo_payment("no", "bill"))

    entry = save(Tap("bill"))

    assert (entry.invoice_id, entry.payment_id, entry.paid) == ("bill", None, 0)
    assert stands() == (0, 0)


@pytest.mark.parametrize(
    ("orders", "op"),
    [
        ([payment("money", 700)], "money"),
        ([invoice("paid", 100, 100), cancel("c", "paid"), use_advance("use", 60)], "use"),
        ([cancel("c", "bill")], "c"),
        ([payment("money", 700), undo_payment("u", "money")], "u"),
    ],
    ids=["a payment", "a use of the advance", "a cancel", "an undo"],
)
def test_undo_leads_back_to_where_the_customer_stood(store, save, orders, op):
    save(invoice("bill", 500), *orders[:-1])
    before = balance_of(store, "ramesh")
    save(orders[-1], Tap(op))

    after = balance_of(store, "ramesh")

    assert (after.open, after.advance) == (before.open, before.advance)
    assert faults(store, "ramesh") == []


def test_undo_works_for_ten_minutes(clock, save):
    save(invoice("bill", 500), payment("money", 100))
    clock.advance(minutes=10)
    save(Tap("money"))

    clock.advance(seconds=1)
    with pytest.raises(UndoExpired, match="ten minutes"):
        save(Tap("bill"))


def test_what_is_taken_back_says_so_rather_than_that_it_is_too_late(clock, save):
    save(invoice("bill", 500), cancel("no", "bill"))
    clock.advance(minutes=11)

    with pytest.raises(AlreadyReversed):
        save(Tap("bill"))
    with pytest.raises(UndoExpired):
        save(Tap("no"))


def test_a_second_tap_says_who_was_first(store, save):
    save(invoice("bill", 500))
    save(Tap("bill"), by=RAVI)

    with pytest.raises(AlreadyReversed, match="by Ravi"):
        save(Tap("bill"))

    assert balance_of(store, "ramesh").seq == 2


def test_an_undo_that_was_put_back_can_be_tapped_again(save, stands):
    save(invoice("bill", 500, 200))
    for _ in range(3):
        undone = save(Tap("bill"))
        assert stands() == (0, 0)
        put_back = save(Tap(undone.op))
        assert stands() == (300, 0)

        with pytest.raises(AlreadyReversed, match="Already put back by Gurpreet"):
            save(Tap(undone.op))
        with pytest.raises(NotAllowed, match="has no Undo"):
            save(Tap(put_back.op))


def test_what_came_from_earlier_books_has_no_undo_button(save):
    save(Opening("old", 100))

    with pytest.raises(NotAllowed):
        save(Tap("old"))


def test_nothing_is_undone_that_nobody_posted(save):
    with pytest.raises(NotThere):
        save(Tap("nothing"))


def test_a_tap_whose_answer_was_lost_shows_at_the_next_tap(store, clock, save):
    save(invoice("bill", 500))
    database = MortalDatabase(store._database)
    with suppress(Killed), database.dying(Death(0, after=True)):
        ask(Store(database), clock, Tap("bill"))
    assert store.invoices.get("bill").status == Status.UNPAID, "posted, and not shown yet"

    with suppress(AlreadyReversed):
        save(Tap("bill"))

    assert store.invoices.get("bill").status == Status.CANCELLED


@pytest.mark.parametrize("targets", [{}, {"invoice_id": "bill", "payment_id": "money"}])
def test_a_reversal_is_of_one_thing(targets):
    with pytest.raises(ValueError, match="of one invoice, one payment or one reversal"):
        NewReversal("no", "wrong amount", **targets)
