"""What the firm's papers have in common: labelled figures, the stamp, heads, page numbers."""

from collections.abc import Sequence

from bot.i18n import _
from bot.money import format_amount, format_plain
from bot.pdf.flow import Flow
from bot.pdf.shaping import typeset
from bot.pdf.sheet import Align
from bot.pdf.style import LEADING, RISE, Colour
from bot.pdf.wrapping import wrap

_GAP = 10.0
_STAMP_PADDING = 7.0
_AROUND_RULE = 4.0

_LEAST_LABEL = 0.3
"""Of the width: where a value leaves less, its label has a line of its own."""


def money(paise: int, currency: str) -> str:
    """The amount with a true minus, which is as wide as a figure and stands at its height."""
    return format_amount(paise, currency).replace("-", "\N{MINUS SIGN}")


def plain_money(paise: int, currency: str) -> str:
    """The same without the sign of the currency, for the columns of a table."""
    return format_plain(paise, currency).replace("-", "\N{MINUS SIGN}")


def figure(
    flow: Flow,
    label: str,
    value: str,
    *,
    size: float = 0,
    bold: bool = False,
    colour: Colour | None = None,
) -> None:
    """A label at the left of the column and its value at the right."""
    size = size or flow.style.body
    colour = colour or flow.style.ink
    label_colour = colour if bold else flow.style.grey
    number = typeset(value, bold=bold)
    room = flow.width - number.width * size / 1000 - _GAP
    if room < flow.width * _LEAST_LABEL:
        flow.block(label, size=size, bold=bold, colour=label_colour)
        flow.block(value, size=size, bold=bold, colour=colour, align="right")
        return
    # The value after its label's first line: whoever copies the page reads them together.
    first, *others = wrap(label, room * 1000 / size, bold=bold)
    flow.line(first, size, colour=label_colour)
    flow.sheet.write_text(
        flow.right, flow.y + (RISE - LEADING) * size, number, size, colour=colour, align="right"
    )
    for line in others:
        flow.line(line, size, colour=label_colour)


def added_up(
    flow: Flow,
    parts: Sequence[tuple[str, int]],
    total: tuple[str, int],
    currency: str,
    *,
    size: float,
) -> None:
    """Amounts (paise) with their signs, a line, and what they come to."""
    for name, paise in parts:
        figure(flow, name, money(paise, currency))
    flow.y += _AROUND_RULE
    flow.rule(thick=0.8, colour=flow.style.ink)
    flow.y += _AROUND_RULE
    name, paise = total
    figure(flow, name, money(paise, currency), size=size, bold=True)


def small(flow: Flow, text: str, *, align: Align = "left") -> None:
    """Small words: above what they name, or at the foot."""
    flow.block(text, size=flow.style.small, colour=flow.style.grey, align=align)


def stamp(flow: Flow, word: str, colour: Colour, *, align: Align) -> None:
    """A word in a frame: what became of the paper, said quietly."""
    size = flow.style.small
    line = typeset(word, bold=True)
    width = line.width * size / 1000 + 2 * _STAMP_PADDING
    height = size * LEADING + 4
    flow.y += 5
    flow.need(height)
    x, y = flow.edge(align, width), flow.y
    flow.sheet.frame(x, y, width, height, thick=0.9, colour=colour)
    flow.sheet.write_text(x + _STAMP_PADDING, y + 2 + size * RISE, line, size, colour=colour)
    flow.y += height


def running_head(flow: Flow, text: str) -> None:
    """One line at the top of a later page that says which paper it belongs to."""
    size = flow.style.small
    lines = wrap(text, flow.width * 1000 / size)
    flow.sheet.write_text(flow.left, flow.y + size * RISE, lines[0], size, colour=flow.style.grey)
    flow.y += size * LEADING + 10


def finish(flow: Flow) -> bytes:
    """Number the pages, cut those from a roll, and give the file."""
    sheet, style = flow.sheet, flow.style
    pages = sheet.pages_count
    for page in range(1, pages + 1):
        sheet.page = page
        foot = flow.lowest + style.space + style.margin if style.narrow else style.height
        baseline = foot - style.margin
        if pages > 1 or not style.narrow:
            rule = baseline - 14
            sheet.rule(style.margin, rule, flow.width, thick=0.4, colour=style.hairline)
            folio = _("Page {page} of {pages}").format(page=page, pages=pages)
            sheet.write_text(
                flow.right, baseline, folio, style.small, colour=style.grey, align="right"
            )
        if style.narrow:
            sheet.cut(foot)
    return sheet.finished()
