"""Whatever partners do in whatever order, the books are what a plain count says.

``LEDGER_EXAMPLES=5000 make test`` looks longer: so many runs of fifty steps.
"""

import os
import uuid

import mongomock
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.ledger.machine import BooksMachine

EXAMPLES = int(os.environ.get("LEDGER_EXAMPLES", "60"))

pytestmark = pytest.mark.timeout(0 if "LEDGER_EXAMPLES" in os.environ else 120)


def run(examples, new_database):
    run_state_machine_as_test(
        lambda: BooksMachine(new_database()),
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_books_are_the_models():
    run(EXAMPLES, lambda: mongomock.MongoClient()["arhtiya"])


def test_so_are_those_in_the_embedded_store(embedded_store):
    client = embedded_store._database.client

    run(max(1, EXAMPLES // 20), lambda: client[f"books_{uuid.uuid4().hex}"])
