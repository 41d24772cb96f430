import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.whatsapp import URL_LIMIT, share_url, shortened


def text_of(url):
    """What WhatsApp puts where a message is typed."""
    return parse_qs(urlsplit(url).query, strict_parsing=True, keep_blank_values=True)["text"][0]


@pytest.mark.parametrize(
    ("phone", "start"),
    [
        ("+919876543210", "https://wa.me/919876543210?text="),
        ("+919101234567", "https://wa.me/919101234567?text="),
        ("+923001234567", "https://wa.me/923001234567?text="),
        ("+911126512345", "https://wa.me/911126512345?text="),
        (None, "https://wa.me/?text="),
    ],
    ids=["India", "India, 91 after the 91", "Pakistan", "a landline of Delhi", "none"],
)
def test_the_link_has_all_digits_of_the_number_and_no_plus(phone, start):
    assert share_url("Hello", phone) == f"{start}Hello"


def test_spaces_and_lines_are_escaped_as_whatsapp_reads_them():
    assert share_url("Total: ₹500\nThank you", None) == (
        "https://wa.me/?text=Total%3A%20%E2%82%B9500%0AThank%20you"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Singh & Sons",
        "50% + 5% = 55% #1?",
        "\"the 'best' wheat\"",
        "a/b\\c;d:e@f=g&h=i",
        "https://example.com/i/42?a=1&b=%20#top",
        "सिंह एंड संस, कुल ₹1,26,100",
        "ਸਿੰਘ ਐਂਡ ਸੰਨਜ਼",
        "سنگھ اینڈ سنز",
        "🌾 👨‍👩‍👧 🇮🇳",
        " \n two spaces  and\ttab \n",
    ],
)
def test_whatever_stands_in_the_text_arrives(text):
    url = share_url(text, "+919876543210")
    assert text_of(url) == text
    assert re.fullmatch(
        r"https://wa\.me/919876543210\?text=([\w.~-]|%[0-9A-F]{2})*", url, re.ASCII
    )


@given(st.text(st.characters(), max_size=3_000), st.sampled_from([None, "+919876543210"]))
@settings(max_examples=100, deadline=None)
def test_no_text_makes_a_link_that_is_too_long_or_broken(text, phone):
    url = share_url(text, phone)
    assert len(url) <= URL_LIMIT
    unquote(url, errors="strict")


@pytest.mark.parametrize("letter", ["a", "गे", "ਣ", "گ", "🌾"])
def test_a_long_text_fills_the_link_and_says_that_there_was_more(letter):
    url = share_url(letter * 3_000, None)
    assert URL_LIMIT - 25 < len(url) <= URL_LIMIT
    assert text_of(url) == letter * text_of(url).count(letter) + "…"


@pytest.mark.parametrize("room", [30, 100])
def test_what_fits_is_not_shortened(room):
    assert shortened("a" * room, room) == "a" * room
    assert shortened("a" * (room + 1), room) == "a" * (room - 9) + "…"


def test_no_space_is_left_before_the_dots():
    assert shortened("Singh and Sons", len("Singh%20") + 9) == "Singh…"


@pytest.mark.parametrize(
    "whole",
    [
        "गे",
        "क्ष",
        "ਸ੍ਰੀ",
        "ਸਿੰ",
        "گِ",
        "e\u0301",
        "🇮🇳",
        "👍🏽",
        "👨‍👩‍👧",
        "❤️",
        "1️⃣",
        "\N{REPLACEMENT CHARACTER}",
    ],
)
def test_one_character_to_the_eye_is_kept_whole_or_not_at_all(whole):
    text = whole * 40
    for room in range(9, 400):
        assert shortened(text, room).removesuffix("…").replace(whole, "") == ""


def test_two_flags_are_two():
    flags = "🇮🇳" * 40
    assert shortened(flags, 9 + 2 * 24) == "🇮🇳🇮🇳…"
