"""An XLSX file, row by row: sheets with a header, cells of the right kind, and no formula at all.

Every text is written as one, in a format with a quote prefix: ``=1+1`` is not reckoned when the
cell is opened and left again, either. Of each row only one is in memory.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format

from bot.export.cells import Kind, rupees, text
from bot.i18n import _

MOST_ROWS = 1_048_576
"""Of a sheet, with its header; what is beyond goes on in a second one."""

MOST_LETTERS = 31
"""Of a sheet's name."""

LEFT = {"align": "left", "indent": 1}
RIGHT = {"align": "right"}
FORMATS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"num_format": "@", "quote_prefix": True, **LEFT},
    Kind.MONEY: {"num_format": "#,##0.00"},
    Kind.QUANTITY: {},
    Kind.COUNT: {"num_format": "0"},
    Kind.DAY: {"num_format": "dd-mm-yyyy", **LEFT},
    Kind.MOMENT: {"num_format": "dd-mm-yyyy hh:mm:ss", **LEFT},
}
HEADER = {"bold": True, "bg_color": "#E8EEE4", "bottom": 1, "text_wrap": True, "valign": "top"}
NUMBERS = {Kind.MONEY, Kind.QUANTITY, Kind.COUNT}


WIDTHS = {
    Kind.TEXT: 18,
    Kind.MONEY: 16,
    Kind.QUANTITY: 11,
    Kind.COUNT: 8,
    Kind.DAY: 12,
    Kind.MOMENT: 20,
}


@dataclass(frozen=True)
class Column:
    """``title`` is an English msgid, ``width`` is in characters; 0 is that of its kind."""

    title: str
    kind: Kind
    width: int = 0

    @property
    def letters(self) -> int:
        return self.width or WIDTHS[self.kind]


class Workbook:
    """Written to ``path`` at the end of the block; its rows lie beside that until then.

    ``zone`` is the firm's: moments are written as its clocks show them. ``made_at`` is UTC.
    """

    def __init__(
        self, path: Path, *, zone: ZoneInfo, made_at: dt.datetime, most_rows: int = MOST_ROWS
    ) -> None:
        self.zone = zone
        self.most_rows = most_rows
        self._file = xlsxwriter.Workbook(
            path, {"constant_memory": True, "tmpdir": str(path.parent)}
        )
        self._file.set_properties({"created": made_at.replace(tzinfo=None)})
        self.formats = {kind: self._file.add_format(FORMATS[kind]) for kind in Kind}
        self.bold = {kind: self._file.add_format({**FORMATS[kind], "bold": True}) for kind in Kind}
        self.header = {
            at_right: self._file.add_format({**HEADER, **(RIGHT if at_right else LEFT)})
            for at_right in (False, True)
        }

    def add(self, name: str) -> Any:
        """A bare sheet of XlsxWriter's."""
        return self._file.add_worksheet(_sheet_name(name))

    def sheet(self, name: str, columns: Sequence[Column]) -> "Sheet":
        return Sheet(self, name, columns)

    def writer(self, kind: Kind, sheet: Any, style: Format) -> Callable[[int, int, Any], object]:
        """Writes a value of this kind at a row and a column, both from 0."""
        match kind:
            case Kind.TEXT:
                return lambda row, at, value: sheet.write_string(row, at, text(value), style)
            case Kind.MONEY:
                return lambda row, at, value: sheet.write_number(row, at, rupees(value), style)
            case Kind.QUANTITY | Kind.COUNT:
                return lambda row, at, value: sheet.write_number(row, at, value, style)
            case Kind.DAY:
                return lambda row, at, value: sheet.write_datetime(row, at, value, style)
            case Kind.MOMENT:
                return lambda row, at, value: sheet.write_datetime(
                    row, at, value.astimezone(self.zone).replace(tzinfo=None), style
                )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failed: object) -> None:
        if failed == (None, None, None):
            self._file.close()


class Sheet:
    """A table, in one sheet or, where that is full, in several.

    Attributes:
        name: in the current language.
        rows: how many there are, in all of them.
        sums: of each column of money, in paise, by its title.
    """

    def __init__(self, workbook: Workbook, name: str, columns: Sequence[Column]) -> None:
        self.name = name
        self.rows = 0
        self.sums = {column.title: 0 for column in columns if column.kind is Kind.MONEY}
        self._workbook = workbook
        self._columns = columns
        self._sheets = 0
        self._begin()

    def write(self, values: Sequence[Any]) -> None:
        """One row; an empty cell is None or an empty text."""
        if self._row == self._workbook.most_rows:
            self.end()
            self._begin()
        for at, value in enumerate(values):
            if value is not None and value != "":
                self._write[at](self._row, at, value)
                if self._columns[at].kind is Kind.MONEY:
                    self.sums[self._columns[at].title] += value
        self._row += 1
        self.rows += 1

    def end(self) -> None:
        """Once its last row is there."""
        self._sheet.autofilter(0, 0, self._row - 1, len(self._columns) - 1)

    def _begin(self) -> None:
        self._sheets += 1
        book, number = self._workbook, f" {self._sheets}" if self._sheets > 1 else ""
        sheet = self._sheet = book.add(_sheet_name(self.name, number))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        self._write = []
        for at, column in enumerate(self._columns):
            sheet.set_column(at, at, column.letters)
            style = book.header[column.kind in NUMBERS]
            sheet.write_string(0, at, text(_(column.title)), style)
            self._write.append(book.writer(column.kind, sheet, book.formats[column.kind]))
        self._row = 1


def _sheet_name(name: str, number: str = "") -> str:
    """A translation may be longer than a name may be, or have a mark that none has."""
    plain = "".join("-" if letter in "[]:*?/\\" else letter for letter in name).strip("'")
    return plain[: MOST_LETTERS - len(number)] + number
