"""What does not add up is refused, in words that say what is wrong and where; nothing cascades."""

from decimal import Decimal

import pytest

from bot.importing.ids import kept_id
from bot.invoices import MAX_ITEMS
from storage.models import Customer, User
from tests.bot.importing.old_books import bill, customer, invoice, item, user, without


def refusals(planning, customers=(), invoices=(), users=()) -> list[str]:
    """Without the name of the file, which :mod:`test_reading` looks at."""
    plan = planning.plan(customers, invoices, users)
    return [line.removeprefix(f"{planning.folder / 'old.json'}, ") for line in plan.refused]


def only(planning, customers=(), invoices=(), users=()) -> str:
    (line,) = refusals(planning, customers, invoices, users)
    return line


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"items": [item(total_price=5001), item()]}, "item 1: total_price is 5,001.00, but"),
        ({"items": [item(), item(quantity=0)]}, "item 2: quantity is 0; it is more than 0"),
        ({"items": [item(quantity=-1)]}, "quantity is -1; it is more than 0"),
        ({"items": [item(quantity=10**9)]}, "at most 99,99,99,999"),
        ({"items": [item(quantity=Decimal("1.0005"))]}, "at most three decimals, e.g. 1"),
        ({"items": [item(quantity=Decimal("1e-9999999"))]}, "at most three decimals, e.g. 0"),
        ({"items": [item(quantity="10")]}, "item 1: quantity is “10”, which is not a number"),
        ({"items": [item(price_per_unit=Decimal("0.005"))]}, "finer than a paisa"),
        ({"items": [item(unit="000")]}, "“000” is not a word"),
        ({"items": [item(unit="×3")]}, "“×3” is not a word"),
        ({"items": [item(item_name=" ")]}, "item 1: item_name is missing"),
        ({"items": [item(item_name="x" * 81)]}, "81 characters; at most 80"),
        ({"items": [item(unit="x" * 13)]}, "item 1: The unit has 13 characters; at most 12"),
        ({"items": [item(unit=5)]}, "item 1: unit is 5, which is not text"),
        ({"items": ["wheat"]}, "item 1: it is no document"),
        ({"items": []}, "items are missing"),
        ({"items": {"item_name": "wheat"}}, "items are missing"),
        ({"items": [item()] * (MAX_ITEMS + 1)}, "1001 items; at most 1000"),
        ({"total_amount": 10001}, "total_amount is 10,001.00, but the items add up to 10,000.00"),
        ({"total_amount": Decimal("10000.005")}, "total_amount is 10000.005, finer than a paisa"),
        ({"total_amount": "10000"}, "total_amount is “10000”, which is not a number"),
        ({"total_amount": True}, "total_amount is True, which is not a number"),
        ({"total_amount": {"$numberDouble": "NaN"}}, "total_amount is NaN, which is not a number"),
        ({"total_amount": Decimal("1e999999")}, "the books hold up to 99,99,99,99,999.99"),
        ({"total_amount": None}, "total_amount is missing"),
        ({"amount_paid": -1}, "amount_paid is -1; it is 0 or more"),
        ({"amount_paid": 10001}, "amount_paid is 10,001.00, more than the total_amount"),
        ({"remaining_balance": 4001}, "total_amount − amount_paid is 4,000.00"),
        (
            {"remaining_balance": 6000},
            "includes the previous balance, 2,000.00. What is left of this invoice alone is 4,000",
        ),
        ({"status": "Paid"}, "status is “Paid”, but by its amounts it is “Partial”"),
        ({"status": "Void"}, "status is “Void”, but by its amounts it is “Partial”"),
        ({"invoice_date": "2024-08-32"}, "“2024-08-32”, which is no date; write it like"),
        ({"invoice_date": "01/08/2024"}, "which is no date"),
        ({"invoice_date": 20240801}, "invoice_date is 20240801, which is not text"),
        ({"invoice_date": "1999-12-31"}, "a date is from 2000-01-01 to 2099-12-31"),
        ({"invoice_date": "2026-08-02", "due_date": "2026-09-01"}, "still to come"),
        ({"due_date": "2024-07-31"}, "due_date is 2024-07-31, before the invoice_date"),
        ({"due_date": "9999-12-31T23:59:59Z"}, "due_date is “9999-12-31T23:59:59Z”"),
        ({"_id": None}, "_id is missing"),
        ({"_id": "x" * 201}, "_id is longer than 200"),
        ({"_id": True}, "_id is True, which is neither"),
        ({"customer_id": ["unique_customer_id"]}, "customer_id is"),
    ],
)
def test_an_invoice_that_does_not_add_up_in_itself(planning, changes, words):
    line = only(
        planning, [customer()] if "customer_id" not in changes else [], [invoice(**changes)]
    )

    assert words in line
    assert line.startswith("document 1, invoice")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "name is missing"),
        ({"name": "\u200b"}, "name is missing"),
        ({"name": 7}, "name is 7, which is not text"),
        ({"name": "\u0301"}, "The customer's name is empty"),
        ({"name": "\ud800"}, "broken character"),
        ({"phone": "98765 4321"}, "phone: “98765 4321” is not a phone number that exists"),
        ({"phone": "98765 43210 ext 5"}, "phone: “98765 43210 ext 5” is not a phone number"),
        ({"email": "at home"}, "email: “at home” is not an email address"),
        ({"address": "x" * 161}, "161 characters; at most 160"),
        ({"total_outstanding_balance": 1}, "total_outstanding_balance is 1.00, but in these"),
        ({"total_outstanding_balance": -5}, "is -5.00: an advance cannot be brought in"),
        ({"total_outstanding_balance": None}, "total_outstanding_balance is missing"),
        ({"total_outstanding_balance": Decimal("1e9999999")}, "hold up to 99,99,99,99,999.99"),
        ({"total_outstanding_balance": Decimal("-1e9999999")}, "hold up to 99,99,99,99,999.99"),
        ({"total_outstanding_balance": Decimal("1e-9999999")}, "finer than a paisa"),
        ({"total_outstanding_balance": Decimal(f"100.{'0' * 30}1")}, "finer than a paisa"),
    ],
)
def test_a_customer_who_does_not_add_up(planning, changes, words):
    line = only(planning, [customer(total_outstanding_balance=0) | changes])

    assert words in line
    assert line.startswith("document 1, customer “unique_customer_id”: ")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"phone": None}, "phone is missing"),
        ({"phone": "123-456-7890"}, "phone: “123-456-7890” is not a mobile number"),
        ({"phone": Decimal("9876543210.5")}, "which is not text"),
        ({"role": "viewer"}, "role is “viewer”. Whoever is brought in may do all"),
        ({"registration_date": None}, "registration_date is missing"),
    ],
)
def test_a_user_who_does_not_add_up(planning, changes, words):
    assert words in only(planning, users=[user(**changes)])


