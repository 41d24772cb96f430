"""``make guards``: take away one guard at a time, and see a test fail.

Works on copies of the sources in temporary folders, as many at once as there are processors.
First every named test has to pass there; then, for each guard, what holds it is replaced and its
test has to fail. docs/guards.md tells.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.guards.guard import Guard
from tests.guards.subjects import SUBJECTS

ROOT = Path(__file__).parents[2]
SOURCES = ("bot", "docs", "handlers", "simulator", "storage", "tests", "pyproject.toml")
NAMED = "tests/guards/test_guards.py"


def passes(folder: Path, *tests: str) -> bool:
    """Whether they do.

    Raises:
        RuntimeError: they could not be asked: what is broken is not what they look at.
    """
    command = [sys.executable, "-m", "pytest", "-x", "-n", "0", "-p", "no:cacheprovider", *tests]
    ran = subprocess.run(  # noqa: S603 - our own tests
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
        text=True,
    )
    if ran.returncode not in (0, 1) or "\nERROR tests/" in ran.stdout:
        raise RuntimeError(ran.stdout + ran.stderr)
    return ran.returncode == 0


def is_held(folder: Path, guard: Guard) -> bool:
    """Whether its test fails without it."""
    path = folder / guard.path
    source = path.read_text()
    path.write_text(guard.taken_from(source))
    try:
        return not passes(folder, guard.test)
    finally:
        path.write_text(source)


def copied(folder: Path) -> Path:
    for source in SOURCES:
        path = ROOT / source
        copy = shutil.copytree if path.is_dir() else shutil.copy
        copy(path, folder / source)
    return folder


def main() -> int:
    guards = [guard for subject in SUBJECTS.values() for guard in subject]
    copies = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(copies) as pool:
        folders: SimpleQueue[Path] = SimpleQueue()
        for number in range(copies):
            folders.put(copied(Path(name, str(number))))

        def looked_at(guard: Guard) -> bool:
            folder = folders.get()
            try:
                return is_held(folder, guard)
            finally:
                folders.put(folder)

        folder = folders.get()
        if not passes(folder, NAMED, *sorted({guard.test for guard in guards})):
            sys.stdout.write("The tests do not pass as they are. Run make test first.\n")
            return 1
        folders.put(folder)
        missing = 0
        verdicts = pool.map(looked_at, guards)
        for subject, its_guards in SUBJECTS.items():
            sys.stdout.write(f"{subject}\n")
            for guard in its_guards:
                held = next(verdicts)
                missing += not held
                sys.stdout.write(f"  {'held    ' if held else 'NOT HELD'} {guard.name}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{len(guards)} guards, {missing} that no test holds\n")
    return min(missing, 1)


if __name__ == "__main__":
    sys.exit(main())
