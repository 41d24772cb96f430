"""More rows than are held at a time come in order all the same."""

import random

import pytest

from bot.export import order
from bot.export.order import Ordered


@pytest.mark.parametrize("many", [0, 1, 9, 10, 11, 100, 105])
def test_rows_come_in_the_order_of_their_keys(many, monkeypatch, tmp_path):
    monkeypatch.setattr(order, "AT_ONCE", 10)
    keys = list(range(many))
    random.Random(many).shuffle(keys)
    rows = Ordered(tmp_path)
    for key in keys:
        rows.add((key,), ("row", key))

    assert len(rows._rows) < 10
    assert list(rows) == [("row", key) for key in range(many)]


def test_what_stands_in_a_row_need_not_have_an_order(tmp_path):
    rows = Ordered(tmp_path)
    rows.add((2,), (None,))
    rows.add((1,), ("text",))

    assert list(rows) == [("text",), (None,)]
