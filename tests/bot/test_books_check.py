"""The checks of the ledger, each shown books with the one fault it is there for."""

import datetime as dt

import pytest

from bot.books_check import check_customer, check_numbers
from bot.numbering import number_key
from storage.models import Allocation, EntryKind, PaymentDetails
from tests.bot.books import TODAY, every_kind, taken_back_at_once


@pytest.fixture
def entries():
    return every_kind()


def altered(entries, op, **fields):
    return [entry.model_copy(update=fields) if entry.op == op else entry for entry in entries]


def with_invoice(entries, op, **fields):
    (entry,) = (one for one in entries if one.op == op)
    return altered(entries, op, invoice=entry.invoice.model_copy(update=fields))


def moved(*parts):
    return {"allocations": [Allocation(invoice_id=id, amount=amount) for id, amount in parts]}


def said(faults, words) -> bool:
    return any(words in fault for fault in faults)


def test_sound_books_of_every_kind_of_entry_pass(entries):
    assert {entry.kind for entry in entries} == set(EntryKind)
    assert check_customer([]) == check_numbers([]) == []
    assert check_customer(entries) == []
    assert check_numbers(entries) == []


def test_sound_books_in_which_all_was_taken_back_and_put_back_pass():
    assert check_customer(taken_back_at_once()) == []


def test_every_beginning_of_sound_books_is_sound(entries):
    assert [check_customer(entries[:end]) for end in range(len(entries))] == [[]] * len(entries)


@pytest.mark.parametrize(
    ("op", "fields", "fault"),
    [
        # One follows another.
        ("b", {"seq": 3}, "Entry 3 (b) stands in place 2"),
        (
            "a",
            {"before": 9, "amount": 491},
            "starts at 0.09, where the one before it ended at 0.00",
        ),
        ("p", {"before": 1}, "starts at 0.01, where the one before it ended at 7.00"),
        ("p", {"amount": 1}, "does not end at its start and its amount"),
        ("b", {"id": "a"}, "Operation a is posted 2 times"),
        ("q", {"customer_id": "suresh"}, "is of another customer than the one before it"),
        # What its kind says.
        ("a", {"invoice_number": None}, "Entry 1 (a) has no invoice_number"),
        ("a", {"number_key": None}, "Entry 1 (a) has no number_key"),
        ("o", {"invoice": None}, "Entry 9 (o) has no invoice"),
        ("p", {"payment": None}, "Entry 3 (p) has no payment"),
        ("use", {"payment": PaymentDetails()}, "has a payment, which kind apply has not"),
        ("use", {"date": None}, "Entry 5 (use) has no date"),
        ("cancel b", {"reason": ""}, "Entry 4 (cancel b) has no reason"),
        ("cancel b", {"invoice_id": None}, "Entry 4 (cancel b) has no invoice_id"),
        ("undo p", {"payment_id": None}, "Entry 6 (undo p) has no payment_id"),
        ("restore b", {"restores": None}, "Entry 7 (restore b) has no restores"),
        ("p", {"restores": "a"}, "has a restores, which kind payment has not"),
        ("p", {"payload_hash": ""}, "Entry 3 (p) has no payload_hash"),
        ("p", {"actor": ""}, "Entry 3 (p) has no actor"),
        # The money of its kind.
        ("p", {"paid": 0}, "is of kind payment, and cannot move 0.00"),
        ("b", {"paid": -1}, "is of kind invoice, and cannot move -0.01"),
        ("o", {"paid": -1}, "is of kind opening, and cannot move -0.01"),
        ("use", {"paid": 1}, "is of kind apply, and cannot move 0.01"),
        ("cancel b", {"paid": -100}, "is of kind cancel, and cannot move -1.00"),
        ("undo p", {"paid": -349}, "is of kind undo, and cannot move -3.49"),
        ("restore b", {"paid": 1}, "is of kind restore, and cannot move 0.01"),
        # What it adds to the balance.
        ("b", {"amount": 300}, "adds 3.00 to the balance, not 2.00"),
        ("o", {"amount": 150}, "adds 1.50 to the balance, not 2.50"),
        ("p", {"amount": 0}, "adds 0.00 to the balance, not -3.50"),
        ("use", {"amount": -200}, "adds -2.00 to the balance, not 0.00"),
        ("cancel b", {"amount": -200}, "adds -2.00 to the balance, not -3.00"),
        ("undo p", {"amount": 0}, "adds 0.00 to the balance, not 3.50"),
        ("restore b", {"amount": 0}, "adds 0.00 to the balance, not 3.00"),
        # What it takes back.
        ("cancel b", {"invoice_id": "z"}, "cancels z, which is no invoice posted before"),
        ("cancel b", {"invoice_id": "c"}, "cancels c, which is no invoice posted before"),
        ("cancel b", {"payment_id": "z"}, "undoes z, which moved no money before"),
        ("undo p", {"payment_id": "a"}, "undoes a, which moved no money before"),
        ("undo p", {"payment_id": "cancel b"}, "undoes cancel b, which moved no money before"),
        ("restore b", {"restores": "z"}, "restores z, which took nothing back before"),
        ("restore b", {"restores": "p"}, "restores p, which took nothing back before"),
        ("restore b", {"invoice_id": "a"}, "does not restore what cancel b took back"),
        ("restore b", {"restores": "undo p"}, "does not restore what undo p took back"),
        # Where money goes.
        ("p", moved(("b", 100), ("b", 100), ("a", 150)), "moves money to b twice"),
        ("p", moved(("z", 1)), "moves 0.01 to z, which is no invoice of this customer"),
        ("use", moved(("b", 200)), "moves 2.00 to 26-27/00002, which is cancelled"),
        ("b", moved(("b", 301)), "puts 3.01 on 26-27/00002, which needs less"),
        ("p", moved(("a", 501)), "puts 5.01 on 26-27/00001, which needs less"),
        ("undo p", moved(("a", -351)), "takes 3.51 off 26-27/00001, which has less on it"),
        ("undo p", moved(("a", 1)), "moves 0.01 to 26-27/00001 in the wrong direction"),
        ("p", moved(("b", -1)), "moves 0.01 to 26-27/00002 in the wrong direction"),
        ("p", moved(("b", 0)), "moves 0.00 to 26-27/00002 in the wrong direction"),
        ("cancel b", moved(("b", -200)), "cancels b, and leaves 1.00 on it"),
        # Whose turn it is.
        ("b", moved(("a", 100)), "Entry 2 (b) does not put the money where it is due"),
        ("p", moved(("a", 350)), "Entry 3 (p) does not put the money where it is due"),
        ("p", moved(("b", 200)), "Entry 3 (p) does not put the money where it is due"),
        ("q", moved(("d", 50)), "Entry 11 (q) does not put the money where it is due"),
        ("o", moved(), "Entry 9 (o) does not put the money where it is due"),
        # Where it says that the customer stands.
        ("p", {"open": []}, "carries 0.00 as open, where 3.50 is left"),
        ("p", {"advance": 1}, "carries an advance of 0.01, not 0.00"),
        ("c", moved(("c", 100), ("b", 300), ("a", 400), ("o", 101)), "uses 0.01 more advance"),
        ("p", {"after": 0, "amount": -700}, "ends at 0.00, where invoices less money are 3.50"),
    ],
)
def test_a_fault_is_named(entries, op, fields, fault):
    faults = check_customer(altered(entries, op, **fields))

    assert said(faults, fault), faults


