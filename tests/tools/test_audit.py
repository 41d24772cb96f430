"""``make audit`` tells a vulnerable package from a database that cannot be asked."""

import json
import sys

import pytest

from tools.audit import CLEAN, NOT_ASKED, VULNERABLE, main

FLAW = {"id": "PYSEC-2026-1", "fix_versions": ["1.0.1"], "aliases": [], "description": ""}


@pytest.fixture
def pip_audit(tmp_path):
    """``pip_audit(answer, code)``: a program that answers so, or not at all."""

    def program(answer, code):
        path = tmp_path / "pip_audit.py"
        path.write_text(
            "import sys\n"
            f"answer = {answer!r}\n"
            "if answer is not None:\n"
            "    open(sys.argv[sys.argv.index('--output') + 1], 'w').write(answer)\n"
            "else:\n"
            "    sys.stderr.write('Traceback\\nConnectionError: no route\\n')\n"
            f"sys.exit({code})\n",
            encoding="utf-8",
        )
        return [sys.executable, str(path)]

    return program


def answer(*flaws):
    package = {"name": "example", "version": "1.0.0", "vulns": list(flaws)}
    return json.dumps({"dependencies": [package], "fixes": []})


def test_nothing_is_known(pip_audit, capsys):
    assert main(pip_audit(answer(), 0)) == CLEAN
    assert capsys.readouterr().out == "1 packages, 0 known vulnerabilities.\n"


def test_something_is(pip_audit, capsys):
    assert main(pip_audit(answer(FLAW), 1)) == VULNERABLE
    assert "example 1.0.0: PYSEC-2026-1, fixed in 1.0.1\n" in capsys.readouterr().out


def test_nor_is_a_database_that_does_not_know_them(pip_audit, capsys):
    """As where an index of packages answers that has no such database."""
    skipped = {"name": "example", "skip_reason": "Dependency not found"}
    known = json.dumps({"dependencies": [skipped], "fixes": []})
    assert main(pip_audit(known, 0)) == NOT_ASKED
    assert "Of 1 packages the database knows nothing: example" in capsys.readouterr().out


def test_what_could_not_be_asked_is_no_all_clear(pip_audit, capsys):
    assert main(pip_audit(None, 1)) == NOT_ASKED
    assert capsys.readouterr().out == (
        "The database of vulnerabilities could not be asked; nothing is known either way.\n"
        "ConnectionError: no route\n"
    )
