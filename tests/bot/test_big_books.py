"""The large books of the bench are books as the bot would have kept them."""

import pytest

from benchmarks import big_books
from bot.audit import audit
from storage.database import open_store

TIMES = 3


@pytest.fixture
def books(tmp_path, monkeypatch):
    monkeypatch.setattr(big_books, "CUSTOMERS", 6)
    monkeypatch.setattr(big_books, "INVOICES", 24)
    monkeypatch.setattr(big_books, "OPEN", 3)
    big_books.make(tmp_path / "books")
    return tmp_path / "books"


def test_all_copies_of_the_books_add_up(books):
    big_books.multiply(books, TIMES)

    with open_store(None, books) as store:
        assert str(audit(store)) == "18 customers, 135 entries, 0 differences"
        assert store.invoices.count() == 24 * TIMES
        assert store.payments.count() == (24 - 3) * TIMES
        due = [
            day
            for maker in store.invoices.makers_of_open()
            for day in store.invoices.due_days(maker, big_books.CLOCK.today().replace(year=9999))
        ]
        assert sum(one.count for one in due) == 3 * TIMES


def test_each_copy_has_names_numbers_and_moments_of_its_own(books):
    big_books.multiply(books, TIMES)

    with open_store(None, books) as store:
        copies = [store.invoices.get(big_books.invoice_id(5, copy)) for copy in range(TIMES)]
        customers = [store.customers.get(big_books.customer_id(1, copy)) for copy in range(TIMES)]

    assert [one.invoice_number for one in copies] == ["25-26/00016", "25-26/00017", "25-26/00018"]
    assert [one.created_at.second for one in copies] == [0, 20, 40]
    assert len({one.name for one in customers}) == len({one.phone for one in customers}) == TIMES
    assert [one.name for one in customers] == [big_books.name_of(1, n) for n in range(TIMES)]


def test_the_books_are_the_same_each_time(books, tmp_path):
    big_books.make(tmp_path / "again")
    with open_store(None, books) as first, open_store(None, tmp_path / "again") as second:
        assert first.invoices.page(0, 99) == second.invoices.page(0, 99)
        assert first.payments.page(0, 99) == second.payments.page(0, 99)
