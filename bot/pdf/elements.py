"""What the firm's papers have in common: labelled figures, the stamp, heads, page numbers."""

from bot.i18n import _
from bot.pdf.flow import Flow
from bot.pdf.shaping import typeset
from bot.pdf.sheet import Colour, Sheet
from bot.pdf.style import BODY, GREY, HAIRLINE, INK, LEADING, MARGIN, RISE, SMALL
from bot.pdf.wrapping import wrap

_GAP = 10.0
_STAMP_PADDING = 7.0


def figure(
    flow: Flow,
    x: float,
    width: float,
    label: str,
    value: str,
    *,
    size: float = BODY,
    bold: bool = False,
    colour: Colour = INK,
) -> None:
    """A label at the left of the width and its value at the right."""
    number = typeset(value, bold=bold)
    room = width - number.width * size / 1000 - _GAP
    label_colour = colour if bold else GREY
    for place, line in enumerate(wrap(label, room * 1000 / size, bold=bold)):
        flow.need(size * LEADING)
        y = flow.y + size * RISE
        flow.sheet.write_text(x, y, line, size, colour=label_colour)
        if place == 0:
            flow.sheet.write_text(x + width, y, number, size, colour=colour, align="right")
        flow.y += size * LEADING


def stamp(flow: Flow, word: str, colour: Colour) -> None:
    """A word in a frame at the right margin: what became of the paper, said quietly."""
    line = typeset(word, bold=True)
    width = line.width * SMALL / 1000 + 2 * _STAMP_PADDING
    height = SMALL * LEADING + 4
    flow.y += 5
    flow.need(height)
    x, y = flow.right - width, flow.y
    flow.sheet.frame(x, y, width, height, thick=0.9, colour=colour)
    flow.sheet.write_text(x + _STAMP_PADDING, y + 2 + SMALL * RISE, line, SMALL, colour=colour)
    flow.y += height


def running_head(flow: Flow, text: str) -> None:
    """One line at the top of a later page that says which paper it belongs to."""
    lines = wrap(text, flow.width * 1000 / SMALL)
    flow.sheet.write_text(flow.left, flow.y + SMALL * RISE, lines[0], SMALL, colour=GREY)
    flow.y += SMALL * LEADING + 10


def folios(sheet: Sheet) -> None:
    """Number the pages, once it is known how many there are."""
    pages = sheet.pages_count
    baseline = sheet.h - MARGIN
    for page in range(1, pages + 1):
        sheet.page = page
        sheet.rule(MARGIN, baseline - 14, sheet.w - 2 * MARGIN, thick=0.4, colour=HAIRLINE)
        folio = _("Page {page} of {pages}").format(page=page, pages=pages)
        sheet.write_text(sheet.w - MARGIN, baseline, folio, SMALL, colour=GREY, align="right")
