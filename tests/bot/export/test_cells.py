"""What a cell holds, and what it cannot."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.export.cells import MARK, MOST_UNITS, rupees, text
from storage.types import MAX_PAISE


def units(value):
    return len(value.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("paise", "written"),
    [
        (0, "0.00"),
        (1, "0.01"),
        (-5, "-0.05"),
        (126_100_00, "126100.00"),
        (99_99_99_999_99, "999999999.99"),
        (MAX_PAISE, "99999999999.99"),
        (-MAX_PAISE, "-99999999999.99"),
    ],
)
def test_money_is_written_to_the_paisa(paise, written):
    # As XlsxWriter does it.
    assert f"{rupees(paise):.16G}" == written


@given(st.integers(-MAX_PAISE, MAX_PAISE))
def test_whoever_reads_it_as_a_float_has_the_same_paise(paise):
    assert round(float(rupees(paise)) * 100) == paise
    assert Decimal(repr(float(rupees(paise)))) * 100 == paise


@pytest.mark.parametrize("broken", ["\x00", "\x08", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_left_out(broken):
    assert text(f"Ra{broken}vi") == "Ravi"


@pytest.mark.parametrize("kept", ["a\tb", "a\nb", "रमेश", "ਰਮੇਸ਼", "رمیش", "🌾", "_x0041_", " "])
def test_all_else_stays(kept):
    assert text(kept) == kept


@pytest.mark.parametrize("letter", ["a", "र", "🌾"])
def test_what_is_too_long_is_cut_with_a_mark(letter):
    fits = MOST_UNITS // units(letter)

    assert text(letter * fits) == letter * fits
    cut = text(letter * (fits + 1))
    assert cut.endswith(f"{letter}{MARK}")
    assert MOST_UNITS - 2 <= units(cut) <= MOST_UNITS
