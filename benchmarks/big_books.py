"""Books of any size, as a firm of some years has them: the product's own, many times over.

The use cases themselves make the first thousand invoices, for two hundred customers. To make a
hundred thousand so would take half an hour; larger books hold the documents of these again and
again, under other ids, numbers, names, phones and moments.
"""

import datetime as dt
import json
import random
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from heapq import merge
from pathlib import Path

from bot.invoices import NewInvoice, NewItem, create_invoice
from bot.payments import NewPayment, record_payment
from bot.text import fold_name
from storage.database import DEFAULT_NAME, open_store
from storage.embedded import FOLDER
from storage.models import Customer, PaymentMethod, User
from storage.store import Store
from tests.clock import FakeClock

CUSTOMERS = 200
INVOICES = 1_000
OPEN = 30
"""Of the invoices; the others are paid, each by a payment of its own."""

BOOKS = ("customers", "ledger", "invoices", "payments")
NUMBER = re.compile(r'("\d\d-\d\d/|"number_key":\d{4})(\d{5}|\d{7})\b')

CLOCK = FakeClock()
MINUTE = dt.timedelta(minutes=1)
DAYS = 480
"""From the first invoice until today; an open one is of the last quarter of them."""

COPY = "c0c0c0c0"
"""All ids begin so, and with the number of the copy in the copies. It is in no other text."""

FIRST = """
Amarjeet Anil Ashok Avtar Baldev Balwinder Bhupinder Darshan Deepak Devender Dinesh Gagan
Gurdeep Gurmeet Gurpreet Harbans Hardeep Harish Hemant Inderjit Jagdish Jaswant Karamjit
Krishan Kulwant Lakhwinder Mahesh Manjit Manoj Mohan Mukesh Narinder Naresh Om Parkash Pawan
Prem Rajesh Rajinder Ram Ramesh Ravinder Sanjay Satpal Subhash Sukhdev Suresh Surinder
Tarsem Vijay Vinod गुरदीप रमेश सुरेश ਗੁਰਪ੍ਰੀਤ ਹਰਦੀਪ
"""
SECOND = """
Singh Singh Singh Kumar Kumar Lal Sharma Gupta Garg Bansal Mittal Goyal Jindal Verma Sandhu
Sidhu Gill Grewal Dhillon Brar Traders Traders Agencies Mills सिंह कुमार ਸਿੰਘ
"""
VILLAGES = """
Khanna Samrala Doraha Payal Machhiwara Raikot Jagraon Sahnewal Mullanpur Ahmedgarh
Malerkotla Dhuri Sangrur Sunam Lehra Moonak Patran Samana Nabha Amloh Bassi Morinda Kurali
Kharar Ropar Balachaur Nawanshahr Phillaur Nakodar Shahkot Zira Moga Bagha Kotkapura Jaitu
Bathinda Rampura Tapa Barnala
"""
ITEMS = (
    ("Wheat", "q", 2425_00),
    ("Paddy", "q", 2320_00),
    ("Basmati 1121", "q", 4150_00),
    ("Maize", "q", 2090_00),
    ("Mustard", "q", 5650_00),
    ("Cotton", "q", 7020_00),
    ("Moong", "q", 8558_00),
    ("Potato", "bags", 640_00),
    ("Onion", "bags", 1150_00),
    ("Gunny bags", "", 52_00),
    ("गुड़", "kg", 48_00),
)

PARTNERS = tuple(
    User(
        id=f"{number:024x}",
        name=name,
        phone=f"+9198140000{number:02}",
        registration_date=CLOCK.today() - dt.timedelta(days=DAYS),
        telegram_user_id=7_000 + number,
        chat_id=7_000 + number,
    )
    for number, name in enumerate(("Gurpreet Singh", "Ravi Kumar", "Asha Rani"), 1)
)


@dataclass(frozen=True)
class _Deed:
    """One posting: the invoice of this number, or the payment of it."""

    at: dt.datetime
    invoice: int
    pays: bool


@contextmanager
def small_and_big() -> Iterator[tuple[Store, Store]]:
    """A thousand invoices and a hundred thousand, both open, each on an embedded store."""
    with tempfile.TemporaryDirectory() as name:
        small, big = Path(name) / "small", Path(name) / "big"
        make(small)
        shutil.copytree(small, big)
        multiply(big, 100)
        with open_store(None, small) as few, open_store(None, big) as many:
            yield few, many


def make(data_dir: Path) -> None:
    """Keep the first books, by what the product does when partners work, in an empty folder."""
    data_dir.mkdir()
    with open_store(None, data_dir) as store:
        _work(store)


def multiply(data_dir: Path, times: int) -> None:
    """Put so many copies of the first books in their place: a hundred at most.

    As text, in the file itself: by the driver it would take ten minutes.
    """
    with closing(sqlite3.connect(data_dir / FOLDER / f"{DEFAULT_NAME}.db")) as file, file:
        for book in BOOKS:
            originals = file.execute(f"SELECT data FROM {book} ORDER BY id").fetchall()  # noqa: S608
            copies = (copy for (original,) in originals for copy in _copies(original, times))
            file.execute(f"DELETE FROM {book}")  # noqa: S608
            file.executemany(f"INSERT INTO {book} (_id, data) VALUES (?, ?)", copies)  # noqa: S608


