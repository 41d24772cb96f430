"""Every guard is where ``make guards`` takes it away, and in docs/guards.md.

What runs here is quick. That the tests named do fail without their guard is for ``make guards``.
"""

from pathlib import Path

import pytest

from tests.guards.subjects import SUBJECTS

ROOT = Path(__file__).parents[2]
GUARDS = [guard for subject in SUBJECTS.values() for guard in subject]
BY_NAME = pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)


@BY_NAME
def test_a_guard_stands_in_one_place(guard):
    assert (ROOT / guard.path).read_text().count(guard.text) == 1


@BY_NAME
def test_without_it_there_is_a_program_all_the_same(guard):
    """Else every test would fail, whatever it looks at."""
    compile(guard.taken_from((ROOT / guard.path).read_text()), guard.path, "exec")


@BY_NAME
def test_its_test_is_there(guard):
    path, *_classes, function = guard.test.split("::")

    assert f"def {function}(" in (ROOT / path).read_text()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_document_lists_them_all(subject):
    document = (ROOT / "docs" / "guards.md").read_text()
    _before, _heading, chapter = document.partition(f"\n## {subject}\n")
    rows = [line for line in chapter.partition("\n## ")[0].splitlines() if line.startswith("| ")]

    assert rows[1:] == [
        f"| {guard.name} | `{guard.path}` | `{guard.test.split('::')[-1]}` |"
        for guard in SUBJECTS[subject]
    ]


def test_a_guard_has_one_name():
    assert len({guard.name for guard in GUARDS}) == len(GUARDS)
