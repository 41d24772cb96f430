"""The forms that old data comes in; numbers stay what they were, digit by digit."""

from decimal import Decimal

import pytest

from bot.errors import StartError
from bot.importing.ids import kept_id
from bot.importing.reading import read_files
from tests.bot.importing.old_books import (
    BILL,
    RAMESH,
    as_json,
    customer,
    invoice,
    item,
    user,
    without,
)

BOOKS = [customer(), invoice(), user()]


@pytest.mark.parametrize(
    "text",
    [
        as_json(BOOKS),
        as_json({"customers": BOOKS[:1], "invoices": BOOKS[1:2], "users": BOOKS[2:]}),
        "\n".join(map(as_json, BOOKS)),
        "\ufeff" + as_json(BOOKS),
        "\r\n\r\n".join(map(as_json, BOOKS)) + "\r\n",
        as_json(BOOKS[:1]) + as_json({"invoices": BOOKS[1:2]}) + as_json(BOOKS[2]),
    ],
    ids=["array", "by collection", "one a line", "byte order mark", "carriage returns", "mixed"],
)
def test_every_form_gives_the_same_documents(planning, text):
    reading = planning.read(text)

    assert [(one.collection, one.fields) for one in reading.documents] == [
        ("customers", customer()),
        ("invoices", invoice()),
        ("users", user()),
    ]
    assert not reading.refused
    assert not reading.ignored


def test_documents_spread_over_lines_are_read_too(planning):
    text = as_json(customer()).replace(", ", ",\n  ")

    assert [one.fields for one in planning.read(text).documents] == [customer()]


def test_every_script_is_read(planning):
    (document,) = planning.read('{"business_type": "थोक", "name": "रमेश"}').documents

    assert document.fields == {"business_type": "थोक", "name": "रमेश"}


def test_mongodbs_extended_json_is_read(planning):
    day = {"$date": {"$numberLong": "1722450600000"}}  # midnight in India, the day before in UTC
    number = {"$numberDecimal": "10000.00"}
    extended = [
        customer(_id={"$oid": "66f1a2b3c4d5e6f708192a3b"}, phone={"$numberLong": "9876543210"}),
        invoice(
            customer_id={"$oid": "66f1a2b3c4d5e6f708192a3b"},
            invoice_date=day,
            due_date={"$date": "2024-08-15T00:00:00Z"},
            total_amount=number,
            amount_paid={"$numberInt": "6000"},
            remaining_balance={"$numberDouble": "4000.0"},
        ),
    ]

    plan = planning.plan(extended[:1], extended[1:])

    assert plan.refused == []
    (found,) = plan.openings
    assert found.invoice.customer_id == "66f1a2b3c4d5e6f708192a3b"
    assert found.invoice.customer_phone == "+919876543210"
    assert str(found.invoice.invoice_date) == "2024-08-01"
    assert str(found.invoice.due_date) == "2024-08-15"
    assert (found.invoice.total_amount, found.paid) == (10_000_00, 6_000_00)


def test_a_number_is_what_it_was_to_the_last_digit(planning):
    text = '{"items": [], "total_amount": 99999999999.990000000000000000001, "amount_paid": 0.10}'

    (document,) = planning.read(text).documents

    assert document.fields["total_amount"] == Decimal("99999999999.990000000000000000001")
    assert document.fields["amount_paid"] == Decimal("0.10")


@pytest.mark.parametrize(
    ("document", "collection"),
    [
        (without(customer(), "business_type"), "customers"),
        (without(invoice(), "items"), "invoices"),
        (without(user(), "role"), "users"),
    ],
)
def test_a_collection_is_told_by_its_fields(planning, document, collection):
    (found,) = planning.read(as_json(document)).documents

    assert found.collection == collection


def test_a_document_that_could_be_several_things_is_what_its_file_is_called(planning):
    vague = {"_id": 1, "name": "Ravi", "phone": "98765 43210"}

    (found,) = planning.read(as_json(vague), "old-Customers.json").documents

    assert found.collection == "customers"


def test_a_customer_who_lists_their_invoices_is_one_document(planning):
    listing = customer(invoices=["a", "b"])

    assert [one.fields for one in planning.read(as_json(listing)).documents] == [listing]


