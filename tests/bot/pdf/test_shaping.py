import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pdf.faces import REPLACEMENT, faces
from bot.pdf.shaping import _shape, paragraphs, typeset
from tests.bot.pdf.papers import read


def glyphs(text):
    return [glyph for run in typeset(text).runs for glyph, _ in run.glyphs]


@pytest.mark.parametrize(
    "word",
    ["किताब", "र्कि", "क्षत्रिय", "श्रीमती", "ਸਿੰਘ", "ਗੁਰਪ੍ਰੀਤ", "fi", "e\u0301", "क्\u200dष", "A\ufe0f"],
)
def test_reading_the_glyphs_gives_the_word(word):
    assert read(typeset(word)) == word
    assert read(typeset(word, bold=True)) == word


def test_text_from_the_right_stands_reversed():
    assert read(typeset("گندم")) == "مدنگ"


def test_a_vowel_sign_stands_before_its_consonant():
    (consonant,) = glyphs("क")
    assert glyphs("कि")[1] == consonant


def test_letters_from_the_right_join():
    alone = [glyphs(letter)[0] for letter in "گندم"]
    assert not set(alone) & set(glyphs("گندم")[1:3])


@pytest.mark.parametrize("word", ["اللہ دتہ", "عبداللہ", "لاہور", "محمّد"])
def test_each_letter_from_the_right_has_a_glyph_of_its_own(word):
    """Readers that turn such text around glyph by glyph, and letter by letter, agree then."""
    assert read(typeset(word))[::-1] == word
    assert max(len(share) for run in typeset(word).runs for _, share in run.glyphs) == 1


def test_numbers_inside_text_from_the_right_read_from_the_left():
    line = read(typeset("روڈ 54000 پاکستان"))
    assert line.index("ن") < line.index("54000") < line.index("ر")


def test_brackets_are_mirrored_where_text_runs_from_the_right():
    rightmost = typeset("(گندم)").runs[-1].glyphs[-1]
    assert rightmost == (glyphs(")")[0], "(")


def test_each_run_is_set_in_the_face_of_its_script():
    names = [run.face.name for run in typeset("Wheat गेहूँ ਕਣਕ گندم 🌾").runs]
    assert list(dict.fromkeys(names)) == [
        "NotoSans-Regular",
        "NotoSansDevanagari-Regular",
        "NotoSansGurmukhi-Regular",
        "NotoNaskhArabic-Regular",
        "NotoEmoji-Regular",
    ]


def test_a_character_no_font_has_is_drawn_as_a_mark_and_keeps_its_text():
    assert glyphs("书") == glyphs(REPLACEMENT)
    assert read(typeset("书\x07")) == "书\x07"


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("digit", "234567890")
def test_figures_stand_under_each_other(digit, bold):
    wanted = typeset("1,11,111.11", bold=bold).width
    assert typeset("1,11,111.11".replace("1", digit), bold=bold).width == wanted


@pytest.mark.parametrize("bold", [False, True])
@settings(max_examples=100, deadline=None)
@given(text=st.from_regex("[ -~₹·×–−]{1,24}", fullmatch=True))
def test_plain_text_is_set_as_harfbuzz_sets_it(text, bold):
    (run,) = typeset(text, bold=bold).runs
    assert run == _shape(text, faces(bold=bold)[0], level=0)


def test_kerning_and_marks_move_glyphs_off_their_widths():
    (run,) = typeset("AV").runs
    assert run.shifts[-1].right < 0
    assert any(shift.up for shift in typeset("q\u0323\u0307").runs[0].shifts)


def test_every_kind_of_space_and_line_end_is_understood():
    assert paragraphs("a\tb\u00a0c\u3000d") == ["a b c d"]
    assert paragraphs("a\r\nb\u2028c\x85d\re") == ["a", "b", "c", "d", "e"]


@settings(max_examples=150, deadline=None)
@given(st.text("abגن۱۲گ1 ()٪\u202e\u2067\u2069क", max_size=30))
def test_no_character_is_lost_between_directions(text):
    assert sorted(read(typeset(text))) == sorted(text)
