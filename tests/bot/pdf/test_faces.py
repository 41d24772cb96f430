import unicodedata

import pytest

from bot.pdf.faces import FONTS, face_of, faces

FILES = sorted(FONTS.glob("*.ttf"))


def test_every_font_is_named_with_its_source_and_has_its_licence_beside_it():
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    assert [file.name for file in FILES if f"`{file.name}`" not in readme] == []
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_the_fonts_are_small():
    assert sum(file.stat().st_size for file in FILES) < 1_600_000


def test_every_file_is_used_and_no_face_is_parsed_twice():
    used = {id(face): face for bold in (False, True) for face in faces(bold=bold)}
    assert len(used) == len(FILES)


@pytest.mark.parametrize("bold", [False, True])
def test_every_face_measures_in_thousandths(bold):
    assert {face.face.upem for face in faces(bold=bold)} == {1000}


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize(
    ("first", "last"),
    [(0x20, 0x7E), (0xA0, 0x17F), (0x900, 0x97F), (0xA00, 0xA75), (0x621, 0x6D5), (0x6F0, 0x6F9)],
    ids=["ASCII", "Latin", "Devanagari", "Gurmukhi", "Arabic", "Urdu digits"],
)
def test_a_script_is_whole(first, last, bold):
    letters = [chr(code) for code in range(first, last + 1)]
    assigned = [letter for letter in letters if unicodedata.category(letter) != "Cn"]
    assert [letter for letter in assigned if face_of(letter, bold=bold) is None] == []


@pytest.mark.parametrize("character", "₹₨−–—“”…·✓☬😀🌾🙏🤝")
def test_what_people_use_beside_letters_is_there(character):
    assert face_of(character, bold=True)


def test_what_is_not_there_is_said():
    assert face_of("书", bold=False) is None
