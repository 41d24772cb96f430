import re

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.errors import InvalidPhone
from bot.phones import format_phone, mask_phone, parse_phone, telegram_phone
from storage.types import Phone

numbers = st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)).map(phonenumbers.example_number)


@pytest.mark.parametrize(
    ("typed", "region", "e164"),
    [
        ("9101234567", "IN", "+919101234567"),
        ("09876543210", "IN", "+919876543210"),
        ("919876543210", "IN", "+919876543210"),
        ("+91 98765-43210", "IN", "+919876543210"),
        ("98765 43210", "IN", "+919876543210"),
        ("९८७६५४३२१०", "IN", "+919876543210"),
        ("\u202a+91\u00a098765\u00a043210\u202c", "IN", "+919876543210"),
        ("01123456789", "IN", "+911123456789"),
        ("03001234567", "PK", "+923001234567"),
        ("00923001234567", "PK", "+923001234567"),
        ("3001234567", "PK", "+923001234567"),
        ("+92 (0) 300 1234567", "PK", "+923001234567"),
        ("+92 (0) 300 1234567", "IN", "+923001234567"),
        ("۰۳۰۰۱۲۳۴۵۶۷", "PK", "+923001234567"),
        ("+１ 650 253 0000", "IN", "+16502530000"),
    ],
)
def test_a_number_has_one_form_however_it_is_typed(typed, region, e164):
    assert parse_phone(typed, region) == e164


@pytest.mark.parametrize(
    "typed",
    [
        "+919876543210;ext=5",
        "9876543210 x5",
        "98765ABCDE",
        "call 9876543210",
        "9876543210 / 9876543211",
        "9876543210, 9876543211",
        "987654321",
        "9876543210123",
        "5001234567",
        "+999123456",
        "112",
        "+",
        "",
        "()",
        "0" * 5000,
        "\ud800",
    ],
)
def test_what_is_not_one_whole_number_is_refused_with_an_example(typed):
    with pytest.raises(InvalidPhone, match=re.escape("like +91 ")):
        parse_phone(typed, "IN")


def test_a_landline_is_refused_where_a_code_has_to_arrive():
    assert parse_phone("98765 43210", "IN", mobile=True) == "+919876543210"
    # In North America mobiles and landlines cannot be told apart.
    assert parse_phone("+1 650 253 0000", "IN", mobile=True) == "+16502530000"
    with pytest.raises(InvalidPhone, match="not a mobile number"):
        parse_phone("011 2345 6789", "IN", mobile=True)


def test_a_telegram_account_is_not_taken_for_a_number_of_the_firms_country():
    assert parse_phone("6581234567", "IN") == "+916581234567"
    assert telegram_phone("6581234567") == "+6581234567"
    assert telegram_phone("+91 98765 43210") == "+919876543210"


@pytest.mark.parametrize("number", ["", "x", "+", "919876543210;ext=5", "9" * 16, "1 800 FLOWERS"])
def test_what_no_telegram_account_has_is_refused(number):
    with pytest.raises(InvalidPhone, match="Share your own"):
        telegram_phone(number)


def test_a_number_is_printed_in_groups_and_masked_for_logs():
    assert format_phone("+919876543210") == "+91 98765 43210"
    assert mask_phone("+919876543210") == "+91 …210"
    assert mask_phone("+923001234567") == "+92 …567"


def test_what_is_no_number_is_printed_as_it_is_and_masked_all_the_same():
    assert format_phone("123-456-7890") == "123-456-7890"
    assert mask_phone("123-456-7890") == "…890"


@given(numbers)
@settings(max_examples=60, deadline=None)
def test_what_is_printed_is_read_back_and_fits_the_store(number):
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    assert parse_phone(format_phone(e164), "IN") == e164
    assert TypeAdapter(Phone).validate_python(e164) == e164
