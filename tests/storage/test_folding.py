"""Folding: one form for what people take for the same text."""

import pytest

from storage.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Ramesh \t TRADERS\n", "ramesh traders"),
        ("ＲＡＭ", "ram"),
        ("Straße", "strasse"),
        ("सिंह", "सिंह"),
        ("e\u0301", "\u00e9"),
        ("a\0b\ud800", "ab"),
        ("<b>.*", "<b>.*"),
        ("", ""),
    ],
)
def test_case_width_and_spacing_go_and_the_rest_stays(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded
