"""A worker of the ledger storm is killed at any moment, and its journal knows what was open."""

from dataclasses import replace

import pytest

from benchmarks.ledger_storm.journal import Answer, Intent, Journal, Refusal, Tail
from benchmarks.ledger_storm.plan import Kind

ASKED = Intent(0, "op-0", Kind.INVOICE, "customer", "2025-03-31", 100, 50, None, 3)
ANSWER = Answer(0, "op-0", 4, 50, 50, repeated=False)
NEXT = replace(ASKED, position=1, op="op-1", kind=Kind.CANCEL, target="op-0")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal"


@pytest.fixture
def reopened(path):
    """``reopened(line, …)``: these are written, the worker is killed, the next one begins."""
    journals = []

    def write(*lines):
        journal = Journal(path)
        for line in lines:
            journal.write(line)
        journals.extend([journal, Journal(path)])
        return journals[-1]

    yield write
    for journal in journals:
        journal.close()


def test_what_has_no_answer_is_open_word_for_word(reopened):
    assert reopened(ASKED, ANSWER, NEXT).open == NEXT


@pytest.mark.parametrize("outcome", [ANSWER, Refusal(0, "BalanceChanged")])
def test_what_was_answered_or_refused_is_not_open(reopened, outcome):
    journal = reopened(ASKED, outcome)

    assert journal.open is None
    assert journal.outcomes == {0: outcome}


@pytest.mark.parametrize("last", [NEXT, replace(ANSWER, position=1)])
def test_a_torn_line_was_never_written(reopened, path, last):
    reopened(ASKED, ANSWER, last)
    path.write_bytes(path.read_bytes()[:-7])

    journal = Journal(path)
    journal.write(NEXT)
    journal.close()

    assert list(Tail(path).new()) == [ASKED, ANSWER, NEXT]


def test_a_reader_gets_each_line_once_and_only_when_it_is_whole(path):
    tail = Tail(path)
    assert list(tail.new()) == []

    journal = Journal(path)
    journal.write(ASKED)
    assert list(tail.new()) == [ASKED]

    journal.write(ANSWER)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert list(tail.new()) == []
    path.write_bytes(whole)
    assert list(tail.new()) == [ANSWER]
    journal.close()
