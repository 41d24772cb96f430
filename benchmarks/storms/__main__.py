"""``make storm``: the ledger storm, then the chat storm; see ``benchmarks/README.md``."""

import argparse
import asyncio
import secrets
import sys
from functools import partial
from pathlib import Path

from benchmarks import storm as chat
from benchmarks import team
from benchmarks.ledger_storm import storm as ledger
from benchmarks.ledger_storm.plan import Plan
from benchmarks.survival import survived

SECONDS = {"ledger": 90.0, "chat": 120.0}
"""How long each rages unless told otherwise: with what comes before and after, four minutes."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storms", description=__doc__)
    parser.add_argument("--only", choices=SECONDS, help="one of the two storms")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--seconds", type=float, help="of each storm")
    parser.add_argument("--workers", type=int, default=4, choices=range(1, 17), help="ledger")
    parser.add_argument(
        "--partners", type=int, default=4, choices=range(1, team.MOST + 1), help="chat"
    )
    given = parser.parse_args()

    def ledger_storm(folder: Path, seconds: float) -> ledger.Report:
        return ledger.storm(folder, Plan(given.seed, given.workers), seconds=seconds)

    def chat_storm(folder: Path, seconds: float) -> team.Report:
        return asyncio.run(
            chat.storm(folder, seed=given.seed, seconds=seconds, partners=given.partners)
        )

    storms = {"ledger": ledger_storm, "chat": chat_storm}
    ends = []
    for name in [given.only] if given.only else SECONDS:
        seconds = given.seconds or SECONDS[name]
        said = f"{name} storm, {seconds:g} s with --seed {given.seed}"
        ends.append(survived(said, partial(storms[name], seconds=seconds)))
    return 0 if all(ends) else 1


if __name__ == "__main__":
    sys.exit(main())
