"""The ledger as a collection: what it lets in, and what it finds."""

import datetime as dt

import pytest

from storage.errors import Outpaced
from storage.models import Allocation, Customer, EntryKind, LedgerEntry, LedgerLine, OpenInvoice

MOMENT = dt.datetime(2026, 11, 22, 9, 30, 15, 439_000, tzinfo=dt.UTC)
YEAR_2026 = 2026 * 10_000_000


def entry(
    op: str, customer_id: str = "ramesh", seq: int = 1, *, serial: int | None = None
) -> LedgerEntry:
    return LedgerEntry(
        id=op,
        customer_id=customer_id,
        seq=seq,
        kind=EntryKind.INVOICE if serial else EntryKind.PAYMENT,
        amount=500,
        before=0,
        after=500,
        open=[
            OpenInvoice(invoice_id=op, number="26-27/00001", due_date=MOMENT.date(), due=500),
        ],
        allocations=[],
        advance=0,
        invoice_number=f"26-27/{serial:05}" if serial else None,
        number_key=YEAR_2026 + serial if serial else None,
        actor="partner",
        at=MOMENT,
        payload_hash="hash",
    )


def test_what_is_appended_is_read_back_as_it_was(store):
    first = entry("op1", serial=1)
    store.ledger.append(first)

    assert store.ledger.by_op("op1") == first
    assert store.ledger.head("ramesh") == first
    assert store.ledger.entries("ramesh") == [first]


def test_a_customer_without_entries_has_no_head(store):
    store.ledger.append(entry("op1", "suresh"))

    assert store.ledger.head("ramesh") is None
    assert store.ledger.by_op("never") is None
    assert store.ledger.entries("ramesh") == []


def test_the_head_is_the_entry_with_the_highest_seq_of_this_customer_alone(store):
    for seq in (1, 2, 9, 10, 11, 100):
        store.ledger.append(entry(f"r{seq}", "ramesh", seq))
    for neighbour in ("rames", "ramesh0", "ramesha", "rameshz", "q", "z"):
        store.ledger.append(entry(f"{neighbour} 999", neighbour, 999))

    assert store.ledger.head("ramesh").seq == 100
    assert [one.seq for one in store.ledger.entries("ramesh", after_seq=9)] == [10, 11, 100]


def test_an_account_has_moved_once_anything_is_posted_after(store):
    store.ledger.append(entry("op1", serial=1))
    store.ledger.append(entry("op2", "suresh", 1, serial=2))
    assert not store.ledger.has_moved_since("op1")
    store.ledger.append(entry("op3", "ramesh", 2))
    assert store.ledger.has_moved_since("op1")
    assert not store.ledger.has_moved_since("op3")
    assert not store.ledger.has_moved_since("never")


@pytest.mark.parametrize(
    "late",
    [
        pytest.param(entry("op2", "ramesh", 1, serial=2), id="the same place after the head"),
        pytest.param(entry("op1", "ramesh", 2, serial=2), id="the same operation"),
        pytest.param(entry("op2", "suresh", 1, serial=1), id="the same invoice number"),
        pytest.param(
            entry("op2", "suresh", 1, serial=1).model_copy(
                update={"invoice_number": "26-27/00002"}
            ),
            id="the same number in the year",
        ),
        pytest.param(
            entry("op2", "suresh", 1, serial=2).model_copy(
                update={"invoice_number": "26-27/00001"}
            ),
            id="the same number on paper",
        ),
    ],
)
def test_of_two_writers_who_want_the_same_the_second_is_outpaced(store, late):
    first = entry("op1", "ramesh", 1, serial=1)
    store.ledger.append(first)

    with pytest.raises(Outpaced):
        store.ledger.append(late)

    assert store.ledger.entries("ramesh") == [first]
    assert store.ledger.entries("suresh") == []


def test_entries_without_a_number_do_not_get_in_each_others_way(store):
    for seq in (1, 2, 3):
        store.ledger.append(entry(f"op{seq}", "ramesh", seq))

    assert store.ledger.head("ramesh").seq == 3
    assert store.ledger.last_number(2026) == 0


def test_the_last_number_is_the_highest_of_its_year(store):
    for seq, serial in enumerate((1, 3, 2), 1):
        store.ledger.append(entry(f"op{serial}", "ramesh", seq, serial=serial))

    assert store.ledger.last_number(2026) == 3
    assert store.ledger.last_number(2025) == 0
    assert store.ledger.last_number(2027) == 0


def test_preparing_again_keeps_everything(store):
    store.ledger.append(entry("op1", serial=1))

    store.ledger.prepare()

    assert store.ledger.last_number(2026) == 1
    with pytest.raises(Outpaced):
        store.ledger.append(entry("op2", serial=1))


def test_only_customers_whose_views_lag_are_behind(store):
    for id in ("ramesh", "suresh", "mahesh"):
        store.customers.add(Customer(id=id, name=id))
    assert store.ledger.customers_behind() == []

    for id, seq in (("ramesh", 1), ("ramesh", 2), ("suresh", 1)):
        store.ledger.append(entry(f"{id}{seq}", id, seq))
    assert store.ledger.customers_behind() == ["ramesh", "suresh"]

    for id, seq in (("ramesh", 1), ("suresh", 1)):
        store.customers.bring_up_to(id, seq=seq, outstanding=500, advance=0, used_at=MOMENT)
    assert store.ledger.customers_behind() == ["ramesh"]

    store.customers.bring_up_to("ramesh", seq=2, outstanding=500, advance=0, used_at=MOMENT)
    assert store.ledger.customers_behind() == []


