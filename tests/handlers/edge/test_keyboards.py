"""What stands on a button is shortened where it is longest, so that nothing else is lost of it."""

import pytest

from handlers.edge.keyboards import LONGEST_LABEL, inline
from handlers.edge.parts import units
from handlers.screen import Choice

NAME = "Ramesh Kumar and Sons Commission Agents and Grain Merchants of Khanna Mandi"


def label(text: str) -> str:
    markup = inline(((Choice(text, "c:1"),),))
    assert markup is not None
    return markup.inline_keyboard[0][0].text


@pytest.mark.parametrize(
    ("whole", "shown"),
    [
        ("Ramesh Kumar · ₹1,26,100.00 due", "Ramesh Kumar · ₹1,26,100.00 due"),
        (NAME, "Ramesh Kumar and Sons Commission Agents and Grain Merchants of…"),
        (
            f"{NAME} · ₹1,26,100.00 due · …3210",
            "Ramesh Kumar and Sons Commission… · ₹1,26,100.00 due · …3210",
        ),
        (
            f"26-27/00001 · {NAME} · ₹1,26,100.00 · unpaid",
            "26-27/00001 · Ramesh Kumar and Sons… · ₹1,26,100.00 · unpaid",
        ),
    ],
)
def test_the_longest_part_gives_way(whole, shown):
    assert label(whole) == shown


@pytest.mark.parametrize("letter", ["क्षि", "Z\u0335\u0336", "🌾", "👨\u200d👩\u200d👧", "👋🏽"])
def test_no_letter_is_cut(letter):
    short = label(letter * 60)
    assert units(short) <= LONGEST_LABEL
    assert short.endswith("…")
    assert not short[:-1].replace(letter, "")


@pytest.mark.parametrize("long", [" · ".join(["x" * 30] * 4), " · " * 40, "…" * 90, " " * 90])
def test_whatever_it_is_it_fits(long):
    assert units(label(long)) <= LONGEST_LABEL
