"""Invoices: views that only move forward, listed newest first, found when they fall due."""

import datetime as dt
from decimal import Decimal

import pytest

from storage.models import Invoice, InvoiceItem, Status

DUE = dt.date(2026, 8, 15)
MORNING = dt.datetime(2026, 8, 1, 9, 0, tzinfo=dt.UTC)


def item(name: str = "Wheat", price: int = 2425_00, unit: str = "") -> InvoiceItem:
    return InvoiceItem(
        item_name=name,
        quantity=Decimal("1.5"),
        unit=unit,
        price_per_unit=price,
        total_price=price * 3 // 2,
    )


def invoice(id: str, *, minute: int = 0, paid: int = 0, **fields) -> Invoice:
    values = {
        "customer_id": "c1",
        "created_by_user_id": "u1",
        "invoice_date": MORNING.date(),
        "due_date": DUE,
        "previous_balance": -500,
        "total_amount": 1000,
        "amount_paid": paid,
        "remaining_balance": 1000 - paid,
        "status": Status.PAID if paid == 1000 else Status.PARTIAL if paid else Status.UNPAID,
        "items": [item()],
        "download_link": "https://t.me/bot?start=inv_1",
        "created_at": MORNING + dt.timedelta(minutes=minute),
        "applied_seq": 1,
        "open_due_date": DUE if paid < 1000 else None,
    }
    return Invoice(id=id, **{**values, **fields})


def ids(invoices):
    return [found.id for found in invoices]


def test_an_invoice_comes_back_as_it_was_posted(store):
    posted = invoice(
        "i1",
        invoice_number="26-27/00042",
        customer_name="राम <b>सिंह</b>",
        items=[item(), item("Rice 😀", 10)],
    )
    store.invoices.bring_up_to(posted)

    assert store.invoices.get("i1") == posted
    assert store.invoices.by_number("26-27/00042") == posted
    assert store.invoices.get("i2") is None
    assert store.invoices.by_number("26-27/00043") is None


def test_an_invoice_moves_forward_and_never_back(store):
    unpaid, partial, paid = (
        invoice("i1", paid=paid, applied_seq=seq) for seq, paid in [(1, 0), (2, 400), (3, 1000)]
    )
    store.invoices.bring_up_to(unpaid)
    store.invoices.bring_up_to(paid)
    store.invoices.bring_up_to(partial)
    store.invoices.bring_up_to(paid)

    assert store.invoices.get("i1") == paid
    assert store.invoices.count() == 1


def test_of_many_writers_the_latest_state_stays(embedded_store, together):
    def write(number):
        embedded_store.invoices.bring_up_to(invoice("i1", paid=number * 100, applied_seq=number))

    together(write, 10)

    shown = embedded_store.invoices.get("i1")
    assert (shown.applied_seq, shown.amount_paid) == (9, 900)


def test_lists_are_newest_first(store):
    for minute, customer_id in enumerate(["c1", "c2", "c1", "c1"]):
        store.invoices.bring_up_to(invoice(f"i{minute}", minute=minute, customer_id=customer_id))

    assert ids(store.invoices.page(0, 3)) == ["i3", "i2", "i1"]
    assert ids(store.invoices.page(3, 3)) == ["i0"]
    assert ids(store.invoices.of_customer("c1", 0, 2)) == ["i3", "i2"]
    assert ids(store.invoices.of_customer("c1", 2, 2)) == ["i0"]
    assert store.invoices.count() == 4
    assert store.invoices.count_of_customer("c1") == 3
    assert store.invoices.count_of_customer("nobody") == 0


def owed(store) -> tuple[int, int]:
    """How many invoices of u1 are due, and what is left on them."""
    days = store.invoices.due_days("u1", DUE)
    return sum(one.count for one in days), sum(one.left for one in days)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(dt.date(2026, 8, 14), []), (DUE, ["i1"]), (dt.date(2026, 9, 1), ["i1", "later"])],
)
def test_what_is_due_by_a_day_is_open_and_oldest_first(store, day, expected):
    end = dt.date(2026, 8, 31)
    store.invoices.bring_up_to(invoice("later", due_date=end, open_due_date=end))
    store.invoices.bring_up_to(invoice("settled", paid=1000))
    store.invoices.bring_up_to(invoice("i1", paid=400))

    found = store.invoices.oldest_due("u1", day, 10)

    assert ids(found) == expected
    days = store.invoices.due_days("u1", day)
    assert sorted((one.day, one.count, one.left) for one in days) == [
        (one.due_date, 1, one.remaining_balance) for one in found
    ]


def test_of_all_that_is_due_the_oldest_are_read_and_the_rest_is_added_up(store):
    for number in range(1, 6):
        due = dt.date(2026, 8, number)
        store.invoices.bring_up_to(
            invoice(f"i{number}", paid=number, due_date=due, open_due_date=due)
        )

    assert ids(store.invoices.oldest_due("u1", DUE, 2)) == ["i1", "i2"]
    assert owed(store) == (5, 5 * 1000 - (1 + 2 + 3 + 4 + 5))


