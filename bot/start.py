"""How a start fails: in one line."""

import sys


def refuse(why: str) -> int:
    """Say on standard error why the process does not run; returns its exit code."""
    print(f"arhtiya-bot: {why}", file=sys.stderr)  # noqa: T201 - the one line a start fails with
    return 1
