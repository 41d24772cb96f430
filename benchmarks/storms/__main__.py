"""``make storm``: the ledger storm, then the chat storm; see ``benchmarks/README.md``."""

import argparse
import asyncio
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import storm as chat
from benchmarks.ledger_storm import storm as ledger
from benchmarks.ledger_storm.plan import Plan

SECONDS = {"ledger": 90.0, "chat": 120.0}
"""How long each rages unless told otherwise: with what comes before and after, four minutes."""

Report = ledger.Report | chat.Report


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storms", description=__doc__)
    parser.add_argument("--only", choices=SECONDS, help="one of the two storms")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--seconds", type=float, help="of each storm")
    parser.add_argument("--workers", type=int, default=4, choices=range(1, 17), help="ledger")
    parser.add_argument("--partners", type=int, default=4, choices=range(1, 11), help="chat")
    given = parser.parse_args()

    def ledger_storm(folder: Path, seconds: float) -> Report:
        return ledger.storm(folder, Plan(given.seed, given.workers), seconds=seconds)

    def chat_storm(folder: Path, seconds: float) -> Report:
        return asyncio.run(
            chat.storm(folder, seed=given.seed, seconds=seconds, partners=given.partners)
        )

    storms = {"ledger": ledger_storm, "chat": chat_storm}
    survived = [
        _survived(name, given.seed, given.seconds or SECONDS[name], storms[name])
        for name in ([given.only] if given.only else SECONDS)
    ]
    return 0 if all(survived) else 1


def _survived(name: str, seed: int, seconds: float, rage: Callable[[Path, float], Report]) -> bool:
    folder = Path(tempfile.mkdtemp(prefix="arhtiya-storm-"))
    print(f"The {name} storm, {seconds:g} s with --seed {seed}", flush=True)
    report = rage(folder, seconds)
    print(report, flush=True)
    if report.violations:
        print(f"What it left behind is in {folder}")
        return False
    shutil.rmtree(folder)
    return True


if __name__ == "__main__":
    sys.exit(main())