def test_an_invoice_needs_its_customer(planning):
    line = only(planning, [], [invoice()])

    assert line.startswith(
        "document 1, invoice “unique_invoice_id”: its customer_id is that of no"
    )


def test_a_customer_of_an_earlier_import_will_do(planning):
    planning.run([customer(total_outstanding_balance=0)])

    assert refusals(planning, [], [invoice()]) == []


def test_what_a_customer_owes_is_what_is_left_of_their_invoices(planning):
    line = only(planning, [customer(total_outstanding_balance=5000)], [invoice()])

    assert (
        "total_outstanding_balance is 5,000.00, but in these files 4,000.00 is left to pay" in line
    )


def test_a_refused_document_is_not_refused_again_by_what_refers_to_it(planning):
    assert "status" in only(planning, [customer()], [invoice(status="Void")])
    assert "phone" in only(planning, [customer(phone="12")], [invoice()])


def test_all_that_is_wrong_with_one_invoice_is_said_in_one_run(planning):
    bad = invoice(due_date="2024-07-31", items=[], amount_paid=1, remaining_balance=2)

    in_itself, among_all = refusals(planning, [], [bad])

    assert "due_date is 2024-07-31, before the invoice_date" in in_itself
    assert "; items are missing" in in_itself
    assert "; remaining_balance is 2.00, but total_amount − amount_paid is 9,999.00" in in_itself
    assert "its customer_id is that of no customer" in among_all


def test_one_fault_is_said_once(planning):
    line = only(planning, [customer()], [invoice(total_amount=None)])

    assert line.count("total_amount is missing") == 1


@pytest.mark.parametrize(
    ("customers", "invoices"),
    [
        ([customer()], [invoice(status="Void")]),
        ([customer(total_outstanding_balance=1)], []),
        ([customer(), customer()], [invoice()]),
        ([customer()], [invoice(), invoice()]),
    ],
    ids=["an invoice in itself", "a balance", "a customer twice", "an invoice twice"],
)
def test_nobody_is_said_to_owe_what_cannot_be_told(planning, customers, invoices):
    other = customer(_id="other", phone=None, total_outstanding_balance=0)

    plan = planning.plan([*customers, other], invoices)

    assert len(plan.refused) == 1
    assert [one.customer.id for one in plan.owing] == [kept_id("customers", "other")]


def test_every_refused_document_is_named_at_once(planning):
    bad = [invoice(_id=n, status="Void") for n in range(3)]

    assert [line[:22] for line in refusals(planning, [customer()], bad)] == [
        "document 1, invoice “0",
        "document 2, invoice “1",
        "document 3, invoice “2",
    ]