def _copies(document: str, times: int) -> Iterator[tuple[str, str]]:
    """Id and text of a document in each copy. Numbers run on, in the order of the moments."""
    original = json.loads(document)
    text = json.dumps(original, ensure_ascii=False, separators=(",", ":"))
    customer = int(original.get("customer_id", original["_id"])[9:], 16)
    was = _names(customer, 0)
    for copy in range(times):
        copied = text
        for old, new in zip(was, _names(customer, copy), strict=True):
            copied = copied.replace(old, new)
        copied = copied.replace(COPY, _marked(copy))
        copied = copied.replace(":00.000Z", f":{copy * 60 / times:06.3f}Z")
        copied = NUMBER.sub(partial(_later, copy=copy, times=times), copied)
        yield original["_id"].replace(COPY, _marked(copy)), copied


def _names(customer: int, copy: int) -> list[str]:
    """What a copy has in other words, as it stands in a document."""
    who = _customer(customer, copy)
    return [f'"{text}"' for text in (who.name, who.name_key, who.phone, who.address)]


def _later(number: re.Match[str], *, copy: int, times: int) -> str:
    """An invoice number, or the ``number_key`` of one, in this copy."""
    return f"{number[1]}{(int(number[2]) - 1) * times + copy + 1:0{len(number[2])}}"


def name_of(customer: int, copy: int) -> str:
    """A name, the same each time; of twenty thousand some are the same, as in every district."""
    chance = random.Random(f"{customer}:{copy}")  # noqa: S311 - has to be the same each time
    first, second, village = (chance.choice(words.split()) for words in (FIRST, SECOND, VILLAGES))
    return f"{first} {second} {village}"


def phone_of(customer: int, copy: int) -> str:
    """E.164, with digits as good as chance; one customer in three has none."""
    return f"+919{(customer + copy * CUSTOMERS) * 618_033 % 999_999_937:09}"


def customer_id(customer: int, copy: int = 0) -> str:
    return _id("a", customer, copy)


def invoice_id(invoice: int, copy: int = 0) -> str:
    return _id("b", invoice, copy)


def payment_id(invoice: int, copy: int = 0) -> str:
    """Of the payment that settled this invoice."""
    return _id("c", invoice, copy)


def _id(kind: str, number: int, copy: int) -> str:
    return f"{_marked(copy)}{kind}{number:015x}"


def _marked(copy: int) -> str:
    return f"5{copy:07x}" if copy else COPY


def _work(store: Store) -> None:
    for partner in PARTNERS:
        store.users.add(partner)
    chance = random.Random(1)  # noqa: S311 - has to be the same each time
    for customer in range(CUSTOMERS):
        store.customers.add(_customer(customer, 0))
    whose = [chance.randrange(CUSTOMERS) for _invoice in range(INVOICES)]
    made, paid = _diary(chance)
    totals: dict[int, int] = {}
    for deed in merge(made, sorted(paid, key=lambda deed: deed.at), key=lambda deed: deed.at):
        by = PARTNERS[deed.invoice % len(PARTNERS)]
        clock = FakeClock(deed.at)
        customer = customer_id(whose[deed.invoice])
        if deed.pays:
            payment = NewPayment(
                op=payment_id(deed.invoice),
                customer_id=customer,
                amount=totals[deed.invoice],
                date=clock.today(),
                method=chance.choice(tuple(PaymentMethod)),
                invoice_id=invoice_id(deed.invoice),
            )
            record_payment(store, clock, payment, by=by, standing_on=None)
        else:
            order = NewInvoice(
                op=invoice_id(deed.invoice),
                customer_id=customer,
                items=tuple(_item(chance) for _line in range(chance.randint(1, 4))),
                paid=0,
                invoice_date=clock.today(),
                due_date=clock.today() + dt.timedelta(days=chance.choice((15, 30, 45))),
            )
            totals[deed.invoice] = order.total
            create_invoice(store, clock, order, by=by, link=_link, standing_on=None)


def _diary(chance: random.Random) -> tuple[list[_Deed], list[_Deed]]:
    """When which invoice is made, and when paid, in whole minutes."""
    start = CLOCK.now() - dt.timedelta(days=DAYS)
    between = dt.timedelta(minutes=DAYS * 24 * 60 // INVOICES)
    made = [_Deed(start + number * between, number, pays=False) for number in range(INVOICES)]
    stays = set(chance.sample(range(INVOICES * 3 // 4, INVOICES), OPEN))
    paid = []
    for deed in made:
        if deed.invoice not in stays:
            later = deed.at + dt.timedelta(minutes=chance.randint(1, 30 * 24 * 60))
            paid.append(_Deed(min(later, CLOCK.now() - MINUTE), deed.invoice, pays=True))
    return made, paid


def _item(chance: random.Random) -> NewItem:
    name, unit, price = chance.choice(ITEMS)
    quantity = Decimal(chance.randint(1, 1_200)) / 10
    return NewItem(name, quantity, price + chance.randrange(-20, 20) * 100, unit)


def _link(invoice: str) -> str:
    return f"https://t.me/arhtiya_bot?start=inv_{invoice}"


def _customer(customer: int, copy: int) -> Customer:
    name = name_of(customer, copy)
    added = CLOCK.now() - dt.timedelta(days=DAYS + customer, seconds=copy)
    return Customer(
        id=customer_id(customer, copy),
        name=name,
        name_key=fold_name(name),
        phone=phone_of(customer, copy) if customer % 3 else None,
        address=name.rsplit(" ", 1)[1],
        created_by_user_id=PARTNERS[0].id,
        created_at=added,
        used_at=added,
    )
