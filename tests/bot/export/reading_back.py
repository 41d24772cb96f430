"""An export, made as the bot makes it and read by a reader that shares no code with its writer."""

import io
from decimal import Decimal

import openpyxl

from bot.desk import Who
from bot.export.making import make_export
from bot.export.period import Period
from tests.bot.asking import PARTNER
from tests.bot.desks import desk_of

WHO = Who(1, PARTNER)


def exported(store, clock, folder, period=Period(), **settings):  # noqa: B008 - it is frozen
    """The workbook of these books."""
    desk = desk_of(store, clock, data_dir=folder, **settings)
    return read(make_export(desk, WHO, period))


def read(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(sheet):
    """What stands under each title, row by row; of two columns of one title the last."""
    titles, *values = sheet.iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in values]


def paise(number):
    """As the file has it."""
    exact = Decimal(str(number)) * 100
    assert exact == int(exact)
    return int(exact)


def total(sheet, title):
    return sum(paise(row[title]) for row in rows(sheet))


def about(book):
    """What the first sheet says, by its labels."""
    found = {}
    for row in book.worksheets[0].iter_rows(values_only=True):
        found.setdefault(row[0], row[1:])
    return found
