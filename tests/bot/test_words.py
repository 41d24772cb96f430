import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.money import format_plain
from bot.words import amount_in_words
from storage.types import MAX_PAISE

LAKH = 1_00_000_00
CRORE = 1_00_00_000_00


@pytest.mark.parametrize(
    ("paise", "words"),
    [
        (0, "Zero Only"),
        (1, "Zero and One Paisa Only"),
        (99, "Zero and Ninety Nine Paise Only"),
        (1_00, "One Only"),
        (19_00, "Nineteen Only"),
        (20_00, "Twenty Only"),
        (99_00, "Ninety Nine Only"),
        (100_00, "One Hundred Only"),
        (101_10, "One Hundred One and Ten Paise Only"),
        (999_99, "Nine Hundred Ninety Nine and Ninety Nine Paise Only"),
        (1_000_00, "One Thousand Only"),
        (40_004_00, "Forty Thousand Four Only"),
        (99_999_00, "Ninety Nine Thousand Nine Hundred Ninety Nine Only"),
        (LAKH, "One Lakh Only"),
        (1_25_000_50, "One Lakh Twenty Five Thousand and Fifty Paise Only"),
        (CRORE - 1_00, "Ninety Nine Lakh Ninety Nine Thousand Nine Hundred Ninety Nine Only"),
        (CRORE, "One Crore Only"),
        (CRORE + 1, "One Crore and One Paisa Only"),
        (99 * CRORE, "Ninety Nine Crore Only"),
        (100 * CRORE, "One Hundred Crore Only"),
        (1_000 * CRORE + LAKH, "One Thousand Crore One Lakh Only"),
        (
            MAX_PAISE,
            (
                "Nine Thousand Nine Hundred Ninety Nine Crore Ninety Nine Lakh "
                "Ninety Nine Thousand Nine Hundred Ninety Nine and Ninety Nine Paise Only"
            ),
        ),
    ],
)
def test_rupees_are_said_by_lakhs_and_crores(paise, words):
    assert amount_in_words(paise) == f"Rupees {words}"


@pytest.mark.parametrize(
    ("currency", "one", "many"),
    [
        ("INR", "Rupees Two and One Paisa Only", "Rupees Two and Five Paise Only"),
        ("PKR", "Rupees Two and One Paisa Only", "Rupees Two and Five Paisa Only"),
        ("NPR", "Rupees Two and One Paisa Only", "Rupees Two and Five Paisa Only"),
        ("LKR", "Rupees Two and One Cent Only", "Rupees Two and Five Cents Only"),
        ("BDT", "Taka Two and One Poisha Only", "Taka Two and Five Poisha Only"),
        ("AED", "AED Two and 01/100 Only", "AED Two and 05/100 Only"),
    ],
)
def test_each_currency_has_its_own_names(currency, one, many):
    assert amount_in_words(2_01, currency) == one
    assert amount_in_words(2_05, currency) == many


@pytest.mark.parametrize(
    ("paise", "words"),
    [
        (0, "USD Zero Only"),
        (1_250_000_50, "USD One Million Two Hundred Fifty Thousand and 50/100 Only"),
        (1_000_000_000_00, "USD One Billion Only"),
        (
            MAX_PAISE,
            (
                "USD Ninety Nine Billion Nine Hundred Ninety Nine Million "
                "Nine Hundred Ninety Nine Thousand Nine Hundred Ninety Nine and 99/100 Only"
            ),
        ),
    ],
)
def test_what_is_written_by_thousands_is_said_by_thousands(paise, words):
    assert amount_in_words(paise, "USD") == words


@pytest.mark.parametrize("currency", ["INR", "PKR", "NPR", "LKR", "BDT", "USD", "AED", "EUR"])
def test_words_and_figures_go_by_the_same_thousands(currency):
    by_lakhs = format_plain(LAKH, currency) == "1,00,000.00"
    assert ("Lakh" in amount_in_words(LAKH, currency)) is by_lakhs


@pytest.mark.parametrize("paise", [-1, MAX_PAISE + 1])
def test_what_no_invoice_can_be_has_no_words(paise):
    with pytest.raises(ValueError, match="words are for 0 to"):
        amount_in_words(paise)


@given(st.integers(min_value=0, max_value=MAX_PAISE))
@settings(max_examples=300, deadline=None)
def test_any_amount_can_be_read_back_from_its_words(paise):
    whole, part = re.fullmatch(
        r"Rupees (.+?)(?: and (.+) Pais[ae])? Only", amount_in_words(paise)
    ).groups()
    assert read(whole) * 100 + read(part or "Zero") == paise


SMALL = re.findall(
    r"\w+",
    "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen "
    "Fifteen Sixteen Seventeen Eighteen Nineteen",
)
TENS = re.findall(r"\w+", "Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety")
VALUES = {
    **{word: number for number, word in enumerate(SMALL)},
    **{word: 10 * number for number, word in enumerate(TENS, 2)},
}
UNITS = {"Crore": 1_00_00_000, "Lakh": 1_00_000, "Thousand": 1_000, "Hundred": 100}


def read(words):
    """The number: what stands before the largest unit counts it, what stands after is added."""
    for name, size in UNITS.items():
        before, unit, after = f" {words} ".rpartition(f" {name} ")
        if unit:
            return read(before.strip()) * size + (read(after.strip()) if after.strip() else 0)
    return sum(VALUES[word] for word in words.split())