def test_what_nothing_tells_is_refused(planning):
    reading = planning.read('[{"name": "Ravi"}, 5, {"role": "x", "business_type": "y"}]')

    assert reading.documents == []
    assert [line.split("old.json, ")[1][:30] for line in reading.refused] == [
        "document 1: it cannot be told ",
        "document 2: it is no document,",
        "document 3: it cannot be told ",
    ]
    assert "e.g. customers.json" in reading.refused[0]


def test_a_document_is_named_by_its_file_place_and_id(planning):
    (_, found) = planning.read(as_json([customer(), invoice(_id=17)])).documents

    assert found.where == f"{planning.folder / 'old.json'}, document 2, invoice “17”"


def test_sessions_and_unknown_collections_are_listed_as_ignored(planning):
    reading = planning.read('{"users": [], "authentication": [{"otp": "1"}], "logs": [1, 2]}')

    assert reading.documents == []
    assert reading.refused == []
    assert dict(reading.ignored) == {
        "“authentication” (partners sign in anew)": 1,
        "“logs”": 2,
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "old.json is empty"),
        (" \n", "old.json is empty"),
        ("\ufeff", "old.json is empty"),
        ("name,phone\nRavi,98765", "no JSON: in line 1, column 1"),
        ('[\n{"_id": 1},\n]', "no JSON: in line 3, column 1"),
        ('{"_id": 1}\n{"_id": ', "no JSON: in line 2"),
        ('{"a": 1}\n{"total_amount": NaN}', "begins in line 2"),
        ('{"total_amount": 1e9999999999999999999}', "a number that is none"),
        ('{"total_amount": ' + "9" * 5000 + "}", "too large"),
        ("[" * 100_000, "too deep"),
        ("रमेश".encode("utf-16"), "no UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(planning, text, words):
    with pytest.raises(StartError) as refused:
        planning.read(text)

    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 400


def test_a_file_that_is_not_there_is_named(planning):
    with pytest.raises(StartError, match=r"none\.json cannot be read: No such file"):
        read_files([planning.folder / "none.json"])


def test_what_extended_json_wraps_wrongly_is_refused_by_its_field(planning):
    wrong = invoice(total_amount={"$numberDecimal": "ten"}, items=[item()])

    (refusal,) = planning.plan([customer()], [wrong]).refused

    assert "total_amount is" in refusal
    assert "not a number" in refusal


@pytest.mark.parametrize(
    ("once", "twice", "key"),
    [
        ('"amount_paid": 6000', '"amount_paid": 0, "amount_paid": 6000', "amount_paid"),
        ('"quantity": 10', '"quantity": 10, "quantity": 10', "quantity"),
        ('"_id": "unique_invoice_id"', '"_id": {"$oid": "a", "$oid": "b"}', "$oid"),
    ],
    ids=["a field", "a field of an item", "in extended JSON"],
)
def test_a_key_that_stands_twice_is_refused_by_its_name(planning, once, twice, key):
    text = as_json([customer(), invoice()]).replace(once, twice)
    assert twice in text

    (refusal,) = planning.plan_of(planning.read(text)).refused

    assert f"“{key}” stands in it more than once in one object" in refusal
    assert "document 2, invoice" in refusal


def test_a_collection_that_stands_twice_in_one_object_stops_the_import(planning):
    with pytest.raises(StartError, match="“users” twice in one object"):
        planning.read('{"users": [], "users": []}')


def test_ids_are_kept_or_made_the_same_every_time():
    assert kept_id("customers", "66f1a2b3c4d5e6f708192a3b") == "66f1a2b3c4d5e6f708192a3b"
    assert kept_id("customers", "unique_customer_id") == RAMESH
    assert len({RAMESH, BILL, kept_id("users", "unique_customer_id"), kept_id("users", "1")}) == 4
    for made in (RAMESH, BILL):
        assert len(made) == 24
        int(made, 16)


@pytest.mark.parametrize("old", ["123456789012345678901234", "66f1a2b3c4d5e6f708192a  "])
def test_what_only_looks_like_an_objectid_gets_a_made_id(old):
    made = kept_id("customers", old)

    assert made != old
    assert len(made) == 24
    assert made[0] == "d", "never all decimal digits"
    int(made, 16)
