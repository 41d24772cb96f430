"""The firm changes how invoices are numbered and when its year begins: what partners notice."""

import pytest

from storage.models import FirmProfile, NumberStyle
from tests.flows.steps import walk, with_customer


def choose(firm, **fields) -> FirmProfile:
    """What the admin's form saves."""
    kept = firm.store.firm
    return kept.save(kept.get().model_copy(update=fields))


@pytest.fixture
async def ramesh(firm, partner):
    await with_customer(firm, partner)
    return firm.store.customers.recent(1)[0]


async def sell(partner) -> str:
    """A new invoice, and its number as the document is named."""
    await walk("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", "[Nothing]")(partner)
    await walk("[+15]", "[✓ Save invoice]")(partner)
    return partner.screen.document.caption.split(" · ")[0].removeprefix("Invoice ")


async def test_the_serial_goes_on_whatever_it_looks_like(firm, partner, ramesh):
    numbers = [await sell(partner)]
    for chosen in (
        {"number_prefix": "KGM"},
        {"number_style": NumberStyle.JOINED},
        {"first_month": 1},
        {"number_prefix": "", "first_month": 12},
    ):
        choose(firm, **chosen)
        numbers.append(await sell(partner))

    assert numbers == [
        "26-27/00001",
        "KGM/26-27/00002",
        "KGM/2627/00003",
        "KGM/2026/00004",
        "2526/00001",  # December 2025 to November 2026
    ]


@pytest.mark.parametrize("typed", ["1", "001", "26-27/00001", "२६-२७/००००१"])
async def test_an_invoice_is_found_as_it_was_numbered_then(firm, partner, ramesh, typed):
    await sell(partner)
    choose(firm, number_prefix="KGM", number_style=NumberStyle.JOINED)

    await partner.send(typed)

    assert "🧾 26-27/00001" in partner.screen.buttons


@pytest.mark.parametrize("typed", ["2", "KGM/2627/00002", " kgm/2627/00002 "])
async def test_an_invoice_is_found_as_it_is_numbered_now(firm, partner, ramesh, typed):
    await sell(partner)
    choose(firm, number_prefix="KGM", number_style=NumberStyle.JOINED)
    await sell(partner)

    await partner.send(typed)

    assert "🧾 KGM/2627/00002" in partner.screen.buttons


async def test_a_serial_alone_is_one_of_this_year_as_the_firm_has_it(firm, partner, ramesh):
    await sell(partner)
    choose(firm, first_month=12)

    await partner.send("1")
    assert "No customer or invoice matches" in partner.screen.text

    await sell(partner)
    await partner.send("1")
    assert "🧾 25-26/00001" in partner.screen.buttons


@pytest.mark.parametrize(
    ("first_month", "first"),
    [(4, "since 1 Apr 2026"), (7, "since 1 Jul 2026"), (1, "since 1 Jan 2026")],
)
async def test_the_statement_begins_with_the_firms_year(firm, partner, ramesh, first_month, first):
    choose(firm, first_month=first_month)
    await walk("/customers", "[Ramesh Kumar]", "[📒 Statement]")(partner)
    assert first in partner.screen.text
    await walk("[All]", "[Financial year]")(partner)
    assert first in partner.screen.text


async def test_a_year_typed_for_a_statement_is_the_firms(firm, partner, ramesh):
    choose(firm, first_month=7)
    await walk("/customers", "[Ramesh Kumar]", "[📒 Statement]", "[Choose dates]")(partner)
    await partner.send("2025-26")
    assert "1 Jul 2025 to 30 Jun 2026" in partner.screen.text
