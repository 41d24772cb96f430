"""What an admin types about the firm: taken as it is meant, or refused with what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from bot.errors import (
    InvalidDate,
    InvalidGstin,
    InvalidInput,
    InvalidText,
    InvalidUpiId,
    UserError,
)
from bot.firm import (
    GSTIN_EXAMPLE,
    TERMS_LIMIT,
    parse_first_month,
    parse_gstin,
    parse_number_prefix,
    parse_paper,
    parse_terms,
    parse_upi_id,
)
from storage.models import PaperForm

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def gstin(of_fourteen: str) -> str:
    """The GSTIN that begins so, with the check character that belongs to it."""
    return of_fourteen + luhn.calc_check_digit(of_fourteen, CHARACTERS)


class TestGstin:
    @pytest.mark.parametrize(
        "typed",
        [
            "27AAPFU0939F1ZV",
            "27aapfu0939f1zv",
            " 27 AAPFU 0939 F 1Z V ",
            "27-AAPFU0939F-1ZV",
            "२७AAPFU०९३९F1ZV",
            "27AAPFU0939F1ZV\n",
        ],
    )
    def test_is_kept_in_capitals_without_spaces(self, typed):
        assert parse_gstin(typed) == "27AAPFU0939F1ZV"

    @pytest.mark.parametrize("state", ["01", "03", "37", "38", "97"])
    def test_may_be_of_every_state(self, state):
        number = gstin(f"{state}AAJFS1234K1Z")
        assert parse_gstin(number) == number

    @pytest.mark.parametrize(
        ("typed", "wrong"),
        [
            ("27AAPFU0939F1Z", "A GSTIN has 15 characters; “27AAPFU0939F1Z” has 14."),
            ("27AAPFU0939F1ZVV", "A GSTIN has 15 characters; “27AAPFU0939F1ZVV” has 16."),
            ("", "A GSTIN has 15 characters; “” has 0."),
            ("27AAPFU0939F1Z?", "A GSTIN has only letters and digits"),
            ("27AAPFU0939F1Zਕ", "A GSTIN has only letters and digits"),
            ("27AAPſU0939F1ZV", "A GSTIN has only letters and digits"),
            (gstin("00AAPFU0939F1Z"), "“00” at its beginning is no state's code"),
            (gstin("39AAPFU0939F1Z"), "“39” at its beginning is no state's code"),
            (gstin("PBAAPFU0939F1Z"), "“PB” at its beginning is no state's code"),
            (gstin("27AAP1U0939F1Z"), "“AAP1U0939F”, its characters 3 to 12, is no PAN."),
            (gstin("27AAPXU0939F1Z"), "“AAPXU0939F”, its characters 3 to 12, is no PAN."),
            (gstin("27AAPFU0939F0Z"), "It ends with a digit or letter other than 0, then Z"),
            (gstin("27AAPFU0939F1A"), "It ends with a digit or letter other than 0, then Z"),
            ("27AAPFU0939F1ZO", "Its last character does not fit the others"),
            ("27AAPFU0993F1ZV", "Its last character does not fit the others"),
        ],
    )
    def test_is_refused_with_what_is_wrong_and_how_it_looks(self, typed, wrong):
        with pytest.raises(InvalidGstin) as refused:
            parse_gstin(typed)
        assert str(refused.value).startswith(wrong)
        assert str(refused.value).endswith(
            f"Copy it from the registration certificate; it looks like {GSTIN_EXAMPLE}."
        )

    def test_the_example_is_one(self):
        assert parse_gstin(GSTIN_EXAMPLE) == GSTIN_EXAMPLE

    @given(st.integers(0, 14), st.sampled_from(CHARACTERS))
    def test_one_mistyped_character_is_always_noticed(self, place, other):
        number = "27AAPFU0939F1ZV"
        mistyped = number[:place] + other + number[place + 1 :]
        if mistyped != number:
            with pytest.raises(InvalidGstin):
                parse_gstin(mistyped)


class TestUpiId:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("singhandsons@okicici", "singhandsons@okicici"),
            (" SinghAndSons@OkICICI ", "singhandsons@okicici"),
            ("singh @ybl", "singh@ybl"),
            ("9876543210@paytm", "9876543210@paytm"),
            ("singh.sons-khanna_1@kotak811", "singh.sons-khanna_1@kotak811"),
        ],
    )
    def test_is_kept_in_small_letters_without_spaces(self, typed, kept):
        assert parse_upi_id(typed) == kept

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "singh",
            "@okicici",
            "singh@",
            "a@b@okicici",
            "singh@gmail.com",
            ".a@ybl",
            "ਸਿੰਘ@ybl",
            "ſingh@ybl",
        ],
    )
    def test_of_another_form_is_refused_with_an_example(self, typed):
        with pytest.raises(InvalidUpiId, match=r"e\.g\. singhandsons@okicici"):
            parse_upi_id(typed)


class TestNumberPrefix:
    @pytest.mark.parametrize(
        ("typed", "kept"), [("KGM", "KGM"), (" kgm ", "KGM"), ("7", "7"), ("k२", "K2")]
    )
    def test_is_kept_in_capitals(self, typed, kept):
        assert parse_number_prefix(typed) == kept

    @pytest.mark.parametrize("typed", ["", "KGMX", "K M", "K/", "K-", "ਕ", "ß", "ſ"])
    def test_with_anything_but_three_letters_or_digits_is_refused(self, typed):
        with pytest.raises(InvalidText, match=r"at most 3 English letters or digits.*e\.g\. KGM"):
            parse_number_prefix(typed)


class TestTerms:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("No returns.", "No returns."),
            (" No  returns. \n\n Interest 2%.\n", "No returns.\nInterest 2%."),
            ("ਵਾਪਸੀ ਨਹੀਂ\nवापसी नहीं\nواپسی نہیں\nNo returns", None),
            ("x" * TERMS_LIMIT, None),
            ("\n".join(["x" * 74] * 4), None),
        ],
    )
    def test_are_kept_in_the_lines_they_were_typed_in(self, typed, kept):
        assert parse_terms(typed) == (kept or typed)

    @pytest.mark.parametrize(
        ("typed", "wrong"),
        [
            ("\n\u200b", "The text of the terms is empty. Type at least one letter or digit"),
            ("1\n2\n3\n4\n5", "The text of the terms has 5 lines; at most 4 fit"),
            ("x" * 301, "The text of the terms has 301 characters; at most 300 fit"),
            (
                "\n".join(["x" * 75] * 4),
                "The lines of the terms have 303 characters together; at most 300 fit",
            ),
        ],
    )
    def test_that_do_not_fit_are_refused_with_what_fits(self, typed, wrong):
        with pytest.raises(InvalidText) as refused:
            parse_terms(typed)
        assert str(refused.value).startswith(wrong)


class TestPaper:
    @pytest.mark.parametrize(
        ("typed", "paper"),
        [
            ("A4", PaperForm.A4),
            (" a 4 ", PaperForm.A4),
            ("a४", PaperForm.A4),
            ("A4 page", PaperForm.A4),
            ("80", PaperForm.ROLL),
            ("80mm", PaperForm.ROLL),
            ("80 MM", PaperForm.ROLL),
            ("੮੦", PaperForm.ROLL),
            ("Roll", PaperForm.ROLL),
            ("80 mm roll", PaperForm.ROLL),
        ],
    )
    def test_is_the_one_that_is_meant(self, typed, paper):
        assert parse_paper(typed) is paper

    @pytest.mark.parametrize("typed", ["", "A5", "58", "58 mm", "8", "paper"])
    def test_of_another_kind_is_refused_with_the_two_there_are(self, typed):
        with pytest.raises(InvalidInput, match=f"“{typed}” is neither.*A4, or 80 mm for a roll"):
            parse_paper(typed)


@pytest.mark.parametrize(
    "parse", [parse_gstin, parse_upi_id, parse_number_prefix, parse_terms, parse_paper]
)
@given(text=st.text())
def test_any_text_is_read_once_and_for_all_or_refused(parse, text):
    try:
        kept = parse(text)
    except UserError:
        return
    assert parse(kept) == kept


def test_a_year_begins_in_one_of_twelve_months():
    assert [parse_first_month(month) for month in range(1, 13)] == [*range(1, 13)]
    for month in (0, 13):
        with pytest.raises(InvalidDate, match="from 1 to 12"):
            parse_first_month(month)
