"""A whole export: every sheet, and that all of it adds up."""

import datetime as dt
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from bot.drawing import DrawingProcess
from bot.export import making, order
from bot.export.making import ExportTooLarge, file_name, make_export
from bot.export.period import Period
from bot.invoices import NewInvoice, NewItem, create_invoice
from bot.payments import NewPayment, record_payment
from bot.reversals import NewReversal, reverse
from storage.ids import new_id
from storage.models import Customer, FirmProfile, PaymentMethod
from tests.bot.asking import PARTNER
from tests.bot.books import every_kind, keep, receive, sell
from tests.bot.desks import desk_of
from tests.bot.export.reading_back import WHO, about, exported, paise, rows, total

CHECKOUT = Path(__file__).parents[3]
DAY = dt.timedelta(days=1)
SHEETS = ["About", "Customers", "Invoices", "Items", "Payments", "Ledger"]


@pytest.fixture
def busy(store, clock):
    """A few days of a few customers: sold, paid, cancelled, undone, put back."""
    for number, name in enumerate(("Suresh", "ramesh", "=1+1")):
        store.customers.add(Customer(id=f"c{number}", name=name, phone=f"+9198765000{number:02}"))
    for number in range(12):
        sell(store, clock, f"s{number}", f"c{number % 2}", paid=number % 3 * 1000)
        clock.advance(hours=9)
        receive(store, clock, f"r{number}", f"c{number % 2}")
        clock.advance(hours=9)
    for target in ({"invoice_id": "s3"}, {"payment_id": "r4"}, {"invoice_id": "s5"}):
        order = NewReversal(op=new_id(), reason="wrong", **target)
        reverse(store, clock, order, by=PARTNER, standing_on=None)
        clock.advance(days=1)
    return store


def test_it_has_a_sheet_of_each_kind(busy, clock, tmp_path):
    book = exported(busy, clock, tmp_path)

    assert book.sheetnames == SHEETS
    assert [len(rows(sheet)) for sheet in book.worksheets[1:]] == [3, 12, 12, 20, 27]


def test_all_days_add_up(busy, clock, tmp_path):
    book = exported(busy, clock, tmp_path)
    said, ledger = about(book), book["Ledger"]
    closing = busy.customers.totals()

    assert paise(said["Closing balance"][0]) == closing.outstanding - closing.advance
    assert said["Opening balance"][0] == said["Difference"][0] == 0
    assert total(book["Customers"], "Left to pay now") == closing.outstanding
    assert total(book["Customers"], "Advance held now") == closing.advance
    assert total(ledger, "Goods") - total(ledger, "Money") == paise(said["Closing balance"][0])
    assert total(book["Items"], "Total") == total(book["Invoices"], "Total")
    assert total(book["Invoices"], "Total") == paise(said["Invoices made"][0])
    assert total(book["Payments"], "Amount") == -paise(said["Payments received"][0])


@pytest.mark.parametrize("split", [0, 1, 4, 9, 12])
def test_periods_follow_each_other(busy, clock, tmp_path, split):
    first = busy.ledger.lines("c0")[0].day
    last = first + DAY * split
    before = exported(busy, clock, tmp_path, Period(first, last))
    after = exported(busy, clock, tmp_path, Period(last + DAY, None))

    assert about(before)["Closing balance"] == about(after)["Opening balance"]
    assert about(before)["Difference"][0] == about(after)["Difference"][0] == 0
    assert len(rows(before["Ledger"])) + len(rows(after["Ledger"])) == busy.ledger.count()
    assert len(rows(before["Invoices"])) + len(rows(after["Invoices"])) == 12
    assert len(rows(before["Customers"])) == len(rows(after["Customers"])) == 3
    days = [row["Date"].date() for row in rows(before["Ledger"])]
    assert all(first <= day <= last for day in days)


def test_the_ledger_goes_on_from_line_to_line_for_each_customer(busy, clock, tmp_path):
    book = exported(busy, clock, tmp_path)
    stands = {}
    for row in rows(book["Ledger"]):
        before, after = paise(row["Balance before"]), paise(row["Balance after"])
        assert before == stands.get(row["Customer id"], 0)
        assert after == before + paise(row["Goods"]) - paise(row["Money"])
        stands[row["Customer id"]] = after
    closing = {
        row["Customer id"]: paise(row["Closing balance"]) for row in rows(book["Customers"])
    }
    assert closing == {"c2": 0, **stands}


def test_who_what_and_when(store, clock, tmp_path):
    keep(store, every_kind())
    store.firm.save(FirmProfile(id="firm", name="Khanna Grain", address="Mandi\nKhanna"))
    book = exported(store, clock, tmp_path)
    said = about(book)

    assert book["About"]["A1"].value == "Books of Khanna Grain"
    assert said["Address"][0] == "Mandi, Khanna"
    assert (said["Made by"][0], said["Currency"][0]) == ("Ravi", "INR")
    assert str(said["Made at"][0]) == "2026-08-01 14:30:00"
    assert said["Ledger"][:3] == (12, "Goods", 12.5)
    cancelled = rows(book["Invoices"])[2]
    assert (cancelled["Status now"], cancelled["Left to pay now"]) == ("Cancelled", 0)
    assert (cancelled["Cancelled by"], cancelled["Reason"]) == ("Ravi", "wrong amount")
    undone = [row for row in rows(book["Payments"]) if row["Status now"] == "Undone"]
    assert [(row["Entry id"], row["Undone by"]) for row in undone] == [("p", "Ravi")]
    brought = [row for row in rows(book["Ledger"]) if row["Kind"] == "Brought forward"]
    assert [(row["Invoice"], row["Posted by"]) for row in brought] == [("26-27/00004", "Import")]