@pytest.mark.parametrize("field", ["number", "due_date", "due"])
def test_each_open_invoice_that_is_carried_is_held_against_the_invoice(entries, field):
    wrong = {"number": "26-27/00009", "due_date": TODAY, "due": 7}[field]
    first, *rest = entries[9].open
    carried = [first.model_copy(update={field: wrong}), *rest]

    assert said(check_customer(altered(entries, "d", open=carried)), "Entry 10 (d) carries ")


def test_open_invoices_are_carried_in_the_order_in_which_money_goes_to_them(entries):
    turned = altered(entries, "d", open=entries[9].open[::-1])

    assert check_customer(turned) == ["Entry 10 (d) carries the open invoices in the wrong order"]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"id": "b"}, "id"),
        ({"customer_id": "suresh"}, "customer_id"),
        ({"invoice_number": "26-27/00077"}, "invoice_number"),
        ({"invoice_date": TODAY - dt.timedelta(days=1)}, "invoice_date"),
        ({"previous_balance": 100}, "previous_balance"),
        ({"balance_after": -99}, "balance_after"),
        ({"advance_used": 1}, "advance_used"),
        ({"amount_paid": 99}, "amount_paid"),
        ({"remaining_balance": 1}, "remaining_balance"),
        ({"status": "Unpaid"}, "status"),
        ({"open_due_date": TODAY}, "open_due_date"),
        ({"applied_seq": 7}, "applied_seq"),
    ],
)
def test_the_invoice_in_an_entry_says_how_things_stood(entries, fields, fault):
    faults = check_customer(with_invoice(entries, "c", **fields))

    assert f"Entry 8 (c) carries an invoice with a wrong {fault}" in faults


