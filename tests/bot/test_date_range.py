"""Ranges of days, as people type them."""

import datetime as dt

import pytest

from bot.date_range import parse_date_range
from bot.errors import InvalidDate

TODAY = dt.date(2026, 8, 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1/4 - 30/6", "2026-04-01", "2026-06-30"),
        ("1/4-30/6/2026", None, None),
        ("1/4/26 to 30/6/26", "2026-04-01", "2026-06-30"),
        ("1 apr – 15 may", "2026-04-01", "2026-05-15"),
        ("1/4..30/6", "2026-04-01", "2026-06-30"),
        ("april", "2026-04-01", "2026-04-30"),
        ("April 2025", "2025-04-01", "2025-04-30"),
        ("dec", "2025-12-01", "2025-12-31"),
        ("feb 2024", "2024-02-01", "2024-02-29"),
        ("april - june", "2026-04-01", "2026-06-30"),
        ("अप्रैल", "2026-04-01", "2026-04-30"),
        ("aug", "2026-08-01", "2026-08-01"),
        ("1/4", "2026-04-01", "2026-08-01"),
        ("yesterday", "2026-07-31", "2026-08-01"),
        ("31-12-2025 - 1-1-2026", "2025-12-31", "2026-01-01"),
        ("1/4 - 31/12/2026", "2026-04-01", "2026-08-01"),
    ],
)
def test_a_range_is_read(text, first, last):
    if first is None:
        with pytest.raises(InvalidDate):
            parse_date_range(text, today=TODAY)
        return
    read = parse_date_range(text, today=TODAY)
    assert read == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["", "soon", "30/6 - 1/4/2026", "5/8/2026", "1/4 - 2/4 - 3/4", "99/99", "1/4 -", "- -"]
)
def test_what_is_none_is_said_with_an_example(text):
    with pytest.raises(InvalidDate) as refused:
        parse_date_range(text, today=TODAY)
    assert any(word in str(refused.value) for word in ("/", "example", "e.g.", "like"))