def test_an_item_has_its_own_numbers(store, clock, tmp_path):
    store.customers.add(Customer(id="c", name="Ramesh"))
    item = NewItem("=wheat", Decimal("52.125"), 2425_33, "बोरी")
    order = NewInvoice("o", "c", (item,), 0, clock.today(), clock.today())
    create_invoice(store, clock, order, by=PARTNER, link=str, standing_on=None)

    (row,) = rows(exported(store, clock, tmp_path)["Items"])

    assert (row["Item"], row["Quantity"], row["Unit"]) == ("=wheat", 52.125, "बोरी")
    assert (paise(row["Price per unit"]), paise(row["Total"])) == (2425_33, order.total)
    assert (row["Invoice"], str(row["Date"])) == ("26-27/00001", "2026-08-01 00:00:00")


def test_a_payment_says_how_it_came_and_where_it_went(store, clock, tmp_path):
    store.customers.add(Customer(id="c", name="Ramesh"))
    sell(store, clock, "s", "c")
    (invoice,) = store.invoices.page(0, 2)
    money = NewPayment(
        "p", "c", invoice.total_amount + 500, clock.today(), PaymentMethod.UPI, "@4821"
    )
    record_payment(store, clock, money, by=PARTNER, standing_on=None)

    (row,) = rows(exported(store, clock, tmp_path)["Payments"])

    assert (row["Method"], row["Reference"], row["Put to invoices"]) == (
        "UPI",
        "@4821",
        "26-27/00001",
    )
    assert (row["Kept as advance"], row["Status now"]) == (5, "In the books")


def test_it_is_the_same_however_little_is_held_at_a_time(busy, clock, tmp_path, monkeypatch):
    desk = desk_of(busy, clock, data_dir=tmp_path)
    whole = make_export(desk, WHO, Period())
    monkeypatch.setattr(order, "AT_ONCE", 3)
    monkeypatch.setattr("storage.accounts.PAGE", 2)

    assert make_export(desk, WHO, Period()) == whole


def test_it_is_drawn_elsewhere_and_nothing_stays(busy, clock, tmp_path):
    desk = desk_of(busy, clock, data_dir=tmp_path)
    here = make_export(desk, WHO, Period())
    with DrawingProcess(lasting=False) as drawing:
        object.__setattr__(desk, "draw_long", drawing.draw)
        assert make_export(desk, WHO, Period()) == here
        assert drawing._child is None
    assert not list((tmp_path / "export").iterdir())


def test_the_bot_itself_loads_nothing_of_what_writes_it():
    loads = "import sys, bot.app; print(any(name == 'xlsxwriter' for name in sys.modules))"
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", loads], cwd=CHECKOUT, capture_output=True, check=True
    )
    assert said.stdout == b"False\n"


def test_what_a_killed_process_left_is_taken_away(store, clock, tmp_path):
    (tmp_path / "export" / "old").mkdir(parents=True)
    (tmp_path / "export" / "old" / "accounts").write_bytes(pickle.dumps("old"))
    exported(store, clock, tmp_path)

    assert not list((tmp_path / "export").iterdir())


def test_books_without_anything_are_books(store, clock, tmp_path):
    book = exported(store, clock, tmp_path)

    assert book.sheetnames == SHEETS
    assert about(book)["Difference"][0] == 0


def test_entries_of_somebody_who_is_not_there_are_not_left_out(store, clock, tmp_path):
    keep(store, every_kind())
    store._database["customers"].delete_one({"_id": "ramesh"})
    book = exported(store, clock, tmp_path)

    assert len(rows(book["Ledger"])) == 12
    assert {row["Customer"] for row in rows(book["Ledger"])} == {"ramesh"}


def test_what_telegram_does_not_take_is_said(store, clock, tmp_path, monkeypatch):
    monkeypatch.setattr(making, "LARGEST", 1_000)
    with pytest.raises(ExportTooLarge, match=r"Take fewer days, e\.g\. 1/4 - 30/6"):
        make_export(desk_of(store, clock, data_dir=tmp_path), WHO, Period())


@pytest.mark.parametrize(
    ("firm", "name"),
    [
        ("Khanna Grain Merchants", "Khanna Grain Merchants 2026-04-01 to 2026-06-30.xlsx"),
        ("A/B: *Sons*", "A-B-Sons 2026-04-01 to 2026-06-30.xlsx"),
        ("K" * 80, f"{'K' * 35} 2026-04-01 to 2026-06-30.xlsx"),
        ("…", "Books 2026-04-01 to 2026-06-30.xlsx"),
        (None, "Ravi 2026-04-01 to 2026-06-30.xlsx"),
    ],
)
def test_the_file_is_named_by_firm_and_days(store, clock, firm, name):
    store.firm.save(FirmProfile(id="firm", name=firm))
    period = Period(dt.date(2026, 4, 1), dt.date(2026, 6, 30))

    assert file_name(desk_of(store, clock), WHO, period) == name


def test_that_of_all_days_says_up_to_when(store, clock):
    assert file_name(desk_of(store, clock), WHO, Period()) == "Ravi to 2026-08-01.xlsx"
