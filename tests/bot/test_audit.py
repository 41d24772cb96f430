"""The check of all books, and the repair of what shows them."""

import pytest

from bot.audit import audit, repair
from tests.bot.books import change, every_kind, keep, remove, sell


@pytest.fixture
def books(store):
    """The store, with twelve entries of Ramesh and all that shows them."""
    keep(store, every_kind())
    return store


def contents(store, collection):
    return sorted(store._database[collection].find(), key=lambda document: document["_id"])


def test_of_sound_books_one_sentence_says_all(books):
    found = audit(books)

    assert str(found) == "2 customers, 12 entries, 0 differences"
    assert found.differences == found.to_repair == ()


def test_of_no_books_too(store):
    assert str(audit(store)) == "0 customers, 0 entries, 0 differences"


VIEWS = {
    "a total": (
        ("customers", "ramesh", {"total_outstanding_balance": 1}),
        "Ramesh: The customer shows total_outstanding_balance 0.01, not 3.00",
    ),
    "an advance": (
        ("customers", "ramesh", {"advance": 1}),
        "Ramesh: The customer shows advance 0.01, not 1.00",
    ),
    "a total below nothing": (
        ("customers", "ramesh", {"total_outstanding_balance": -1}),
        (
            "ramesh: The customer ramesh cannot be relied on: total_outstanding_balance: "
            "Input should be greater than or equal to 0"
        ),
    ),
    "an advance below nothing, of long ago": (
        ("customers", "ramesh", {"advance": -1, "applied_seq": 3}),
        (
            "ramesh: The customer ramesh cannot be relied on: advance: "
            "Input should be greater than or equal to 0"
        ),
    ),
    "less entries than none": (
        ("customers", "ramesh", {"applied_seq": -3}),
        "Ramesh: The customer shows applied_seq -3, not 12",
    ),
    "a debt without entries": (
        ("customers", "suresh", {"total_outstanding_balance": 500}),
        "Suresh: The customer shows total_outstanding_balance 5.00, not 0.00",
    ),
    "what is paid": (
        ("invoices", "o", {"amount_paid": 1}),
        "Ramesh: Invoice 26-27/00004 shows amount_paid 0.01, not 1.50",
    ),
    "the paper": (
        ("invoices", "o", {"customer_name": "Suresh"}),
        "Ramesh: Invoice 26-27/00004 shows customer_name Suresh, not Ramesh",
    ),
    "the day to remind by": (
        ("invoices", "o", {"open_due_day": 20260101}),
        "Ramesh: Invoice o cannot be relied on: open_due_day: 20260101 is not 20261207",
    ),
    "a status there is not": (
        ("invoices", "o", {"status": "Lost"}),
        (
            "Ramesh: Invoice o cannot be relied on: status: "
            "Input should be 'Unpaid', 'Partial', 'Paid' or 'Cancelled'"
        ),
    ),
    "whose it is": (
        ("invoices", "o", {"customer_id": "suresh"}),
        "Ramesh: Invoice 26-27/00004 is not shown",
    ),
    "an amount": (
        ("payments", "q", {"amount": 1}),
        "Ramesh: Payment q shows amount 0.01, not 0.50",
    ),
    "an amount that is none": (
        ("payments", "q", {"amount": "much"}),
        "Ramesh: Payment q cannot be relied on: amount: Input should be a valid integer",
    ),
    "an undo": (
        ("payments", "p", {"undone": None}),
        "Ramesh: Payment p shows undone nothing, not Ravi",
    ),
    "whose money it is": (
        ("payments", "q", {"customer_id": "suresh"}),
        "Ramesh: Payment q is not shown",
    ),
}


@pytest.mark.parametrize(("where", "fault"), VIEWS.values(), ids=VIEWS)
def test_a_view_that_is_wrong_is_named_and_repaired_from_the_ledger(books, where, fault):
    ledger = contents(books, "ledger")
    views = [contents(books, name) for name in ("invoices", "payments")]
    balance = books.customers.get("ramesh")
    collection, id, wrong = where
    change(books, collection, id, **wrong)

    found = audit(books)
    assert fault in found.views
    assert found.ledger == ()

    mended = repair(books, found.to_repair)
    assert fault in mended
    assert audit(books).differences == ()
    assert [contents(books, name) for name in ("invoices", "payments")] == views
    assert books.customers.get("ramesh") == balance
    assert contents(books, "ledger") == ledger


@pytest.mark.parametrize(
    ("collection", "id", "fault"),
    [
        ("invoices", "a", "Ramesh: Invoice 26-27/00001 is not shown"),
        ("payments", "p", "Ramesh: Payment p is not shown"),
    ],
)
def test_a_view_that_is_missing_is_made_again(books, collection, id, fault):
    views = contents(books, collection)
    remove(books, collection, id)

    found = audit(books)

    assert found.views == (fault,)
    assert repair(books, found.to_repair) == (fault,)
    assert contents(books, collection) == views


def test_all_views_at_once_come_back(books):
    for collection in ("invoices", "payments"):
        books._database[collection].delete_many({})
    change(books, "customers", "ramesh", total_outstanding_balance=9, advance=9)

    found = audit(books)
    assert len(found.views) == 11
    assert len(repair(books, found.to_repair)) == 11
    assert audit(books).differences == ()


def test_only_what_is_wrong_is_written(books, monkeypatch):
    change(books, "invoices", "o", amount_paid=1)
    set_back, written = books.inspection.set_back, []

    def noted(model, id, *rest):
        written.append(id)
        set_back(model, id, *rest)

    monkeypatch.setattr(books.inspection, "set_back", noted)
    repair(books, ["ramesh", "suresh"])

    assert written == ["o"]


