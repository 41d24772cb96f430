"""A few seconds of the ledger storm; and it catches books that are kept naively."""

import tempfile
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.ledger_storm.plan import Plan
from benchmarks.ledger_storm.read_then_set import read_then_set
from benchmarks.ledger_storm.storm import storm
from benchmarks.ledger_storm.two_incs import two_incs
from benchmarks.ledger_storm.violation import Kind

pytestmark = pytest.mark.process

CROWDED = Plan(seed=1, workers=3, customers=1, calm=8)
"""All for one customer, and somebody is killed every few operations."""
ALONE = Plan(seed=1, workers=1, customers=1, calm=0)
NAIVE = {"read, then set": read_then_set, "two $inc": two_incs}


@pytest.fixture
def folder():
    """With a path short enough for a socket, which pytest's own is not."""
    with tempfile.TemporaryDirectory(prefix="storm-") as name:
        yield Path(name)


@pytest.fixture(params=NAIVE.values(), ids=NAIVE)
def naive(request):
    return request.param


def test_nothing_that_was_acknowledged_is_lost_in_a_ledger_storm(folder):
    report = storm(folder, CROWDED, operations=100)

    assert report.violations == [], str(report)
    assert report.operations.total() >= 100
    assert report.kills["of a worker"] > 0
    assert report.kills["of the server"] > 0
    assert report.repeated > 0
    assert report.refused.total() > 0
    assert report.findings.reads > 0


def test_naive_books_do_not_survive_the_same_storm(folder, naive):
    report = storm(folder, CROWDED, operations=100, opener=naive)

    found = {violation.kind for violation in report.violations}
    assert {Kind.CHAIN, Kind.NUMBERS, Kind.TOTAL, Kind.VIEW} <= found, str(report)


def test_naive_books_are_right_when_one_works_alone_and_nobody_dies(folder, naive):
    """So it is the storm that they do not survive, and not that the storm knows them."""
    report = storm(folder, ALONE, operations=30, opener=naive)

    # A reader may still come between two writes.
    in_the_end = [one for one in report.violations if one not in report.findings.violations]
    assert in_the_end == [], str(report)
    assert report.operations.total() >= 30


def test_a_seed_replays_what_is_done_and_who_is_killed():
    def drawn(seed):
        plan = Plan(seed)
        steps = [plan.step(worker, n) for worker in range(plan.workers) for n in range(100)]
        return plan.customer_ids, steps, list(islice(plan.strikes(), 100))

    assert drawn(7) == drawn(7)
    assert all(mine != other for mine, other in zip(drawn(7), drawn(8), strict=True))


def test_two_workers_are_given_the_same_operation_to_do_at_once():
    plan = Plan(seed=1, workers=2)
    for position in range(50):
        mine, other = plan.step(0, position), plan.step(1, position)
        together = mine.partner is not None
        assert (mine.op == other.op) == together
        if together:
            assert (mine.kind, mine.customer_id, mine.total, mine.money, mine.target) == (
                (other.kind, other.customer_id, other.total, other.money, other.target)
            )
            assert (mine.partner, other.partner) == (1, 0)
