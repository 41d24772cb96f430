"""What an invoice's PDF costs: against the plainest page, with many rows, and the first one."""

import json
import subprocess
import sys
import time
from statistics import median

from fpdf import FPDF

from benchmarks.papers import OF_THE_FIRM, PAID_BY_UPI, invoices, settlements
from benchmarks.timing import ratio
from bot.pdf import Firm, render_invoice, warm_up
from storage.models import Invoice

STARTS = 5
LATER = 10


def ten_vs_core() -> float:
    """An invoice of ten rows ÷ a page of ten rows in a font that every PDF reader brings."""
    ten = invoices()
    return ratio(lambda: render(ten()), plain_page, times=60)


def ten_with_pay_code_vs_core() -> float:
    """The same with the code that a payment app scans."""
    ten = invoices()
    return ratio(lambda: render(ten(), firm=PAID_BY_UPI), plain_page, times=60)


def hundred_vs_ten() -> float:
    """An invoice of a hundred rows ÷ one of ten."""
    hundred, ten = invoices(rows=100), invoices()
    return ratio(lambda: render(hundred()), lambda: render(ten()), times=40)


def first_vs_later(*, warm: bool) -> float:
    """The first invoice of a process ÷ the later ones; the median over some processes."""
    return median(_started(warm=warm) for _start in range(STARTS))


def render(invoice: Invoice, firm: Firm = OF_THE_FIRM) -> bytes:
    return render_invoice(invoice, firm=firm, settlements=settlements(invoice))


def plain_page() -> bytes:
    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=10)
    for place in range(1, 11):
        for text in (str(place), f"wheat {place}", "52", "2,425.00", "1,26,100.00"):
            page.cell(38, 8, text)
        page.ln()
    return bytes(page.output())


def _started(*, warm: bool) -> float:
    command = [sys.executable, "-m", "benchmarks.pdf", "warm" if warm else "cold"]
    told = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    first, *later = json.loads(told.stdout)
    return first / median(later)


def _in_a_new_process() -> None:
    """Print the seconds that each of the first invoices took."""
    if sys.argv[1] == "warm":
        warm_up()
    make = invoices()
    seconds = []
    for invoice in [make() for _time in range(LATER + 1)]:
        start = time.perf_counter()
        render(invoice, firm=PAID_BY_UPI)
        seconds.append(time.perf_counter() - start)
    print(json.dumps(seconds))


if __name__ == "__main__":
    _in_a_new_process()
