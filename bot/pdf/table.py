"""A table whose columns take the room that their numbers need, and whose head is repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bot.pdf.flow import Flow
from bot.pdf.shaping import typeset
from bot.pdf.sheet import Align
from bot.pdf.style import LEADING, RISE
from bot.pdf.wrapping import wrap

GAP = 14.0
PADDING = 3.0


@dataclass(frozen=True)
class Column:
    """``least`` is the width below which it does not go, however short its texts.

    ``wraps`` marks the one column of free text, which takes what the others leave.
    """

    title: str
    align: Align = "right"
    least: float = 0
    wraps: bool = False


@dataclass(frozen=True)
class _Cell:
    x: float
    width: float
    column: Column


def draw_table(
    flow: Flow,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    notes: Sequence[str] = (),
    followed_by: float = 0,
) -> None:
    """Draw all rows. A row is kept on one page unless it is longer than half of one.

    Args:
        flow: where.
        columns: what heads them.
        rows: the texts, one for each column.
        notes: what stands small under the free text of each row, if anything.
        followed_by: the height of what must not stand on a page without the last row.
    """
    style = flow.style
    cells = _cells(flow, columns, rows)

    def head() -> None:
        flow.y += PADDING
        for cell in cells:
            flow.sheet.write_text(
                _edge(cell),
                flow.y + style.small * RISE,
                cell.column.title,
                style.small,
                bold=True,
                colour=style.grey,
                align=cell.column.align,
            )
        flow.y += style.small * LEADING + PADDING
        flow.rule(thick=0.8, colour=style.ink)

    flow.need((style.small + 2 * style.body) * LEADING + 4 * PADDING)
    head()
    flow.repeat = head
    for place, (row, note) in enumerate(zip_longest(rows, notes, fillvalue=""), 1):
        _draw_row(flow, cells, row, note, followed_by=followed_by if place == len(rows) else 0)
    flow.repeat = None


def _draw_row(
    flow: Flow, cells: Sequence[_Cell], row: Sequence[str], note: str, *, followed_by: float
) -> None:
    style = flow.style
    line, small_line = style.body * LEADING, style.small * LEADING
    lines = [
        wrap(text, cell.width * 1000 / style.body) if cell.column.wraps else [typeset(text)]
        for cell, text in zip(cells, row, strict=True)
    ]
    count = max(map(len, lines))
    under = next((cell for cell in cells if cell.column.wraps), cells[0])
    small = wrap(note, under.width * 1000 / style.small) if note else []
    height = count * line + len(small) * small_line + 2 * PADDING + followed_by
    flow.need(height if height < flow.bottom / 2 else line + 2 * PADDING)
    flow.y += PADDING
    for index in range(count):
        flow.need(line)
        for place, (cell, texts) in enumerate(zip(cells, lines, strict=True)):
            if index < len(texts):
                flow.sheet.write_text(
                    _edge(cell),
                    flow.y + style.body * RISE,
                    texts[index],
                    style.body,
                    colour=style.ink if place else style.grey,
                    align=cell.column.align,
                )
        flow.y += line
    for text in small:
        flow.need(small_line)
        flow.sheet.write_text(
            under.x, flow.y + style.small * RISE, text, style.small, colour=style.grey
        )
        flow.y += small_line
    flow.y += PADDING
    flow.rule(thick=0.4, colour=style.hairline)


def _edge(cell: _Cell) -> float:
    return cell.x + (cell.width if cell.column.align == "right" else 0)


def _cells(flow: Flow, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[_Cell]:
    widths = [
        0.0
        if column.wraps
        else max(
            column.least,
            typeset(column.title, bold=True).width * flow.style.small / 1000,
            *(typeset(row[place]).width * flow.style.body / 1000 for row in rows),
        )
        for place, column in enumerate(columns)
    ]
    spare = flow.width - sum(widths) - GAP * (len(columns) - 1)
    x = flow.left
    cells = []
    for column, width in zip(columns, widths, strict=True):
        cell = _Cell(x, spare if column.wraps else width, column)
        cells.append(cell)
        x += cell.width + GAP
    return cells
