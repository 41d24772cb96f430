"""The code that a customer's payment app scans, and what it is for."""

import re
from collections.abc import Iterable, Iterator

import segno

from bot.pdf.flow import Flow
from bot.pdf.style import LEADING

_SIDE = 92.0
"""Of the code, without the white around it: a good 3 cm, which phones read at arm's length."""

_QUIET = 4
"""Modules of white that ISO/IEC 18004 wants around a code."""

_DARK = re.compile(b"\x01+")

_MASK = 0
"""Any of the eight can be read; to try them all takes longer than drawing the page."""


def pay_code_height(flow: Flow) -> float:
    """Room for the code, the white around it, and the words under it."""
    return 1.25 * _SIDE + 3 * flow.style.small * LEADING


def draw_pay_code(flow: Flow, uri: str, words: str, upi_id: str) -> None:
    """The code in the middle of the column; under it, small, ``words`` and to whom it pays."""
    style = flow.style
    flow.need(pay_code_height(flow))
    try:
        code = segno.make(uri, error="m", micro=False, boost_error=False, mask=_MASK)
    except segno.DataOverflowError:
        return  # no code holds so long a link; the firm's UPI id stands at the top
    module = _SIDE / len(code.matrix)
    quiet = _QUIET * module
    flow.y += quiet
    flow.sheet.cells(flow.edge("center", _SIDE), flow.y, module, _runs(code.matrix))
    flow.y += _SIDE + quiet
    flow.block(words, size=style.small, bold=True, align="center")
    flow.block(upi_id, size=style.small, colour=style.grey, align="center")


def _runs(rows: Iterable[bytearray]) -> Iterator[tuple[int, int, int]]:
    """The dark modules, as (row, first column, how many)."""
    for row, modules in enumerate(rows):
        for dark in _DARK.finditer(modules):
            yield row, dark.start(), dark.end() - dark.start()
