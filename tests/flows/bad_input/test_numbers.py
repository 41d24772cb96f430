"""Rows 16 to 28, at every step that asks for an amount, a price, a quantity or a count."""

import pytest

from tests.flows.bad_input.kinds import AMOUNT_STEPS, COUNT_STEPS, QUANTITY_STEPS
from tests.flows.bad_input.rows import AMOUNTS, NOT_READ, QUANTITIES

pytestmark = pytest.mark.asyncio(loop_scope="session")

LINES = ("invoice item", "invoice item again")
LINE = ("lines", "item", "quantity", "unit")
MONEY = ("paid", "amount", "method", "reference", "due_days")
TAKEN_AS_A_COUNT = {
    ("firm due", "0"),
    ("firm remind", "0"),
    *(("firm due", typed) for typed in ("१२३", "٣٤٥", "１２３")),
}
SHOWN_AS_A_COUNT = {
    ("firm due", "0"): "on the invoice's date",
    ("firm remind", "0"): "when it is due",
    ("firm due", "٣٤٥"): "345 days",
}


@pytest.mark.parametrize("row", AMOUNTS, ids=str)
@pytest.mark.parametrize(("step", "said"), AMOUNT_STEPS)
async def test_amounts(step, said, row, at):
    place = await at(step)
    typed = said.format(row.typed)
    if step == "invoice paid" and row.typed == "0":
        await place.takes(typed, "Paid now ₹0.00", *MONEY)
    elif step in LINES and row.typed in NOT_READ and row.says:
        await is_taken_for_a_name(place, typed)
    elif row.says:
        await place.refuses(typed, row.says)
    else:
        await place.takes(typed, row.shows, *LINE, *MONEY)


@pytest.mark.parametrize("row", QUANTITIES, ids=str)
@pytest.mark.parametrize(("step", "said"), QUANTITY_STEPS)
async def test_quantities(step, said, row, at):
    place = await at(step)
    typed = said.format(row.typed)
    if step in LINES and row.typed in NOT_READ:
        await is_taken_for_a_name(place, typed)
    elif row.says:
        await place.refuses(typed, row.says)
    else:
        await place.takes(typed, row.shows, *LINE)


async def is_taken_for_a_name(place, typed):
    """Words without a number where it belongs are an item's name, which is asked about."""
    draft = await place.takes(typed, f"How much {typed}?", "item")
    assert draft.step == "quantity"
    assert draft.answers["lines"] == place.draft.answers["lines"]


@pytest.mark.parametrize("row", AMOUNTS, ids=str)
@pytest.mark.parametrize("step", COUNT_STEPS)
async def test_counts(step, row, at):
    place = await at(step)
    if (step, row.typed) in TAKEN_AS_A_COUNT:
        await place.takes(row.typed, SHOWN_AS_A_COUNT.get((step, row.typed), "123 days"), "now")
    else:
        await place.refuses(row.typed)
