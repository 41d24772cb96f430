"""``python -m bot import FILE.json…``: reads old books, says what it would do, and does it."""

import argparse
from pathlib import Path

from bot.audit import audit
from bot.clock import Clock, SystemClock
from bot.commands import alone_on, say, settings_without_telegram
from bot.errors import StartError
from bot.importing.bringing_in import bring_in
from bot.importing.documents import Firm, understand
from bot.importing.planning import make_plan
from bot.importing.reading import Reading, read_files
from bot.importing.report import describe
from bot.posting import catch_up_all
from bot.settings import Settings
from bot.start import refuse
from storage.database import store_errors
from storage.errors import StorageError, StoreLocked
from storage.store import Store


def main(arguments: list[str]) -> int:
    """Returns the exit code: 1 when anything is refused; what cannot begin is one line."""
    given = _parser().parse_args(arguments)
    try:
        settings = settings_without_telegram()
        reading = read_files(given.files)
        with alone_on(settings) as store, store_errors():
            clock = SystemClock(settings.timezone)
            return import_books(store, clock, settings, reading, dry_run=given.dry_run)
    except StoreLocked:
        return refuse(
            f"The bot works on the data in {settings.data_dir}. "
            "Stop it, import, then start it again"
        )
    except (StartError, StorageError) as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return refuse("Interrupted. What was brought in stands; import again to finish it")


def import_books(
    store: Store, clock: Clock, settings: Settings, reading: Reading, *, dry_run: bool
) -> int:
    """Say what is to be done; unless it is a dry run or something is refused, do it.

    Returns:
        The exit code: 1 when something is refused, or wrong with the books afterwards.

    Raises:
        StorageError: the store is away. What was done stands; doing it again finishes it.
    """
    if not dry_run:
        # An import that was killed may have taken a number that does not show yet.
        catch_up_all(store)
    firm = Firm(settings.default_region, settings.timezone, clock.today())
    plan = make_plan(store, understand(reading, firm))
    say(describe(plan, settings.currency), "")
    if plan.refused:
        say("Nothing was brought in. Correct what is refused, then import again.")
        return 1
    if dry_run:
        say("This was a dry run: nothing was brought in.")
        return 0
    bring_in(store, clock, plan)
    say("It is all in the books now." if plan.is_new else "It was all in the books before.")
    found = audit(store)
    say(f"The books were checked: {found}.", *found.differences)
    return 1 if found.differences else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot import",
        description="Bring in old books, once: customers, invoices and users of the schema's "
        "plain form, amounts in rupees. See docs/import.md.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be done, and do nothing"
    )
    return parser
