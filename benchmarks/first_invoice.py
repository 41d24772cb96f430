"""The first invoice that a process draws, against its later ones.

Apart from ``pdf.py``, which loads fpdf2: a cold process has to load it with its first invoice.
"""

import json
import subprocess
import sys
from statistics import median

from benchmarks.papers import invoices, render
from benchmarks.timing import timed
from bot.pdf import warm_up

STARTS = 5
LATER = 10


def first_vs_later(*, warm: bool) -> float:
    """The first invoice of a process ÷ the median of its later ones; the median of some processes.

    Every process is new; one that is ``warm`` was warmed up as the bot warms up.
    """
    return median(_started(warm=warm) for _start in range(STARTS))


def _started(*, warm: bool) -> float:
    command = [sys.executable, "-m", __name__, "warm" if warm else "cold"]
    told = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    first, *later = json.loads(told.stdout)
    return first / median(later)


def _in_a_new_process() -> None:
    """Print the seconds that each of its invoices took, the first one first."""
    assert "fpdf" not in sys.modules, "what draws is loaded before the clock starts"
    if sys.argv[1] == "warm":
        warm_up()
    make = invoices()
    drawn = [make() for _time in range(LATER + 1)]
    print(json.dumps([timed(lambda invoice=invoice: render(invoice)) for invoice in drawn]))


if __name__ == "__main__":
    _in_a_new_process()
