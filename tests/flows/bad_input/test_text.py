"""Rows 1 to 15, at every step that asks for words."""

import pytest

from tests.flows.bad_input.kinds import OF_LINES, TEXT_STEPS
from tests.flows.bad_input.places import OUTSIDE
from tests.flows.bad_input.rows import LINE_BREAKS, TEXTS

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
