"""Every guard of the ledger is where ``make guards`` takes it away, and in docs/guards.md.

What runs here is quick. That the tests named do fail without their guard is for ``make guards``.
"""

import pytest

from tests.ledger.guards import GUARDS, ROOT

BY_NAME = pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)


@BY_NAME
def test_a_guard_stands_in_one_place(guard):
    assert (ROOT / guard.path).read_text().count(guard.text) == 1


@BY_NAME
def test_its_test_is_there(guard):
    path, function = guard.test.split("::")

    assert f"def {function}(" in (ROOT / path).read_text()


def test_the_document_lists_them_all():
    document = (ROOT / "docs" / "guards.md").read_text()
    rows = [line for line in document.splitlines() if line.startswith("| ")][1:]

    assert rows == [
        f"| {guard.name} | `{guard.path}` | `{guard.test.split('::')[1]}` |" for guard in GUARDS
    ]
