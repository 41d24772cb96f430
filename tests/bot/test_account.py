"""Taking back, and putting back: where the money then is. The rules, without any storage."""

import pytest

from bot.errors import InvalidAmount
from storage.models import EntryKind
from storage.types import MAX_PAISE
from tests.bot.ledger_of_one import LedgerOfOne


@pytest.fixture
def ledger():
    return LedgerOfOne()


def moved(entry) -> dict[str, int]:
    return {part.invoice_id: part.amount for part in entry.allocations}


# Cancel an invoice.


def test_a_cancelled_invoice_is_owed_no_more(ledger):
    ledger.invoice("1", 500)
    ledger.invoice("2", 300)

    entry = ledger.take_back("no", invoice="1")

    assert (entry.kind, entry.invoice_id, entry.payment_id) == (EntryKind.CANCEL, "1", None)
    assert (entry.before, entry.amount, entry.after) == (800, -500, 300)
    assert (ledger.due, entry.paid, entry.reason) == ({"2": 300}, 0, "wrong amount")


def test_what_was_paid_on_a_cancelled_invoice_becomes_advance_and_pays_nothing_by_itself(ledger):
    ledger.invoice("1", 500, 200)
    ledger.invoice("2", 300)

    entry = ledger.take_back("no", invoice="1")

    assert (moved(entry), entry.advance, ledger.due) == ({"1": -200}, 200, {"2": 300})
    assert (entry.before, entry.after) == (600, 100)


def test_an_advance_that_a_cancelled_invoice_had_used_is_there_again(ledger):
    ledger.pay("money", 400)
    ledger.invoice("1", 300)

    assert ledger.take_back("no", invoice="1").advance == 400


def test_a_cancelled_invoice_of_nothing_changes_nothing_but_that(ledger):
    ledger.invoice("1", 0)

    entry = ledger.take_back("no", invoice="1")

    assert (entry.allocations, entry.amount) == ([], 0)
    assert ledger.account.cancelled == {"1": entry}


# Undo a payment.


def test_an_undone_payment_comes_off_every_invoice_that_it_had_paid(ledger):
    ledger.invoice("1", 100, due_in=1)
    ledger.invoice("2", 100, due_in=2)
    ledger.pay("money", 150)

    entry = ledger.take_back("no", payment="money")

    assert (entry.kind, entry.payment_id, entry.paid) == (EntryKind.UNDO, "money", -150)
    assert moved(entry) == {"1": -100, "2": -50}
    assert (ledger.due, entry.advance, entry.after) == ({"1": 100, "2": 100}, 0, 200)


def test_what_an_undone_payment_had_left_as_advance_is_gone(ledger):
    ledger.invoice("1", 100)
    ledger.pay("money", 250)

    entry = ledger.take_back("no", payment="money")

    assert (ledger.due, entry.advance) == ({"1": 100}, 0)


def test_an_advance_that_is_undone_comes_off_the_later_invoice_that_used_it(ledger):
    ledger.pay("money", 400)
    ledger.invoice("1", 300)

    entry = ledger.take_back("no", payment="money")

    assert (moved(entry), ledger.due, entry.advance) == ({"1": -300}, {"1": 300}, 0)


def test_of_several_that_used_it_the_first_is_open_first(ledger):
    ledger.pay("first", 100)
    ledger.pay("second", 200)
    ledger.invoice("1", 150)
    ledger.invoice("2", 150)

    entry = ledger.take_back("no", payment="second")

    assert moved(entry) == {"1": -150, "2": -50}
    assert (ledger.due, entry.advance) == ({"1": 150, "2": 50}, 0)


def test_what_other_money_has_paid_since_stays_paid(ledger):
    ledger.pay("bounced", 20_000)
    ledger.invoice("5", 12_125)
    ledger.invoice("6", 18_000)
    ledger.pay("other", 10_125, only="6")

    entry = ledger.take_back("no", payment="bounced")

    assert moved(entry) == {"5": -12_125, "6": -7_875}
    assert (ledger.due, entry.advance) == ({"5": 12_125, "6": 7_875}, 0)


