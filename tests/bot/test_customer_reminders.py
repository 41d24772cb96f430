"""Which rung of an invoice is due on which day, and what the text to the customer says."""

import datetime as dt
from decimal import Decimal

import pytest

from bot.customer_reminders import Due, due_of, may_send, rung_due
from bot.sharing import reminder_text
from storage.models import (
    Customer,
    CustomerReminder,
    DueInvoice,
    Invoice,
    InvoiceItem,
    Language,
    Reminding,
    Status,
)
from tests.bot.desks import desk_of

DUE = dt.date(2026, 8, 1)
ALWAYS = dt.date(2020, 1, 1)
RUNGS = (0, 3, 7)


def rung(days: int, *, due: dt.date = DUE, since: dt.date = ALWAYS, rungs=RUNGS) -> int | None:
    """Of an invoice that is so many days late."""
    return rung_due(due, today=due + dt.timedelta(days=days), since=since, rungs=rungs)


# Rungs


def test_each_rung_has_its_day_and_two_more_in_which_it_is_made_up_for():
    assert [rung(days) for days in range(-2, 12)] == [
        *(None, None),
        *(0, 0, 0),
        *(3, 3, 3, None),
        *(7, 7, 7, None, None),
    ]


def test_without_the_due_day_itself_nothing_is_said_on_it():
    assert [rung(days, rungs=(2,)) for days in range(6)] == [None, None, 2, 2, 2, None]


def test_of_rungs_close_together_only_the_newest_counts():
    assert [rung(days, rungs=(0, 1, 2)) for days in range(6)] == [0, 1, 2, 2, 2, None]


def test_no_rung_of_a_day_before_it_was_switched_on():
    switched_on = DUE + dt.timedelta(days=4)
    assert [rung(days, since=switched_on) for days in range(3, 9)] == [
        *(None, None, None, None),
        *(7, 7),
    ]


def test_the_rung_of_the_very_day_on_which_it_was_switched_on():
    assert rung(3, since=DUE + dt.timedelta(days=3)) == 3


@pytest.mark.parametrize(
    ("due", "today", "expected"),
    [
        (dt.date(2026, 8, 31), dt.date(2026, 9, 3), 3),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 3), 3),
        (dt.date(2026, 12, 29), dt.date(2027, 1, 5), 7),
        (dt.date(2028, 2, 29), dt.date(2028, 2, 29), 0),
        (dt.date(2028, 2, 26), dt.date(2028, 2, 29), 3),
        (dt.date(2028, 2, 27), dt.date(2028, 3, 1), 3),
        (dt.date(2027, 2, 26), dt.date(2027, 3, 1), 3),
    ],
)
def test_over_the_ends_of_months_and_years_and_a_leap_day(due, today, expected):
    assert rung_due(due, today=today, since=ALWAYS, rungs=RUNGS) == expected


def test_due_dates_at_the_ends_of_the_calendar():
    assert rung_due(dt.date.max, today=DUE, since=ALWAYS, rungs=(365,)) is None
    assert rung_due(dt.date.min, today=DUE, since=ALWAYS, rungs=(365,)) is None


# Tries


def kept(state: Reminding, refusals: int = 0) -> CustomerReminder:
    at = dt.datetime(2026, 8, 1, 5, tzinfo=dt.UTC)
    return CustomerReminder(id="i:d0", invoice_id="i", state=state, at=at, refusals=refusals)


