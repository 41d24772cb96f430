"""The statement on paper: every row, in any script, the same bytes each time."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

import pypdf
import pytest

from bot.pdf import Firm, Party, render_statement
from bot.statement import Row, Statement
from storage.types import MAX_PAISE

DAY = dt.date(2026, 8, 1)
MOMENT = dt.datetime(2026, 8, 1, 9, 0, tzinfo=dt.UTC)
ZONE = ZoneInfo("Asia/Kolkata")
FIRM = Firm("Singh & Sons", "+919876543210", "New Grain Market")
GURPREET = Party("Gurpreet Kaur", "+919815012345", "Ramgarh")


def rows(count: int, particulars: str = "Invoice 26-27/00001") -> tuple[Row, ...]:
    return tuple(
        Row(DAY + dt.timedelta(days=n), particulars, 100_00, 0, 100_00 * (n + 1), "Ravi", MOMENT)
        for n in range(count)
    )


def render(statement: Statement, customer: Party = GURPREET) -> bytes:
    return render_statement(statement, firm=FIRM, customer=customer, zone=ZONE)


def pages(statement: Statement, customer: Party = GURPREET) -> list[str]:
    paper = io.BytesIO(render(statement, customer))
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(paper).pages]


def test_it_says_whose_account_it_is_and_of_which_days():
    (page,) = pages(Statement(DAY, DAY + dt.timedelta(days=30), 500_00, rows(2)))
    for said in (
        "Singh & Sons New Grain Market +91 98765 43210",
        "Statement",
        "Gurpreet Kaur Ramgarh +91 98150 12345",
        "From 1 Aug 2026",
        "To 31 Aug 2026",
        "Opening balance 500.00",
        "Debit ₹200.00",
        "Credit ₹0.00",
        "Balance due ₹700.00",
    ):
        assert said in page


def test_under_what_it_was_stands_who_posted_it_and_when():
    (page,) = pages(Statement(None, None, 0, rows(2)))
    for said in (
        "1 Aug 2026 Invoice 26-27/00001 100.00 100.00 14:30 · Ravi",
        "2 Aug 2026 Invoice 26-27/00001 100.00 200.00 1 Aug 2026 14:30 · Ravi",
    ):
        assert said in page


def test_an_advance_is_named_as_one():
    row = Row(DAY, "Payment, cash", 0, 100_00, -100_00, "Ravi", MOMENT)
    (page,) = pages(Statement(None, None, 0, (row,)))
    assert "\N{MINUS SIGN}100.00" in page
    assert "Advance held ₹100.00" in page


def test_many_rows_go_on_under_the_same_heads():
    paper = pages(Statement(None, None, 0, rows(300)))
    assert len(paper) > 5
    for number, page in enumerate(paper, 1):
        assert "Date Particulars Debit Credit Balance" in page
        assert f"Page {number} of {len(paper)}" in page
    assert sum(page.count("· Ravi") for page in paper) == 300
    assert "Balance due ₹30,000.00" in paper[-1]


@pytest.mark.parametrize("words", ["गेहूँ शरबती", "ਚੈੱਕ ਨੰਬਰ", "چیک نمبر", "😀 书", "x" * 120])
def test_what_was_typed_can_be_read(words):
    paper = pages(Statement(None, None, 0, rows(1, f"Payment, cheque · {words}")), Party(words))
    assert "".join(words.split()) in "".join("".join(paper).split())


def test_the_largest_amounts_fit():
    row = Row(DAY, "Invoice 26-27/9999999", MAX_PAISE, 0, MAX_PAISE, "Ravi", MOMENT)
    (page,) = pages(Statement(None, None, 0, (row,)))
    assert page.count("99,99,99,99,999.99") == 4


def test_money_by_thousands_is_grouped_so_in_rows_and_sums():
    row = Row(DAY, "Invoice 26-27/00001", 1_234_567_00, 0, 1_234_567_00, "Ravi", MOMENT)
    paper = render_statement(
        Statement(None, None, 0, (row,)), firm=FIRM, customer=GURPREET, zone=ZONE, currency="USD"
    )
    said = " ".join(pypdf.PdfReader(io.BytesIO(paper)).pages[0].extract_text().split())
    assert "1,234,567.00 1,234,567.00" in said
    assert "Balance due $1,234,567.00" in said
    assert "12,34" not in said


def test_a_statement_of_nothing_is_a_paper_too():
    (page,) = pages(Statement(None, None, 0, ()))
    assert "Balance due ₹0.00" in page


def test_the_same_statement_is_the_same_bytes():
    for shown in (Statement(None, None, 0, rows(40)), Statement(None, None, 0, ())):
        assert render(shown) == render(shown)