def test_entries_of_a_customer_who_is_gone_hold_nobody_up(store):
    store.ledger.append(entry("op1", "gone"))

    assert store.ledger.customers_behind() == []


def test_an_account_is_read_a_page_at_a_time_and_whole(store, monkeypatch):
    monkeypatch.setattr("storage.ledger.PAGE", 3)
    for seq in range(1, 8):
        store.ledger.append(entry(f"r{seq}", "ramesh", seq))

    for after in range(8):
        read = store.ledger.entries("ramesh", after)
        assert [one.seq for one in read] == list(range(after + 1, 8))


@pytest.mark.parametrize("count", [0, 1, 5, 6, 7])
def test_in_a_history_the_last_entry_alone_says_what_is_open(store, monkeypatch, count):
    monkeypatch.setattr("storage.ledger.PAGE", 3)
    for neighbour in ("rames", "ramesha"):
        store.ledger.append(entry(neighbour, neighbour))
    for seq in range(1, count + 1):
        store.ledger.append(entry(f"r{seq}", "ramesh", seq, serial=seq))

    whole = store.ledger.entries("ramesh")

    earlier = [one.model_copy(update={"open": []}) for one in whole[:-1]]
    assert store.ledger.history("ramesh") == [*earlier, *whole[-1:]]


def test_a_history_ends_where_the_books_stood_when_it_was_asked_for(store, monkeypatch):
    for seq in (1, 2, 3):
        store.ledger.append(entry(f"r{seq}", "ramesh", seq))
    second = store.ledger.by_op("r2")
    monkeypatch.setattr(store.ledger, "head", {"ramesh": second}.get)

    assert [one.seq for one in store.ledger.history("ramesh")] == [1, 2]


def test_about_an_invoice_is_what_made_it_and_what_moved_money_on_it(store):
    moved = {"allocations": [Allocation(invoice_id="r1", amount=100)]}
    cancelled = {"invoice_id": "r1"}
    for seq, touches in enumerate(({}, {}, moved, {}, cancelled), 1):
        store.ledger.append(entry(f"r{seq}", "ramesh", seq).model_copy(update=touches))

    assert [one.seq for one in store.ledger.about("ramesh", "r1")] == [1, 3, 5]


@pytest.mark.parametrize("count", [0, 5, 6, 7])
def test_the_lines_of_an_account_are_its_entries_in_order_a_page_at_a_time(
    store, monkeypatch, count
):
    monkeypatch.setattr("storage.ledger.LINES", 3)
    for neighbour in ("rames", "ramesha"):
        store.ledger.append(entry(neighbour, neighbour))
    moved = {"allocations": [Allocation(invoice_id="r1", amount=100)], "restores": "r2"}
    for seq in range(1, count + 1):
        one = entry(f"r{seq}", "ramesh", seq, serial=seq)
        store.ledger.append(one.model_copy(update=moved))

    entries, lines = store.ledger.entries("ramesh"), store.ledger.lines("ramesh")

    assert [line.seq for line in lines] == list(range(1, count + 1))
    for line, whole in zip(lines, entries, strict=True):
        assert line.goods == whole.amount + whole.paid
        shared = LedgerLine.model_fields.keys() - {"date"}
        assert line.model_dump(include=shared) == whole.model_dump(include=shared)
        assert line.day == whole.day


@pytest.mark.parametrize("last", [9, 10, 11, 12, 13, 99])
def test_lines_are_read_from_one_entry_on_up_to_another(store, monkeypatch, last):
    monkeypatch.setattr("storage.ledger.LINES", 3)
    for seq in range(1, 13):
        store.ledger.append(entry(f"r{seq}", "ramesh", seq))
    store.ledger.append(entry("neighbour", "ramesha", 10))

    lines = store.ledger.lines("ramesh", after_seq=9, upto_seq=last)

    assert [line.seq for line in lines] == list(range(10, min(last, 12) + 1))


def test_what_was_posted_since_a_moment_is_found_whoever_it_is_of(store, monkeypatch):
    monkeypatch.setattr("storage.ledger.PAGE", 2)
    for second in range(7):
        moment = MOMENT + dt.timedelta(milliseconds=400 * second)
        posted = entry(f"op{second}", f"customer {second % 3}", 1 + second // 3)
        store.ledger.append(posted.model_copy(update={"at": moment}))

    since = store.ledger.since(MOMENT + dt.timedelta(milliseconds=800))

    assert [line.op for line in since] == ["op6", "op5", "op4", "op3", "op2"]
    assert store.ledger.count() == len(store.ledger.since(MOMENT)) == 7
    assert store.ledger.since(MOMENT + dt.timedelta(days=1)) == []


def test_what_is_posted_while_pages_are_read_neither_hides_nor_doubles_any(store, monkeypatch):
    monkeypatch.setattr("storage.ledger.PAGE", 2)
    for seq in range(1, 6):
        at = MOMENT + dt.timedelta(seconds=seq)
        store.ledger.append(entry(f"op{seq}", seq=seq).model_copy(update={"at": at}))
    read, later = LedgerLine.read, iter(range(6, 9))

    def and_another_is_posted(document):
        if (seq := next(later, None)) is not None:
            at = MOMENT + dt.timedelta(seconds=seq)
            store.ledger.append(entry(f"op{seq}", seq=seq).model_copy(update={"at": at}))
        return read(document)

    monkeypatch.setattr(LedgerLine, "read", and_another_is_posted)

    since = [line.op for line in store.ledger.since(MOMENT)]

    assert since == ["op5", "op4", "op3", "op2", "op1"]
