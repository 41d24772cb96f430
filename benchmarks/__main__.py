"""``make bench``: every figure against its goal, as ``benchmarks/README.md`` explains them."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import first_invoice, ledger, pdf, pdf_rivals, start, updates

RESULTS = Path(__file__).with_name("results.json")
GOALS: dict[str, float | None] = {
    "ledger_commit_vs_insert": 6.0,
    "ledger_paid_commit_vs_insert": None,
    "ledger_growth": 1.5,
    "pdf_10_vs_core": 3.0,
    "pdf_10_with_pay_code_vs_core": None,
    "pdf_10_reportlab_vs_core": None,
    "pdf_10_typst_vs_core": None,
    "pdf_100_vs_10": 4.0,
    "first_invoice_vs_later": 2.0,
    "first_invoice_cold_vs_later": None,
    "update_cost_vs_echo": 2.0,
    "start_seconds": 2.0,
    "rss_mb": 160.0,
}
"""The most that each may be; None is shown for comparison."""


def measured() -> Iterator[tuple[str, float]]:
    yield "ledger_commit_vs_insert", ledger.commit_vs_insert()
    yield "ledger_paid_commit_vs_insert", ledger.commit_vs_insert(ledger.TOTAL)
    yield "ledger_growth", ledger.growth()
    yield "pdf_10_vs_core", pdf.ten_vs_core()
    yield "pdf_10_with_pay_code_vs_core", pdf.ten_with_pay_code_vs_core()
    yield "pdf_10_reportlab_vs_core", pdf_rivals.reportlab_vs_core()
    yield "pdf_10_typst_vs_core", pdf_rivals.typst_vs_core()
    yield "pdf_100_vs_10", pdf.hundred_vs_ten()
    yield "first_invoice_vs_later", first_invoice.first_vs_later(warm=True)
    yield "first_invoice_cold_vs_later", first_invoice.first_vs_later(warm=False)
    cost, memory = updates.update_cost_and_memory()
    yield "update_cost_vs_echo", cost
    yield "start_seconds", start.start_seconds()
    yield "rss_mb", memory


def main() -> int:
    began = time.monotonic()
    results = {}
    print(f"{'':32}{'measured':>10}{'goal':>10}")
    for key, value in measured():
        results[key] = round(value, 2)
        goal = GOALS[key]
        shown = "" if goal is None else f"{goal:>10.2f}"
        verdict = "" if goal is None or value <= goal else "  over"
        print(f"{key:32}{value:>10.2f}{shown}{verdict}", flush=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(f"Written to {RESULTS.name}, after {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