def test_of_those_due_on_one_day_the_first_made_come_first(store):
    for minute, paid in ((3, 0), (1, 100), (2, 900)):
        store.invoices.bring_up_to(invoice(f"i{minute}", minute=minute, paid=paid))

    assert ids(store.invoices.oldest_due("u1", DUE, 2)) == ["i1", "i2"]


def test_what_is_left_is_of_now_after_every_change(store):
    store.invoices.bring_up_to(invoice("i1"), new=True)
    store.invoices.bring_up_to(invoice("i2", paid=100), new=True)
    assert owed(store) == (2, 1900)
    store.invoices.bring_up_to(invoice("i1", paid=400, applied_seq=2))
    assert owed(store) == (2, 1500)
    store.invoices.bring_up_to(invoice("i2", paid=1000, applied_seq=3))
    assert owed(store) == (1, 600)
    store.invoices.bring_up_to(invoice("i2", paid=100, applied_seq=4))
    assert owed(store) == (2, 1500)


def test_each_due_invoice_is_of_the_partner_who_made_it(store):
    for maker in ("u1", "u10", "u2"):
        store.invoices.bring_up_to(invoice(f"of-{maker}", created_by_user_id=maker))
    store.invoices.bring_up_to(invoice("settled", created_by_user_id="u3", paid=1000))

    makers = store.invoices.makers_of_open()

    assert {one: ids(store.invoices.oldest_due(one, DUE, 5)) for one in makers} == {
        "u1": ["of-u1"],
        "u10": ["of-u10"],
        "u2": ["of-u2"],
    }


def test_a_settled_invoice_is_due_no_more(store):
    store.invoices.bring_up_to(invoice("i1"))
    store.invoices.bring_up_to(invoice("i1", paid=1000, applied_seq=2))

    assert store.invoices.makers_of_open() == []
    assert owed(store) == (0, 0)
    kept = store._database["invoices"].find_one({"_id": "i1"})
    assert not {"open_due_date", "open_due_day", "open_due_place"} & kept.keys()


def test_what_an_earlier_version_kept_as_due_is_due_from_the_next_start_on(store):
    store.invoices.bring_up_to(invoice("i1"))
    store.invoices.bring_up_to(invoice("settled", paid=1000))
    kept = store._database["invoices"]
    kept.update_one({"_id": "i1"}, {"$unset": {"open_due_place": ""}})
    assert owed(store) == (0, 0)

    store.invoices.prepare()

    assert ids(store.invoices.oldest_due("u1", DUE, 5)) == ["i1"]
    assert kept.find_one({"_id": "settled"}).get("open_due_place") is None


def test_an_index_of_an_earlier_version_goes_when_a_wider_one_stands_for_it(store):
    kept = store._database["invoices"]
    made = kept.index_information().keys()
    kept.create_index("open_due_place")
    assert kept.index_information().keys() > made

    store.invoices.prepare()

    assert kept.index_information().keys() == made


def test_whose_invoices_are_due_longest_come_first_and_once(store):
    for number, (customer, day) in enumerate([("c1", 9), ("c2", 3), ("c1", 1), ("c3", 5)]):
        due = dt.date(2026, 8, day)
        store.invoices.bring_up_to(
            invoice(f"i{number}", customer_id=customer, due_date=due, open_due_date=due)
        )
    store.invoices.bring_up_to(invoice("settled", customer_id="c4", paid=1000))

    assert store.invoices.longest_due(5) == ["c1", "c2", "c3"]
    assert store.invoices.longest_due(2) == ["c1", "c2"]


def test_recent_items_are_each_name_once_with_its_last_price(store):
    store.invoices.bring_up_to(invoice("i1", items=[item("Wheat", 100), item("Rice", 200)]))
    store.invoices.bring_up_to(
        invoice("i2", minute=1, items=[item("  WHEAT", 150), item("Onion", 300)])
    )

    recent = store.invoices.recent_items(5)

    assert [(found.item_name, found.price_per_unit) for found in recent] == [
        ("  WHEAT", 150),
        ("Onion", 300),
        ("Rice", 200),
    ]
    assert store.invoices.recent_items(1) == recent[:1]


def test_of_a_recent_item_the_last_price_by_each_unit_is_known(store):
    by_bag, by_quintal = item("Wheat", 100, "bags"), item("Wheat", 200, "q")
    store.invoices.bring_up_to(invoice("i1", items=[by_bag, item("Wheat", 150, "q")]))
    store.invoices.bring_up_to(invoice("i2", minute=1, items=[by_quintal]))

    assert store.invoices.recent_items(5) == [by_quintal, by_bag]


def test_without_invoices_there_are_no_recent_items(store):
    assert store.invoices.recent_items(5) == []
