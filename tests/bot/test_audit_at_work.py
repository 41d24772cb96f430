"""The check of all books and the repair of what shows them, while others post, and killed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.audit import audit, repair
from bot.posting import catch_up_all
from storage.models import Customer
from tests.bot.books import change, every_kind, keep, receive, remove, sell


@pytest.fixture
def books(store):
    """The store, with twelve entries of Ramesh and all that shows them."""
    keep(store, every_kind())
    return store


def test_while_others_post_there_is_no_false_alarm(embedded_store, clock):
    store = embedded_store
    names = [f"customer {n}" for n in range(6)]
    for name in names:
        store.customers.add(Customer(id=name, name=name))

    def work(writer):
        for n in range(12):
            name = names[(writer + n) % 6]
            sell(store, clock, f"{writer} sells {n}", name, paid=50_000 * (n % 2))
            receive(store, clock, f"{writer} receives {n}", name)

    with ThreadPoolExecutor(4) as threads:
        writers = [threads.submit(work, writer) for writer in range(4)]
        during = []
        while not all(writer.done() for writer in writers):
            during.append(audit(store))
    for writer in writers:
        writer.result()

    assert [found.differences for found in during] == [()] * len(during)
    assert str(audit(store)) == "6 customers, 96 entries, 0 differences"


def test_a_customer_who_is_never_at_rest_is_no_false_alarm(books, clock, monkeypatch):
    monkeypatch.setattr("bot.audit.time.sleep", lambda _seconds: None)
    monkeypatch.setattr("bot.audit.TRIES", 5)
    read, posted = books.inspection.books_of, []

    def read_while_others_sell(customer_id):
        first = read(customer_id)
        if customer_id == "ramesh":
            posted.append(f"sold {len(posted)}")
            sell(books, clock, posted[-1])
        return replace(read(customer_id), customer=first.customer)

    monkeypatch.setattr(books.inspection, "books_of", read_while_others_sell)
    found = audit(books)

    assert len(posted) == 5
    assert found.differences == ()


@pytest.mark.parametrize("missing", [True, False])
def test_a_view_that_is_written_while_it_is_repaired_is_not_put_back(
    books, clock, monkeypatch, missing
):
    """A partner takes the money for an invoice just as its view is about to be repaired."""
    if missing:
        remove(books, "invoices", "d")
    change(books, "invoices", "o", amount_paid=1)
    change(books, "customers", "ramesh", advance=9)
    set_back, paid = books.inspection.set_back, []

    def set_back_too_late(*args):
        if not paid:
            receive(books, clock, "just now")
        paid.append(True)
        set_back(*args)

    monkeypatch.setattr(books.inspection, "set_back", set_back_too_late)
    repair(books, ["ramesh"])

    assert paid
    assert audit(books).differences == ()
    assert books.invoices.get("o").amount_paid == 250


def test_killed_in_the_middle_of_a_repair_the_next_one_finishes_it(books, monkeypatch):
    change(books, "invoices", "o", amount_paid=1)
    change(books, "customers", "ramesh", advance=9)
    expected = books.customers.get("suresh")

    def killed(*_args, **_named):
        raise KeyboardInterrupt

    for part in (books.invoices, books.customers):
        with monkeypatch.context() as dying:
            dying.setattr(part, "bring_up_to", killed)
            with pytest.raises(KeyboardInterrupt):
                repair(books, ["ramesh"])
    catch_up_all(books)
    repair(books, audit(books).to_repair)

    assert audit(books).differences == ()
    assert books.customers.get("suresh") == expected
