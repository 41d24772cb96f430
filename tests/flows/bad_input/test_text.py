"""Rows 1 to 15, at every step that asks for words."""

import re

import pytest

from tests.flows.bad_input.kinds import OF_LINES, TEXT_STEPS
from tests.flows.bad_input.places import OUTSIDE
from tests.flows.bad_input.rows import LINE_BREAKS, TEXTS
from tests.flows.steps import walk

pytestmark = pytest.mark.asyncio(loop_scope="session")


def read_from(answers: dict, path: str) -> str:
    for key in path.split("."):
        answers = answers[key]
    return answers


@pytest.mark.parametrize("row", TEXTS, ids=str)
@pytest.mark.parametrize("step", TEXT_STEPS)
async def test_words(step, row, at):
    place = await at(step)
    if row.says:
        await place.refuses(row.typed, row.says)
        return
    keeps = row.shows
    if row.number == LINE_BREAKS and step in OF_LINES:
        keeps = "Ram\nLal\nERROR forged"
    path = TEXT_STEPS[step]
    draft = await place.takes(row.typed, keeps.split("\n")[0], path.split(".")[0])
    assert read_from(draft.answers, path) == keeps


@pytest.mark.parametrize("row", TEXTS, ids=str)
async def test_words_that_are_searched_for(row, at):
    place = await at(OUTSIDE)
    if row.says:
        await place.refuses(row.typed, row.says)
        return
    answer = await place.types(row.typed)
    place.check_stays()
    assert f"matches {row.shows}." in answer.text or f"Found for {row.shows}:" in answer.text


@pytest.mark.parametrize("row", [row for row in TEXTS if row.shows], ids=str)
async def test_a_name_comes_as_it_was_read_to_card_and_paper(row, at):
    place = await at(OUTSIDE)
    phone = place.phone
    await phone.send("/customer")
    await place.types(row.typed)
    await walk("[Save now]", "[New invoice]")(phone)
    await place.types(row.typed)
    await walk("1", "1", "[✓ Done]", "[Nothing]", "[+15]", "[✓ Save invoice]")(phone)
    assert row.shows in phone.screen.document.caption
    assert phone.screen.document.content.startswith(b"%PDF-")
    assert re.fullmatch(r"[^\W_][^/\\\0-\x1f<>:|?*\"=$@]*\.pdf", phone.screen.document.name)
    assert ".." not in phone.screen.document.name
    await phone.press("👤 Customer")
    assert f"👤 {row.shows}\n" in phone.screen.text


@pytest.mark.parametrize(
    "typed",
    [
        "Ra\u200bmesh Kumar",
        "R\u0430mesh Kumar",
        "Ｒａｍｅｓｈ Kumar",
        "RAMESH\u00a0 kumar",
        "R\u0430m\u0435sh \u041aum\u0430r",
    ],
    ids=["row 3: zero-width space", "row 12: Cyrillic", "full width", "case", "all Cyrillic"],
)
async def test_a_name_that_looks_the_same_is_warned_of(typed, at, standing_firm):
    place = await at(OUTSIDE)
    await walk("/customer", typed, "[Save now]")(place.phone)
    assert "⚠️ There is already a customer of this name:" in place.phone.screen.text
    place.check_nothing_posted()
    await place.phone.press("✓ Save, it is another person")
    assert standing_firm.store.customers.count() == 2


async def test_row_13_no_line_of_the_log_can_be_forged(at, caplog):
    place = await at("customer name")
    await place.types("Ram\n2026-08-01 ERROR forged")
    await place.phone.press("Save now")
    assert not [record for record in caplog.records if "forged" in record.getMessage()]


async def test_a_long_text_is_cut_at_a_line_and_its_tags_are_whole(at):
    """Telegram takes 4 096 characters, and tags that are closed."""
    phone = (await at(OUTSIDE)).phone
    await walk("/customer", "<&>" * 26, "[Save now]", "[New invoice]")(phone)
    for _line in range(25):
        await phone.send(f"a{'<&>' * 26} 1 1")
    assert "Total ₹25.00" in phone.screen.text
    await walk("[✓ Done]", "[Full]", "[✓ Save invoice]", "[Invoices]")(phone)
    await phone.press(phone.screen.buttons[0])
    assert "… and 5 more" in phone.screen.text