@pytest.mark.parametrize(
    ("reminder", "minutes", "expected"),
    [
        (None, 0, True),
        (kept(Reminding.CLAIMED), 10**6, False),
        (kept(Reminding.SENT), 10**6, False),
        (kept(Reminding.FREE), 0, True),
        (kept(Reminding.FREE, 1), 14, False),
        (kept(Reminding.FREE, 1), 15, True),
        (kept(Reminding.FREE, 2), 119, False),
        (kept(Reminding.FREE, 2), 120, True),
        (kept(Reminding.FREE, 3), 10**6, False),
    ],
)
def test_it_is_tried_thrice_with_pauses_if_nobody_got_it(reminder, minutes, expected):
    now = dt.datetime(2026, 8, 1, 5, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
    assert may_send(reminder, now) is expected


# Words


def due(number: str, left: int, day: dt.date = DUE) -> Due:
    invoice = DueInvoice(
        id=number,
        customer_id="c1",
        created_by_user_id="u1",
        invoice_number=number,
        due_date=day,
        remaining_balance=left,
    )
    return Due(invoice, 0, left)


RAMESH = Customer(id="c1", name="Ramesh Kumar")


def desk(store, clock, text: str | None = None):
    store.firm.save(store.firm.get().model_copy(update={"name": "Khanna Grain"}))
    return desk_of(store, clock, customer_reminder_text=text)


def test_the_usual_words(mongomock_store, clock):
    later = due("26-27/00002", 100_00, DUE + dt.timedelta(days=3))
    said = reminder_text(
        desk(mongomock_store, clock), RAMESH, [later, due("26-27/00001", 1_26_000_00)]
    )
    assert said == (
        "Dear Ramesh Kumar, a kind reminder from Khanna Grain: ₹1,26,100.00 is left to pay, due "
        "on 1 Aug 2026 (26-27/00002, 26-27/00001). If you have paid by now, please take no "
        "notice. Thank you."
    )


def test_the_words_of_the_setting(mongomock_store, clock):
    text = "{{{name}}}: {amount} {invoices} {firm} {due}"
    said = reminder_text(desk(mongomock_store, clock, text), RAMESH, [due("7", 50_00)])
    assert said == "{Ramesh Kumar}: ₹50.00 7 Khanna Grain 1 Aug 2026"


def test_braces_in_a_name_are_no_placeholders(mongomock_store, clock):
    odd = RAMESH.model_copy(update={"name": "{due} & <b>"})
    said = reminder_text(desk(mongomock_store, clock, "{name}!"), odd, [due("7", 50_00)])
    assert said == "{due} & <b>!"


def test_of_many_invoices_a_few_are_named(mongomock_store, clock):
    many = [due(str(number), 1_00) for number in range(8)]
    said = reminder_text(desk(mongomock_store, clock, "{amount}: {invoices}"), RAMESH, many)
    assert said == "₹8.00: 0, 1, 2, 3, 4, …"


@pytest.mark.parametrize(
    ("language", "begins"),
    [
        (Language.HINDI, "आदरणीय Ramesh Kumar जी, Khanna Grain की ओर से विनम्र निवेदन: ₹50.00 बकाया"),
        (Language.PUNJABI, "ਸਤਿਕਾਰਯੋਗ Ramesh Kumar ਜੀ, Khanna Grain ਵੱਲੋਂ ਨਿਮਰ ਬੇਨਤੀ: ₹50.00 ਬਕਾਇਆ"),
        (Language.URDU, "محترم Ramesh Kumar، Khanna Grain کی طرف سے"),
    ],
)
def test_in_the_customers_language(mongomock_store, clock, language, begins):
    customer = RAMESH.model_copy(update={"language": language})
    said = reminder_text(desk(mongomock_store, clock), customer, [due("7", 50_00)])
    assert said.startswith(begins)


# Whose


@pytest.fixture
def owing(mongomock_store, clock):
    """A view of an open invoice, of which the ledger knows nothing; its customer is reminded."""
    store = mongomock_store
    store.firm.save(store.firm.get().model_copy(update={"name": "Khanna Grain"}))
    store.customers.add(Customer(id="c1", name="Ramesh Kumar", phone="+919876543299"))
    store.customers.remind("c1", clock.now() - dt.timedelta(days=30))
    wheat = InvoiceItem(
        item_name="Wheat", quantity=Decimal(1), price_per_unit=100, total_price=100
    )
    store.invoices.bring_up_to(
        Invoice(
            id="i1",
            customer_id="c1",
            created_by_user_id="u1",
            invoice_date=DUE,
            due_date=DUE,
            previous_balance=0,
            total_amount=100,
            amount_paid=0,
            remaining_balance=100,
            status=Status.UNPAID,
            items=[wheat],
            download_link="",
            open_due_date=DUE,
        )
    )
    return desk_of(store, clock)


def test_what_the_ledger_does_not_know_as_open_is_not_asked_for(owing):
    assert [one.id for one in owing.store.invoices.open_of("c1")] == ["i1"]
    assert due_of(owing, "c1") == []
