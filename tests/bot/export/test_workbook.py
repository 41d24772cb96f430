"""The file: cells of the right kind, nothing that is reckoned or opened, and of any length."""

import datetime as dt
import re
import zipfile
from decimal import Decimal
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from bot.export.cells import Kind
from bot.export.workbook import Column, Workbook
from storage.types import MAX_PAISE

ZONE = ZoneInfo("Asia/Kolkata")
MADE_AT = dt.datetime(2026, 8, 1, 9, 0, tzinfo=dt.UTC)

COLUMNS = tuple(Column(kind.name, kind) for kind in Kind)
ROW = {
    Kind.TEXT: "Ramesh",
    Kind.MONEY: MAX_PAISE,
    Kind.QUANTITY: Decimal("52.125"),
    Kind.COUNT: 7,
    Kind.DAY: dt.date(2026, 4, 1),
    Kind.MOMENT: dt.datetime(2026, 3, 31, 20, 0, 5, tzinfo=dt.UTC),
}

HARMFUL = (
    '=HYPERLINK("http://x","y")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "{=1+1}",
    "http://example.com",
    "mailto:a@example.com",
    "internal:Sheet1!A1",
    "<r><t>x</t></r>",
    "</t></is></c>",
    "&lt;b&gt;",
    "_x003D_1+1",
    "'=1+1",
    "1234567890123456",
    "00042",
    "1/4",
    "TRUE",
)


@pytest.fixture
def written(tmp_path):
    """Writes rows into one table; gives the file, read back."""

    def write(*rows, columns=COLUMNS, name="Rows", **options):
        path = tmp_path / "book.xlsx"
        with Workbook(path, zone=ZONE, made_at=MADE_AT, **options) as book:
            sheet = book.sheet(name, columns)
            for row in rows:
                sheet.write(row)
            sheet.end()
        return openpyxl.load_workbook(path)

    return write


def test_each_cell_is_of_its_kind(written):
    sheet = written(tuple(ROW.values())).active
    cells = dict(zip(Kind, sheet[2], strict=True))

    assert (cells[Kind.TEXT].data_type, cells[Kind.TEXT].value) == ("s", "Ramesh")
    assert (cells[Kind.MONEY].value, cells[Kind.MONEY].number_format) == (
        99_99_99_99_999.99,
        "#,##0.00",
    )
    assert (cells[Kind.QUANTITY].data_type, cells[Kind.QUANTITY].value) == ("n", 52.125)
    assert cells[Kind.COUNT].value == 7
    assert cells[Kind.DAY].is_date
    assert cells[Kind.MOMENT].is_date
    assert str(cells[Kind.DAY].value) == "2026-04-01 00:00:00"
    # By the firm's clocks, where it was the next day by then.
    assert str(cells[Kind.MOMENT].value) == "2026-04-01 01:30:05"


def test_nothing_is_an_empty_cell(written):
    sheet = written((None,) * 6, ("", 0, None, 0, None, None)).active

    assert [cell.value for cell in sheet[2]] == [None] * 6
    assert [cell.value for cell in sheet[3]] == [None, 0, None, 0, None, None]


@pytest.mark.parametrize("harmful", HARMFUL)
def test_a_text_is_that_text_and_nothing_else(written, tmp_path, harmful):
    sheet = written((harmful,), columns=(Column(harmful, Kind.TEXT),)).active
    head, cell = sheet["A1"], sheet["A2"]

    assert (head.data_type, cell.data_type) == ("s", "s")
    assert cell.value.rstrip(" ").replace("_x005F", "") == harmful.replace("\r", "")
    assert cell.hyperlink is None
    assert (cell.number_format, cell.quotePrefix) == ("@", True)
    assert not formulas_of(tmp_path / "book.xlsx")


def formulas_of(path):
    """And what else could be opened or fetched."""
    with zipfile.ZipFile(path) as file:
        sheets = [file.read(name).decode() for name in file.namelist() if "worksheets" in name]
        assert not [name for name in file.namelist() if "sheet1.xml.rels" in name]
    return [found for sheet in sheets for found in re.findall(r"<(?:f|hyperlink)[ >/]", sheet)]


@pytest.mark.parametrize(
    "name", ["رمیش کمار", "रमेश कुमार", "ਰਮੇਸ਼ ਕੁਮਾਰ", "🌾 wheat", "Ra\x00m\ud800esh"]
)
def test_any_script_is_read_as_it_was_typed(written, name):
    kept = name.replace("\x00", "").replace("\ud800", "")

    assert written((name,), columns=COLUMNS[:1]).active["A2"].value == kept


def test_a_header_stays_and_filters(written):
    sheet = written(tuple(ROW.values()), tuple(ROW.values())).active

    assert [cell.value for cell in sheet[1]] == [kind.name for kind in Kind]
    assert all(cell.font.bold for cell in sheet[1])
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F3")
    assert sheet.column_dimensions["A"].width > 10


def test_a_table_without_rows_has_its_header(written):
    sheet = written().active

    assert (sheet.max_row, sheet.auto_filter.ref) == (1, "A1:F1")


@pytest.mark.parametrize(("many", "sheets"), [(4, 1), (5, 2), (8, 2), (9, 3)])
def test_what_is_beyond_the_last_row_goes_on_in_a_next_sheet(written, many, sheets):
    columns = (Column("Number", Kind.COUNT), Column("Amount", Kind.MONEY))
    book = written(*((number, 1) for number in range(many)), columns=columns, most_rows=5)

    assert book.sheetnames == ["Rows", "Rows 2", "Rows 3"][:sheets]
    values = [row for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [number for number, _amount in values] == list(range(many))
    assert all(sheet.max_row <= 5 and sheet["A1"].value == "Number" for sheet in book)
    assert all(sheet.auto_filter.ref == f"A1:B{sheet.max_row}" for sheet in book)


def test_sums_are_of_all_its_sheets(tmp_path):
    path = tmp_path / "book.xlsx"
    with Workbook(path, zone=ZONE, made_at=MADE_AT, most_rows=3) as book:
        sheet = book.sheet("Rows", (Column("Amount", Kind.MONEY),))
        for paise in (1, MAX_PAISE, -5, 10):
            sheet.write((paise,))
        sheet.end()

    assert (sheet.rows, sheet.sums) == (4, {"Amount": MAX_PAISE + 6})


def test_a_name_is_one_that_a_sheet_can_have(written):
    name = "'[All] the: *rows*? of a/b\\c that there are'"

    assert written(name=name).sheetnames == ["-All- the- -rows-- of a-b-c tha"]
    assert written(
        (1,), (2,), columns=(Column("n", Kind.COUNT),), name=name, most_rows=2
    ).sheetnames[1] == ("-All- the- -rows-- of a-b-c t 2")


def test_the_same_rows_are_the_same_bytes(written, tmp_path):
    made = []
    for _time in range(2):
        written(tuple(ROW.values()))
        made.append((tmp_path / "book.xlsx").read_bytes())

    assert made[0] == made[1]


def test_nothing_is_left_beside_the_file(written, tmp_path):
    written(tuple(ROW.values()))

    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]


def test_a_row_is_printed_on_one_sheet_of_paper_however_many_columns_it_has(written):
    sheet = written(tuple(ROW.values())).active
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # One page wide is what a sheet is that says nothing of it.
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
