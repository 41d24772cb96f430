"""Folding: the key that a database is asked for, whatever was typed."""

import pytest

from storage.folding import fold_name


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("  Ramesh \t TRADERS\n", "ramesh traders"),
        ("ＲＡＭ", "ram"),
        ("Straße", "strasse"),
        ("सिंह", "सिंह"),
        ("शर्\u200dमा", "शर्मा"),
        ("e\u0301", "\u00e9"),
        ("Rаm", "ram"),
        ("a\0b\ud800", "ab\ufffd"),
        ("<b>.*", "<b>.*"),
        ("", ""),
    ],
)
def test_case_width_spacing_and_the_invisible_go_and_the_rest_stays(text, key):
    assert fold_name(text) == key
    assert fold_name(key) == key
