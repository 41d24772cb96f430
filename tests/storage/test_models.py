"""The models: the schema's own examples are read as they stand, and nothing else gets in."""

import datetime as dt
from decimal import Decimal

import pytest
from pydantic import ValidationError

from storage.models import Customer, Invoice, InvoiceItem, SignIn, Status, User

CUSTOMER = {
    "_id": "unique_customer_id",
    "name": "Customer Name",
    "phone": "123-456-7890",
    "email": "customer@example.com",
    "address": "Customer Address",
    "business_type": "Retail",
    "total_outstanding_balance": 5000,
    "profile_image": "url_to_customer_image.jpg",
}
INVOICE = {
    "_id": "unique_invoice_id",
    "customer_id": "unique_customer_id",
    "created_by_user_id": "unique_user_id",
    "invoice_date": "2024-08-01",
    "due_date": "2024-08-15",
    "previous_balance": 2000,
    "total_amount": 10000,
    "amount_paid": 6000,
    "remaining_balance": 4000,
    "status": "Partial",
    "items": [
        {"item_name": "Product A", "quantity": 10, "price_per_unit": 500, "total_price": 5000},
        {"item_name": "Product B", "quantity": 10, "price_per_unit": 500, "total_price": 5000},
    ],
    "download_link": "invoice_url.pdf",
}
USER = {
    "_id": "unique_user_id",
    "name": "Partner Name",
    "phone": "123-456-7890",
    "role": "partner",
    "registration_date": "2024-08-01",
    "profile_image": "url_to_user_image.jpg",
}
AUTHENTICATION = {
    "_id": "123456789",
    "phone": "123-456-7890",
    "otp": "123456",
    "otp_expiration": "2024-08-10T14:37:00Z",
    "verified": True,
    "session_token": "unique_session_token",
    "session_expiration": "2024-08-10T16:37:00Z",
}
EXAMPLES = {
    "customers": (Customer, CUSTOMER),
    "invoices": (Invoice, INVOICE),
    "users": (User, USER),
    "authentication": (SignIn, AUTHENTICATION),
}


def as_we_write(value):
    """The plain form, with quantities as text and moments to the millisecond."""
    match value:
        case dict():
            return {
                key: str(inner) if key == "quantity" else as_we_write(inner)
                for key, inner in value.items()
            }
        case list():
            return [as_we_write(inner) for inner in value]
        case str() if value.endswith("00Z"):
            return value.replace("00Z", "00.000Z")
    return value


@pytest.mark.parametrize("collection", EXAMPLES)
def test_an_example_of_the_schema_goes_through_the_store_and_stays_what_it_was(store, collection):
    model, example = EXAMPLES[collection]
    documents = store._database[collection]
    documents.insert_one(dict(example))

    read = model.read(documents.find_one({"_id": example["_id"]}))
    documents.replace_one({"_id": read.id}, read.stored())
    again = documents.find_one({"_id": example["_id"]})

    assert again.items() >= as_we_write(example).items()
    assert model.read(again) == read


def test_the_schemas_examples_are_read_by_the_collections(store):
    for collection, (_, example) in EXAMPLES.items():
        store._database[collection].insert_one(dict(example))

    assert store.customers.get("unique_customer_id").total_outstanding_balance == 5000
    assert store.users.by_phone("123-456-7890").registration_date == dt.date(2024, 8, 1)
    invoice = store.invoices.get("unique_invoice_id")
    assert invoice.status is Status.PARTIAL
    assert invoice.items[0].quantity == Decimal(10)
    assert store.sign_ins.get(123456789).otp_expiration == dt.datetime(
        2024, 8, 10, 14, 37, tzinfo=dt.UTC
    )


def test_fields_of_a_later_version_are_read_over():
    assert Customer.read({**CUSTOMER, "credit_limit": 7}) == Customer.read(CUSTOMER)


def test_unknown_fields_are_never_written():
    with pytest.raises(ValidationError, match="credit_limit"):
        Customer(id="c1", name="Ramesh", credit_limit=7)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total_amount", 100.0),
        ("total_amount", "100"),
        ("total_amount", -1),
        ("total_amount", 10**15),
        ("total_amount", True),
        ("status", "Nearly paid"),
        ("due_date", "31-12-2026"),
        ("due_date", "2026-02-30"),
        ("items", [{**INVOICE["items"][0], "quantity": "0"}]),
        ("items", [{**INVOICE["items"][0], "quantity": "1.2345"}]),
        ("items", [{**INVOICE["items"][0], "quantity": "NaN"}]),
        ("items", [{**INVOICE["items"][0], "quantity": "ten"}]),
        ("items", [{**INVOICE["items"][0], "quantity": True}]),
    ],
)
def test_what_is_no_money_day_quantity_or_status_is_refused(field, value):
    with pytest.raises(ValidationError):
        Invoice.read({**INVOICE, field: value})


@pytest.mark.parametrize("moment", ["2024-08-10T14:37:00", "10 August", ""])
def test_a_moment_without_a_zone_is_refused(moment):
    with pytest.raises(ValidationError):
        SignIn.read({**AUTHENTICATION, "otp_expiration": moment})


@pytest.mark.parametrize(
    ("quantity", "stored"),
    [("52.500", "52.5"), ("10", "10"), ("100", "100"), ("0.001", "0.001"), ("1E+2", "100")],
)
def test_a_quantity_is_kept_in_plain_digits(quantity, stored):
    item = InvoiceItem(
        item_name="Wheat", quantity=Decimal(quantity), price_per_unit=1, total_price=1
    )

    assert item.stored()["quantity"] == stored
    assert InvoiceItem.read(item.stored()) == item


def test_instants_are_kept_at_one_width_so_that_they_sort_as_text():
    early = dt.datetime(2026, 8, 1, 9, 0, tzinfo=dt.UTC)
    late = early.astimezone(dt.timezone(dt.timedelta(hours=5, minutes=30))) + dt.timedelta(
        milliseconds=1
    )

    stored = [
        Customer(id="c1", name="Ramesh", used_at=moment).stored()["used_at"]
        for moment in (early, late)
    ]

    assert stored == ["2026-08-01T09:00:00.000Z", "2026-08-01T09:00:00.001Z"]


def test_a_document_cannot_be_changed_in_place():
    with pytest.raises(ValidationError, match="frozen"):
        Customer.read(CUSTOMER).name = "Somebody else"
