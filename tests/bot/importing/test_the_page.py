"""docs/import.md is true: its example is brought in, its table names every field."""

import json
import re
from pathlib import Path

from bot.importing.documents import KNOWN
from bot.importing.ids import kept_id
from bot.posting import balance_of

ROOT = Path(__file__).parents[3]
DOC = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")

ITEM = {"item_name", "quantity", "unit", "price_per_unit", "total_price"}


def example() -> str:
    (text,) = re.findall(r"^```json\n(.*?)^```$", DOC, re.MULTILINE | re.DOTALL)
    return text


def test_the_example_is_brought_in_and_leaves_nothing_out(importing):
    importing.run(**json.loads(example()))

    plan = importing.plan_of(importing.read(example()))
    assert (plan.refused, plan.notes, plan.ignored) == ([], [], {})
    assert plan.there == {"customers": 1, "invoices": 1, "users": 1}
    assert balance_of(importing.store, kept_id("customers", "c-1")).net == 4_000_00


def test_the_example_has_every_field():
    books = json.loads(example())

    assert {name: set(listed[0]) for name, listed in books.items()} == {
        name: set(fields.split()) for name, fields in KNOWN.items()
    }
    assert all(set(item) == ITEM for item in books["invoices"][0]["items"])


def test_the_table_names_every_field():
    row = r"^\| (customer|invoice|each|user)\b[^|]*\| (.*) \|$"
    rows = dict(re.findall(row, DOC, re.MULTILINE))
    named = {
        document: set(re.findall(r"`([a-z_]+)`", fields)) for document, fields in rows.items()
    }

    assert named == {
        "customer": set(KNOWN["customers"].split()),
        "invoice": set(KNOWN["invoices"].split()),
        "each": ITEM,
        "user": set(KNOWN["users"].split()),
    }


def test_every_command_line_finds_the_packages():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    lines = re.findall(r"(\S*python) -m bot import", DOC + readme)
    assert [line.lstrip("`") for line in lines] == [".venv/bin/python"] * 3