def test_an_advance_put_to_an_open_invoice_comes_off_it_and_not_off_what_was_paid_last(ledger):
    ledger.invoice("1", 100)
    ledger.invoice("2", 100)
    ledger.pay("money", 150, only="1")
    ledger.apply("use", 50)
    ledger.invoice("3", 100, 100)

    entry = ledger.take_back("no", payment="money")

    assert moved(entry) == {"1": -100, "2": -50}
    assert ledger.due == {"1": 100, "2": 100}


def test_no_more_comes_off_an_invoice_than_the_advance_had_paid_on_it(ledger):
    ledger.pay("money", 150)
    ledger.invoice("1", 100, 50)
    ledger.invoice("2", 100)

    entry = ledger.take_back("no", payment="money")

    assert (moved(entry), ledger.due) == ({"1": -50, "2": -100}, {"1": 50, "2": 100})


def test_an_advance_whose_use_was_undone_is_not_looked_for_there(ledger):
    ledger.invoice("1", 100)
    ledger.invoice("2", 100)
    ledger.pay("money", 150, only="1")
    ledger.apply("use", 50)
    ledger.take_back("not so", payment="use")
    ledger.pay("cash", 100, only="2")
    ledger.invoice("3", 50)

    entry = ledger.take_back("no", payment="money")

    assert (moved(entry), ledger.due) == ({"1": -100, "3": -50}, {"1": 100, "3": 50})


def test_money_that_was_put_back_elsewhere_comes_off_what_was_paid_last(ledger):
    ledger.pay("before", 100)
    ledger.invoice("1", 100)
    slip = ledger.take_back("slip", invoice="1")
    ledger.invoice("2", 100)
    ledger.invoice("3", 100)
    ledger.pay("money", 100)
    ledger.take_back("cancelled", invoice="3")
    ledger.put_back("back", slip)

    entry = ledger.take_back("no", payment="money")

    assert (moved(entry), ledger.due) == ({"1": -100}, {"1": 100})
    assert entry.advance == 0


def test_other_money_held_as_advance_goes_before_an_invoice_is_opened_again(ledger):
    ledger.pay("money", 100)
    ledger.invoice("1", 100)
    ledger.pay("more", 70)

    entry = ledger.take_back("no", payment="money")

    assert (moved(entry), ledger.due, entry.advance) == ({"1": -30}, {"1": 30}, 0)


def test_money_whose_invoice_was_cancelled_comes_out_of_the_advance_that_it_became(ledger):
    ledger.invoice("1", 100)
    ledger.pay("money", 100)
    ledger.take_back("cancelled", invoice="1")

    entry = ledger.take_back("no", payment="money")

    assert (entry.allocations, entry.advance, entry.after) == ([], 0, 0)


def test_undoing_the_money_of_an_invoice_leaves_the_advance_that_it_used(ledger):
    ledger.pay("before", 100)
    ledger.invoice("1", 300, 250)

    entry = ledger.take_back("no", payment="1")

    assert (entry.paid, moved(entry), ledger.due) == (-250, {"1": -250}, {"1": 250})
    assert entry.advance == 50, "of the advance, fifty had paid and fifty had not"


def test_an_advance_put_to_an_invoice_is_taken_off_it_again(ledger):
    ledger.invoice("1", 100, 100)
    ledger.invoice("2", 100)
    ledger.take_back("cancelled", invoice="1")
    ledger.apply("use", 60)

    entry = ledger.take_back("no", payment="use")

    assert (entry.paid, moved(entry)) == (0, {"2": -60})
    assert (ledger.due, entry.advance) == ({"2": 100}, 100)


