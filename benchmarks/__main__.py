"""``make bench``: every figure against its goal, as ``benchmarks/README.md`` explains them."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import (
    beside_papers,
    crowd,
    first_invoice,
    growth,
    ledger,
    pdf,
    pdf_rivals,
    start,
    thousand,
    updates,
)

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
    "p95_reply_50_users_vs_1": 3.0,
    "p95_reply_while_pdf_vs_idle": 2.0,
    "growth_customer_search": 2.0,
    "growth_customer_search_miss": 2.0,
    "growth_statement": 2.0,
    "growth_due_sweep": 2.0,
    "growth_due_sweep_5000": 2.0,
    "growth_menu": 2.0,
    "growth_cards": 2.0,
    "growth_catch_up": None,
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
    yield "update_cost_vs_echo", updates.cost_vs_echo()
    yield "p95_reply_50_users_vs_1", crowd.p95_50_users_vs_1()
    yield "p95_reply_while_pdf_vs_idle", beside_papers.p95_while_pdf_vs_idle()
    yield from growth.ratios()
    yield "start_seconds", start.start_seconds()
    yield "rss_mb", thousand.memory_after_thousand()


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
