"""How a storm or a soak is run by hand: it says what came of it, and keeps what a bad one left."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol


class Report(Protocol):
    """Says in words what was done, and what was wrong."""

    @property
    def violations(self) -> Sequence[object]: ...


def survived(name: str, run: Callable[[Path], Report]) -> bool:
    """Run it in an empty folder, which is kept only when there are violations."""
    folder = Path(tempfile.mkdtemp(prefix="arhtiya-"))
    print(f"The {name}", flush=True)
    report = run(folder)
    print(report, flush=True)
    if report.violations:
        print(f"What it left behind is in {folder}")
        return False
    shutil.rmtree(folder)
    return True
