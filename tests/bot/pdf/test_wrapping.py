import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.pdf.shaping import typeset
from bot.pdf.wrapping import wrap
from tests.bot.pdf.papers import read


def test_it_keeps_the_lines_as_typed():
    assert [read(line) for line in wrap("a b\r\nc\nd", 10_000)] == ["a b", "c", "d"]


def test_it_breaks_at_spaces_first():
    width = typeset("Basmati new").width
    assert [read(line) for line in wrap("Basmati new crop", width)] == ["Basmati new", "crop"]


def test_it_breaks_a_word_that_is_longer_than_the_line():
    lines = wrap("W" * 10, typeset("WWWW").width)
    assert [read(line) for line in lines] == ["WWWW", "WWWW", "WW"]


def test_a_letter_wider_than_the_line_stands_alone():
    assert [read(line) for line in wrap("WW", 1)] == ["W", "W"]


@pytest.mark.parametrize("word", ["सरसोंकाचमकदारतेल", "ਗੁਰਪ੍ਰੀਤਸਿੰਘਜੀ", "क्षक्षक्षक्ष", "a\u0301" * 9])
def test_it_does_not_part_a_letter_from_its_signs(word):
    starts = [read(line)[0] for line in wrap(word, 1200)]
    assert len(starts) > 2
    assert not [start for start in starts if unicodedata.category(start)[0] == "M"]
    assert not [line for line in wrap(word, 1200)[:-1] if read(line).endswith("\u094d")]


def test_it_aligns_a_paragraph_read_from_the_right_at_the_right():
    lines = wrap("گندم کی اعلیٰ قسم کی بوری پنجاب لاہور", 6000)
    assert len(lines) > 2
    assert len({line.indent + line.width for line in lines}) == 1
    assert min(line.indent for line in lines) == 0


def test_every_line_of_a_paragraph_has_its_direction():
    *_, last = wrap("گندم گندم (Wheat).", typeset("گندم گندم").width)
    assert read(last).startswith(".")


@settings(max_examples=150, deadline=None)
@given(st.text("ab क्षिਸਿ,- \n", max_size=60), st.integers(500, 8000))
def test_it_loses_nothing(text, width):
    assert "".join(map(read, wrap(text, width))).replace(" ", "") == "".join(text.split())


@settings(max_examples=150, deadline=None)
@example("نW,", 1148)
@given(st.text("abW कਸگن,- \n", max_size=60), st.integers(1000, 8000))
def test_every_line_fits(text, width):
    assert max(line.width for line in wrap(text, width)) <= width