def test_an_invoice_and_its_money_go_at_once(ledger):
    ledger.invoice("1", 100)
    ledger.invoice("2", 300, 350)

    entry = ledger.take_back("no", invoice="2", payment="2")

    assert (entry.invoice_id, entry.payment_id, entry.paid) == ("2", "2", -350)
    assert moved(entry) == {"2": -300, "1": -50}
    assert (ledger.due, entry.advance, entry.after) == ({"1": 100}, 0, 100)


def test_nothing_is_taken_back_that_would_make_more_due_than_the_books_can_hold(ledger):
    ledger.invoice("1", MAX_PAISE)
    ledger.pay("money", 1)
    ledger.invoice("2", 1)

    with pytest.raises(InvalidAmount):
        ledger.take_back("no", payment="money")


# Put back what was taken back.


def test_a_cancel_by_mistake_puts_the_money_back_on_the_invoice(ledger):
    ledger.invoice("1", 500, 200)
    slip = ledger.take_back("slip", invoice="1")

    entry = ledger.put_back("back", slip)

    assert (entry.kind, entry.restores, entry.invoice_id) == (EntryKind.RESTORE, "slip", "1")
    assert (moved(entry), ledger.due, entry.advance) == ({"1": 200}, {"1": 300}, 0)
    assert ledger.account.cancelled == {}


def test_an_undo_by_mistake_puts_the_money_back_where_it_was(ledger):
    ledger.invoice("1", 100, due_in=1)
    ledger.invoice("2", 100, due_in=2)
    ledger.pay("money", 250)
    slip = ledger.take_back("slip", payment="money")

    entry = ledger.put_back("back", slip)

    assert (entry.paid, moved(entry)) == (250, {"1": 100, "2": 100})
    assert (ledger.due, entry.advance) == ({}, 50)
    assert ledger.account.undone == {}


def test_what_others_have_paid_meanwhile_stays_and_the_money_is_advance(ledger):
    ledger.invoice("1", 100)
    ledger.pay("money", 100)
    slip = ledger.take_back("slip", payment="money")
    ledger.pay("meanwhile", 70)

    entry = ledger.put_back("back", slip)

    assert (moved(entry), ledger.due, entry.advance) == ({"1": 30}, {}, 70)


def test_money_that_was_used_elsewhere_meanwhile_does_not_go_back(ledger):
    ledger.invoice("1", 100, 100)
    slip = ledger.take_back("slip", invoice="1")
    ledger.invoice("2", 80)

    entry = ledger.put_back("back", slip)

    assert (moved(entry), ledger.due, entry.advance) == ({"1": 20}, {"1": 80}, 0)


def test_money_does_not_go_back_to_an_invoice_that_was_cancelled_meanwhile(ledger):
    ledger.invoice("1", 100)
    ledger.pay("money", 100)
    slip = ledger.take_back("slip", payment="money")
    ledger.take_back("cancelled", invoice="1")

    entry = ledger.put_back("back", slip)

    assert (entry.allocations, ledger.due, entry.advance) == ([], {}, 100)


def test_only_what_is_still_taken_back_is_in_force(ledger):
    ledger.invoice("1", 100, 40)
    cancel = ledger.take_back("cancel", invoice="1")
    undo = ledger.take_back("undo", payment="1")
    assert ledger.account.in_force(cancel)
    assert ledger.account.in_force(undo)

    ledger.put_back("back", cancel)
    assert not ledger.account.in_force(cancel)
    assert ledger.account.in_force(undo)

    again = ledger.take_back("again", invoice="1")
    assert not ledger.account.in_force(cancel), "another cancel is, not this one"
    assert ledger.account.in_force(again)


def test_an_account_knows_what_is_paid_on_each_invoice(ledger):
    ledger.invoice("1", 100)
    ledger.invoice("2", 100, 130)
    ledger.take_back("no", invoice="2")

    account = ledger.account

    assert account.paid_on == {"1": 30, "2": 0}
    assert list(account.invoices) == ["1", "2"]
    assert list(account.entries) == ["1", "2", "no"]
    assert account.balance.net == 70 - 100
