"""Texts that are too long for one message: cut where a reader would, and nothing is dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.i18n import fill
from handlers.edge.parts import LONGEST_TEXT, length, parts, shortened, units
from simulator.formatting import formatted

LETTERS = "ab &<>\"'\n कक्षि ਪੰਜਾਬੀ اردو ₹🌾👩🏽‍🌾"


def of(text: str) -> Markup:
    return fill("{text}", text=text)


def shown(html: str) -> str:
    """What Telegram shows of it; it refuses tags that are not balanced."""
    return formatted(html, "HTML", None).text


def letters(text: str) -> str:
    return "".join(text.split())


def bold_letters(html: str) -> str:
    text = formatted(html, "HTML", None)
    wide = text.text.encode("utf-16-le")
    spans = [
        (2 * span["offset"], 2 * (span["offset"] + span["length"]))
        for span in text.entities
        if span["type"] == "bold"
    ]
    return "".join(letters(wide[start:end].decode("utf-16-le")) for start, end in spans)


plain = st.text(LETTERS, max_size=40).map(of)
bold = plain.map(lambda text: Markup("<b>{}</b>").format(text))
nested = st.lists(st.one_of(plain, bold), max_size=4).map(
    lambda some: Markup("<i>") + Markup("").join(some) + Markup("</i>")
)
texts = st.lists(st.one_of(plain, bold, nested), max_size=12).map(Markup("").join)


@given(texts, st.integers(8, 60))
def test_the_parts_show_every_letter_in_order_and_each_fits(html, most):
    made = parts(html, most)
    assert letters("".join(map(shown, made))) == letters(shown(html))
    for part in made:
        assert units(shown(part)) <= most
        assert shown(part) or len(made) == 1


@given(texts, st.integers(8, 60))
def test_what_is_bold_stays_bold(html, most):
    assert "".join(map(bold_letters, parts(html, most))) == bold_letters(html)


def test_what_fits_is_one_message_as_it_is():
    html = Markup("<b>Ramesh &amp; Sons</b>\n\nowe ₹100")
    assert parts(html) == [html]


def test_lines_stay_whole_and_fill_the_messages():
    lines = [f"{number:04} wheat" for number in range(1000)]
    made = parts(of("\n".join(lines)))
    assert [line for part in made for line in part.split("\n") if line] == lines
    assert len(made) == 3
    assert all(units(part) > LONGEST_TEXT - 20 for part in made[:-1])


def test_a_line_that_is_too_long_is_cut_between_words():
    made = parts(Markup("Ramesh Kumar Traders"), 13)
    assert [shown(part) for part in made] == ["Ramesh Kumar", "Traders"]


def test_a_word_that_is_too_long_is_cut_between_letters():
    made = parts(of("x" * 25), 10)
    assert [len(part) for part in made] == [10, 10, 5]


def test_a_tag_that_stands_open_at_the_cut_is_opened_again():
    made = parts(Markup('<a href="https://x.example/?a b">wheat\nrice</a>'), 7)
    assert [part.strip() for part in made] == [
        '<a href="https://x.example/?a b">wheat\n</a>',
        '<a href="https://x.example/?a b">rice</a>',
    ]


def test_an_entity_is_not_torn():
    assert parts(Markup("abc&amp;def"), 3) == ["abc", "&amp;", "def"]


@pytest.mark.parametrize("letter", ["कि", "क्षि", "👩🏽‍🌾", "ਪੰ"])
def test_a_letter_keeps_its_signs(letter):
    most = 3 * units(letter) + units(letter) - 1
    made = parts(of(letter * 7), most)
    assert made == [letter * 3, letter * 3, letter]


def test_marks_without_end_are_cut_all_the_same():
    made = parts(of("a" + "\u0301" * 500), 100)
    assert "".join(made) == "a" + "\u0301" * 500
    assert all(units(part) <= 100 for part in made)


def test_length_is_counted_as_telegram_counts():
    assert length("<b>a&amp;b</b>") == 3
    assert units("क्षि") == 4
    assert units("🌾") == 2


def test_thousands_of_emoji_are_split_too():
    made = parts(of("🌾" * 9000))
    assert [len(part) for part in made] == [2000] * 4 + [1000]


@pytest.mark.parametrize(
    ("text", "most", "seen"),
    [
        ("Please sign in first.", 200, "Please sign in first."),
        ("Please sign in first.", 20, "Please sign in…"),
        ("Please sign in first.", 15, "Please sign in…"),
        ("x" * 30, 10, "x" * 9 + "…"),
        ("a " + "x" * 30, 10, "a " + "x" * 7 + "…"),
        ("🌾" * 8, 10, "🌾" * 4 + "…"),
        ("", 200, ""),
    ],
)
def test_a_toast_is_shortened_at_a_words_end(text, most, seen):
    assert shortened(text, most) == seen