def test_what_only_lags_is_caught_up_with_and_no_difference(books):
    expected = [contents(books, name) for name in ("customers", "invoices", "payments")]
    for collection in ("invoices", "payments"):
        books._database[collection].delete_many({})
    nothing = {"applied_seq": 0, "total_outstanding_balance": 0, "advance": 0}
    change(books, "customers", "ramesh", **nothing)

    assert audit(books).differences == ()
    assert [contents(books, name) for name in ("customers", "invoices", "payments")] == expected


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"advance": 7}, "Ramesh: Entry 3 (p) carries an advance of 0.07, not 0.00"),
        ({"advance": -7}, "Ramesh: Entry p cannot be relied on: advance: "),
        ({"position": "ramesh:00000099"}, "Ramesh: Entry p cannot be relied on: position: "),
    ],
)
def test_what_is_wrong_in_the_ledger_is_named_and_left_alone(books, fields, fault):
    """And so is what shows it: that may be all that is right."""
    change(books, "ledger", "p", **fields)
    change(books, "invoices", "a", amount_paid=1)
    before = [contents(books, name) for name in ("ledger", "customers", "invoices", "payments")]

    found = audit(books)

    assert found.ledger[0].startswith(fault)
    assert found.views == found.to_repair == ()
    assert repair(books, ["ramesh"]) == ()
    after = [contents(books, name) for name in ("ledger", "customers", "invoices", "payments")]
    assert after == before


LOST = "The ledger has lost entries. "


@pytest.mark.parametrize(
    ("collection", "id", "shown", "fault"),
    [
        ("customers", "ramesh", 13, "Ramesh: {}The customer ramesh is shown up to entry 13"),
        ("customers", "suresh", 1, "Suresh: {}The customer suresh is shown up to entry 1"),
        ("invoices", "o", 13, "Ramesh: {}Invoice o is shown up to entry 13"),
        ("payments", "q", 13, "Ramesh: {}Payment q is shown up to entry 13"),
    ],
)
def test_what_is_shown_further_than_the_ledger_goes_is_the_ledgers_loss(
    books, collection, id, shown, fault
):
    """No view is ahead by lagging, so it may be all that is left of what was lost."""
    change(books, collection, id, applied_seq=shown)
    before = [contents(books, name) for name in ("ledger", "customers", "invoices", "payments")]

    found = audit(books)

    ends = 0 if id == "suresh" else 12
    assert found.ledger == (f"{fault.format(LOST)}, and the ledger ends at {ends}",)
    assert found.views == found.to_repair == ()
    assert repair(books, [id, "ramesh"]) == ()
    after = [contents(books, name) for name in ("ledger", "customers", "invoices", "payments")]
    assert after == before


def test_a_last_entry_that_is_gone_is_missed_by_all_that_shows_it(books):
    """It leaves no gap, and its invoice is the only trace of what it did."""
    remove(books, "ledger", "drop c")

    found = audit(books)

    said = "Ramesh: {}{} is shown up to entry 12, and the ledger ends at 11"
    assert found.ledger == tuple(
        said.format(LOST, what) for what in ("The customer ramesh", "Invoice c")
    )
    assert repair(books, ["ramesh"]) == ()


def test_one_customers_wrong_ledger_hides_nothing_of_another(books, clock):
    sell(books, clock, "s", "suresh")
    change(books, "ledger", "p", kind="gift")
    change(books, "invoices", "s", amount_paid=1)

    found = audit(books)

    assert len(found.ledger) == 1
    assert found.views == ("Suresh: Invoice 26-27/00006 shows amount_paid 0.01, not 0.00",)
    assert found.to_repair == ("suresh",)


def test_a_number_that_is_missing_is_named(books):
    books._database["ledger"].update_one(
        {"_id": "d"}, {"$set": {"number_key": 2026 * 10**7 + 9, "invoice_number": "26-27/00009"}}
    )

    found = audit(books)

    assert found.ledger[0] == "Invoice numbers are missing before 26-27/00009: 4"


def test_an_entry_that_no_customers_account_reaches_is_missed(books):
    """The last one of an account leaves no gap behind."""
    change(books, "ledger", "drop c", position="elsewhere")

    assert "1 document is of no customer" in audit(books).ledger


@pytest.mark.parametrize(("collection", "id"), [("invoices", "a"), ("payments", "p")])
def test_a_view_of_nobody_is_counted(books, collection, id):
    change(books, collection, id, customer_id=None)

    assert "1 document is of no customer" in audit(books).views


@pytest.mark.parametrize("collection", ["invoices", "payments"])
def test_what_no_entry_explains_is_named_and_never_removed(books, collection):
    """It may be all that is left of an entry that was lost."""
    stray = {
        **contents(books, collection)[0],
        "_id": "z",
        "customer_id": "suresh",
        "applied_seq": 0,
    }
    books._database[collection].insert_one(stray)
    kind = {"invoices": "Invoice", "payments": "Payment"}[collection]

    found = audit(books)

    assert found.views == (f"Suresh: {kind} z is shown, and in no entry",)
    assert repair(books, found.to_repair) == ()
    assert audit(books).views == found.views
    assert stray in contents(books, collection)


def test_entries_of_a_customer_who_is_gone_are_named(books):
    remove(books, "customers", "ramesh")

    found = audit(books)

    assert found.views == ("ramesh: There is no such customer.",)
    assert str(found) == "1 customer, 12 entries, 1 difference"
    assert repair(books, found.to_repair) == ()
