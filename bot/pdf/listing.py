"""What a table is on a narrow sheet: a name over the whole width, its figures under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.pdf.elements import figure
from bot.pdf.flow import Flow
from bot.pdf.shaping import typeset
from bot.pdf.sheet import Align
from bot.pdf.style import LEADING, RISE

_PADDING = 2.5
_GAP = 6.0
_EDGES: tuple[Align, Align] = ("left", "right")


@dataclass(frozen=True)
class Entry:
    """``detail`` stands under the name, ``value`` at the right of it."""

    name: str
    detail: str
    value: str


def draw_listing(flow: Flow, head: tuple[str, str], entries: Sequence[Entry]) -> None:
    """Draw all entries, numbered, under a head which is repeated on every page."""
    style = flow.style
    numbers = typeset(str(len(entries))).width * style.body / 1000 + _GAP

    def draw_head() -> None:
        start = flow.place
        for title, align in zip(head, _EDGES, strict=True):
            flow.go(start)
            flow.line(typeset(title, bold=True), style.small, colour=style.grey, align=align)
        flow.y += _PADDING
        flow.rule(thick=0.8, colour=style.ink)

    draw_head()
    flow.repeat = draw_head
    for place, entry in enumerate(entries, 1):
        flow.need(2 * (style.body * LEADING + _PADDING))
        flow.y += _PADDING
        flow.sheet.write_text(
            flow.left, flow.y + style.body * RISE, str(place), style.body, colour=style.grey
        )
        with flow.column(flow.left + numbers, flow.right):
            flow.block(entry.name)
            figure(flow, entry.detail, entry.value)
        flow.y += _PADDING
        flow.rule(thick=0.4, colour=style.hairline)
    flow.repeat = None
