"""What an invoice's PDF costs: against the plainest page, and with many rows."""

from fpdf import FPDF

from benchmarks.papers import SENDER, WITHOUT_PAY_CODE, invoices, render
from benchmarks.timing import ratio
from bot.pdf import Firm


def ten_vs_core(firm: Firm = WITHOUT_PAY_CODE) -> float:
    """An invoice of ten rows ÷ a page of ten rows in a font that every PDF reader brings."""
    ten = invoices()
    return ratio(lambda: render(ten(), firm), plain_page, times=60)


def ten_with_pay_code_vs_core() -> float:
    """The same for a firm that has a UPI id."""
    return ten_vs_core(SENDER)


def hundred_vs_ten() -> float:
    """An invoice of a hundred rows ÷ one of ten."""
    hundred, ten = invoices(rows=100), invoices()
    return ratio(lambda: render(hundred()), lambda: render(ten()), times=40)


def plain_page() -> bytes:
    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=10)
    for place in range(1, 11):
        for text in (str(place), f"wheat {place}", "52", "2,425.00", "1,26,100.00"):
            page.cell(38, 8, text)
        page.ln()
    return bytes(page.output())