@pytest.mark.parametrize(
    ("books", "words"),
    [
        (([customer(), customer(phone=None)], [invoice()]), "customer “unique_customer_id”"),
        (([customer()], [invoice(), invoice()]), "invoice “unique_invoice_id”"),
        (([], [], [user(), user(phone="98765 43212")]), "user “unique_user_id”"),
    ],
    ids=["customers", "invoices", "users"],
)
def test_one_id_is_one_document(planning, books, words):
    line = only(planning, *books)

    assert line.startswith(f"document 2, {words}: it has the _id of another: ")
    assert line.endswith(f"document 1, {words}")


def test_ids_of_mongodb_that_differ_only_in_case_are_one(planning):
    id = "66f1a2b3c4d5e6f708192a3b"
    twins = [
        customer(_id=own, phone=None, total_outstanding_balance=0) for own in (id, id.upper())
    ]

    assert "document 2, customer “66F1A2B3C4D5E6F708192A3B”: it has the _id of another" in only(
        planning, twins
    )


def test_two_customers_or_two_users_do_not_share_a_phone(planning):
    nothing = {"total_outstanding_balance": 0}
    namesake = customer(_id="b", phone="+91 12345 67890", **nothing)
    assert "document 2, customer “b”: it has the phone of another" in only(
        planning, [customer(**nothing), namesake]
    )
    assert "it has the phone of another" in only(planning, users=[user(), user(_id="b")])


def test_a_customer_may_have_the_phone_of_a_user_or_none(planning):
    others = [customer(_id=n, phone=None, total_outstanding_balance=0) for n in "ab"]
    same = customer(phone=user()["phone"], total_outstanding_balance=0)

    assert refusals(planning, [*others, same], users=[user()]) == []


def test_nobody_gets_the_phone_of_somebody_in_the_books(planning, clock):
    planning.store.customers.add(Customer(id="a", name="Ramesh", phone="+911234567890"))
    planning.store.users.add(
        User(id="b", name="Gurpreet", phone="+919876543211", registration_date=clock.today())
    )

    of_user, of_customer = refusals(
        planning, [customer(total_outstanding_balance=0)], users=[user()]
    )

    assert "phone +91 1234 567 890 is that of Ramesh, who is in the books" in of_customer
    assert "phone +91 98765 43211 is that of Gurpreet, who is in the books" in of_user


def test_what_a_customer_would_owe_stays_below_what_the_books_hold(planning):
    most = Decimal("99999999999.99")
    bills = [bill(most), bill(Decimal("0.01"), _id="2")]
    owes = customer(total_outstanding_balance=most)
    assert refusals(planning, [owes], bills[:1]) == []

    planning.run([owes], bills[:1])

    assert "Customer Name would owe 1,00,00,00,00,000.00" in only(planning, [], bills[1:])


CHANGED = "What was brought in is changed in the bot alone"


def test_what_is_in_the_books_does_not_come_with_other_content(planning):
    planning.run([customer()], [invoice()], [user()])

    assert refusals(planning, [customer()], [invoice()], [user()]) == []
    again = refusals(planning, [customer(phone=None)], [invoice()], [user(name="Ravi")])
    assert (
        "document 1, user “unique_user_id”: it is in the books already, with another name"
        in (again[0])
    )
    assert "with another phone" in again[1]
    assert all(CHANGED in line for line in again)


@pytest.mark.parametrize(
    "changes",
    [
        {"items": [item(), item(item_name="Product C")]},
        {"due_date": "2024-08-16"},
        {"invoice_date": "2024-07-31"},
        {"invoice_number": "A-17"},
    ],
)
def test_an_invoice_in_the_books_does_not_come_with_other_content(planning, changes):
    planning.run([customer()], [invoice()])

    line = only(planning, [customer()], [invoice(**changes)])

    assert "it is in the books already, with another content" in line
    assert CHANGED in line


def test_an_id_that_the_books_know_is_not_used_for_another_invoice(planning):
    planning.run([customer()], [invoice()])
    taken = kept_id("invoices", "unique_invoice_id")

    line = only(planning, [], [bill(5, _id=taken, customer_id="unique_customer_id")])

    assert "with another content" in line


def test_a_missing_due_date_or_phone_or_email_is_fine(planning):
    bare = without(customer(), "phone", "email", "address", "business_type", "profile_image")
    plan = planning.plan([bare], [without(invoice(), "due_date", "download_link")])

    assert plan.refused == []
    assert plan.openings[0].invoice.due_date == plan.openings[0].invoice.invoice_date
    assert plan.openings[0].invoice.download_link == ""