def test_an_advance_is_used_for_what_the_money_handed_over_does_not_cover(entries):
    """The opening used what there was, 1.00; a hundred more paise would be another's money."""
    assert entries[8].invoice.advance_used == 100
    faults = check_customer(with_invoice(entries, "o", advance_used=0))
    assert "Entry 9 (o) carries an invoice with a wrong advance_used" in faults


@pytest.mark.parametrize("total", [50, 52])
def test_a_line_is_rounded_half_up_to_a_paisa(entries, total):
    """Half of 1.01 is 0.51."""
    salt, wheat = entries[0].invoice.items
    wrong = [salt.model_copy(update={"total_price": total}), wheat]

    faults = check_customer(with_invoice(entries, "a", items=wrong))

    assert "Entry 1 (a) has a wrong total on line 1" in faults


def test_an_invoice_is_the_sum_of_its_lines(entries):
    _salt, wheat = entries[0].invoice.items

    faults = check_customer(with_invoice(entries, "a", items=[wheat]))

    assert faults == ["Entry 1 (a) has a total that is not the sum of its lines"]


@pytest.mark.parametrize(
    ("op", "fault"),
    [
        ("cancel b", "cancels b once more"),
        ("undo p", "undoes p once more"),
        ("restore b", "restores what cancel b took back, which is back already"),
    ],
)
def test_nothing_is_taken_back_twice(entries, op, fault):
    (first,) = (entry for entry in entries if entry.op == op)
    place = entries.index(first) + 1
    again = first.model_copy(update={"id": "again", "seq": place + 1})

    assert said(check_customer([*entries[:place], again]), f"(again) {fault}")


def test_what_was_put_back_can_be_taken_back_again(entries):
    """The last entry of sound books does that to nothing; here a cancel is repeated, rightly."""
    restored = entries[6]
    cancel = entries[3].model_copy(
        update={
            "id": "cancel b again",
            "seq": 8,
            "before": restored.after,
            "after": restored.after - 300,
            "open": [one for one in restored.open if one.invoice_id != "b"],
            "allocations": [],
            "advance": 0,
        }
    )
    assert check_customer([*entries[:7], cancel]) == []


class TestNumbers:
    def test_one_that_is_left_out_is_named(self, entries):
        (fault, *_) = check_numbers([one for one in entries if one.op != "b"])
        assert fault == "Invoice numbers are missing before 26-27/00003: 1"

    def test_one_that_is_there_twice_is_named(self, entries):
        twice = altered(entries, "b", number_key=number_key(2026, 1), invoice_number="26-27/00001")
        faults = check_numbers(twice)
        assert "Invoice number 26-27/00001 is there twice" in faults

    def test_the_first_is_one(self, entries):
        (fault,) = check_numbers([one for one in entries if one.op == "d"])
        assert fault == "Invoice numbers are missing before 26-27/00005: 4"

    def test_the_paper_says_what_is_counted(self, entries):
        (fault,) = check_numbers(altered(entries, "d", invoice_number="26-27/00050"))
        assert fault == "Invoice 26-27/00050 is counted as 26-27/00005"

    def test_each_year_counts_from_one(self, entries):
        later = altered(entries, "d", number_key=number_key(2027, 1), invoice_number="27-28/00001")
        assert check_numbers(later) == []

    @pytest.mark.parametrize(
        "printed", ["2627/00005", "2026/00005", "KGM/26-27/00005", "7/2627/00005"]
    )
    def test_the_firm_may_have_changed_how_they_look(self, entries, printed):
        assert check_numbers(altered(entries, "d", invoice_number=printed)) == []

    @pytest.mark.parametrize(
        "printed",
        ["2728/00005", "2027/00005", "KGM/26-27/00006", "KGMX/2627/00005", "26-27", "2627/5", ""],
    )
    def test_in_every_style_the_paper_says_what_is_counted(self, entries, printed):
        (fault,) = check_numbers(altered(entries, "d", invoice_number=printed))
        assert fault == f"Invoice {printed} is counted as 26-27/00005"

    def test_2020_21_is_not_printed_as_2021(self, entries):
        first = [one for one in entries if one.op == "a"]
        printed = altered(first, "a", number_key=number_key(2020, 1), invoice_number="2021/00001")
        (fault,) = check_numbers(printed)
        assert fault == "Invoice 2021/00001 is counted as 20-21/00001"
