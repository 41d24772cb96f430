import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import InvalidEmail, InvalidText
from bot.text import clean_line, clean_lines, fold_name, parse_email, safe_file_name, shown, tidy

cheaply = settings(max_examples=60, deadline=None)
anything = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ram\u202egnp", "Ramgnp"),
        ("\u200fRam\u200e", "Ram"),
        ("Ra\u200bm", "Ram"),
        ("Ra\u200dm", "Ram"),
        ("\ufeffRam", "Ram"),
        ("a\0b", "ab"),
        ("Ram\r\n Lal\t  &\u00a0Sons\u2028", "Ram Lal & Sons"),
        ("ok\nERROR forged", "ok ERROR forged"),
        ("<b>x</b>", "<b>x</b>"),
        ("*x_[", "*x_["),
        ('{"$gt":""}', '{"$gt":""}'),
        ("=1+1", "=1+1"),
        ("e\u0301", "é"),
        ("a" + "\u0301" * 30, "á" + "\u0301" * 4),
        ("क्\u200dष", "क्\u200dष"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("गेहूं 🌾", "गेहूं 🌾"),
    ],
)
def test_a_line_keeps_what_can_be_seen(typed, kept):
    assert clean_line(typed, field="name") == kept


@pytest.mark.parametrize("typed", ["", " \n", "\u200b\u200d", "\u3164\u2800", "\u0301", "\0"])
def test_a_line_that_shows_nothing_is_empty(typed):
    with pytest.raises(InvalidText, match=r"The address is empty\..*for example: Main Road"):
        clean_line(typed, field="address", example="Main Road")


def test_a_long_line_is_refused_with_its_length_and_the_limit():
    assert clean_line("x" * 80, field="name") == "x" * 80
    with pytest.raises(InvalidText, match="The name has 4096 characters; at most 80 fit"):
        clean_line("x" * 4096, field="name")
    with pytest.raises(InvalidText, match="has 6 characters; at most 5 fit"):
        clean_line(" Ramesh ", field="name", limit=5)


def test_lines_are_cleaned_one_by_one_and_empty_ones_left_out():
    typed = " Shop 12,\u200b Grain  Market\r\n \u200b\n\nKhanna\u2028141401 "
    assert clean_lines(typed, field="address", lines=3) == "Shop 12, Grain Market\nKhanna\n141401"


def test_too_many_lines_or_a_bad_one_are_refused():
    with pytest.raises(InvalidText, match="The address has 4 lines; at most 3 fit"):
        clean_lines("a\nb\nc\nd", field="address", lines=3)
    with pytest.raises(InvalidText, match="The address has 81 characters; at most 80 fit"):
        clean_lines("a\n" + "b" * 81, field="address", lines=3)
    with pytest.raises(InvalidText, match=r"The address is empty\..*for example: Main Road"):
        clean_lines(" \n\u200b", field="address", lines=3, example="Main Road")


@pytest.mark.parametrize("half", [chr(0xD800), "\ufffd"])
def test_a_broken_character_is_named_as_such(half):
    with pytest.raises(InvalidText, match="broken character"):
        clean_line(f"Ram{half}", field="name")


@given(anything)
@cheaply
def test_a_line_is_stored_as_it_is_read(text):
    line = tidy(text)
    line.encode()
    assert unicodedata.is_normalized("NFC", line)
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cs", "Zl", "Zp"}
    assert line == line.strip()
    assert "  " not in line


@pytest.mark.parametrize(
    "other",
    [
        "RAM LAL",
        "  ram \u00a0 lal ",
        "Ra\u200bm Lal",
        "Ｒａｍ Lal",
        "Rаm Lаl",
        "Rαm Lal",
        "𝐑am Lal",
    ],
)
def test_names_that_look_the_same_have_one_key(other):
    assert fold_name(other) == fold_name("Ram Lal")


def test_names_that_differ_have_different_keys():
    names = ["Ram Lal", "Ram Lala", "RamLal", "राम लाल", "ਰਾਮ ਲਾਲ", "رام لال", "राम लला"]
    assert len({fold_name(name) for name in names}) == len(names)


def test_joiners_do_not_tell_names_apart():
    assert fold_name("क्\u200dष") == fold_name("क्ष")


@given(anything)
@cheaply
def test_a_key_is_its_own_key_and_can_be_stored(text):
    key = fold_name(text)
    key.encode()
    assert fold_name(key) == key


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" ramesh@example.com ", "ramesh@example.com"),
        ("R.Kumar+books@Mail.Example.CO.IN", "R.Kumar+books@mail.example.co.in"),
        ("\u200eramesh@example.com", "ramesh@example.com"),
    ],
)
def test_an_email_address_is_read(typed, address):
    assert parse_email(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        *("", "ramesh", "ramesh@", "@example.com", "ramesh@example", "r@m@example.com"),
        *("ra mesh@example.com", "a..b@example.com", ".a@example.com", "a@-b.com", "a@b.c"),
        *(
            "x" * 65 + "@example.com",
            "a@" + "b." * 130 + "com",
            "a@b.com\nBcc: c@d.com",
            "a@\ud800.com",
        ),
        *("<script>@example.com", "a@example.com>"),
    ],
)
def test_what_is_no_email_address_is_refused_with_an_example(typed):
    with pytest.raises(InvalidEmail, match=re.escape("ramesh@example.com")):
        parse_email(typed)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("26-27/00042 Ramesh Kumar", "26-27-00042 Ramesh Kumar"),
        ("../../x", "x"),
        ("C:\\Windows\\x", "C-Windows-x"),
        (".hidden", "hidden"),
        ("a\0b\nc", "ab c"),
        ("a..b...", "a.b"),
        ("गेहूं मंडी", "गेहूं मंडी"),
        ("سردار", "سردار"),
        ('"; rm -rf /', "rm-rf"),
        ("", "invoice"),
        ("///", "invoice"),
        ("x" * 100, "x" * 60),
        ("x" * 59 + " y", "x" * 59),
    ],
)
def test_a_file_name_is_safe_anywhere(text, name):
    assert safe_file_name(text, "invoice") == name


@given(anything)
@cheaply
def test_a_file_name_is_one_name_of_bounded_size(text):
    name = safe_file_name(text, "invoice")
    assert 0 < len(name) <= 60
    assert len(name.encode()) <= 240
    assert not set(name) & set('/\\:*?"<>|\0\n\r')
    assert not name.startswith((".", "-"))
    assert ".." not in name


def test_typed_text_is_quoted_back_short_and_tidy():
    assert shown("a\u202eb\n c") == "ab c"
    assert shown("\ud800") == "\ufffd"
    assert len(shown("x" * 5000)) == 40
