"""The books as an XLSX file for the accountant.

``making`` reads the accounts and has them written; ``writing`` does that, in a process beside the
bot's: from each customer's entries alone (``books``), into ``tables``, in ``order``, as a
``workbook`` of typed ``cells``, of which ``about`` is the first sheet. What writes them comes with
the first export, and goes with it.
"""

from pathlib import Path

from bot.export.heading import Heading
from bot.export.period import Period

__all__ = ["Heading", "Period", "render_books"]


def render_books(accounts: Path, to: Path, heading: Heading) -> bytes:
    """Write the file ``to``, of what ``making`` put into ``accounts``, in the current language.

    Returns:
        Nothing: on the way between two processes the file would be in memory three times.
    """
    from bot.export.writing import write_books  # noqa: PLC0415

    write_books(accounts, to, heading)
    return b""
