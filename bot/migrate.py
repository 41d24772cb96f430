"""``python -m bot migrate``: brings the data forward to this version, or says what it would do."""

import argparse

from bot.commands import alone_on, say, settings_without_telegram, store_of
from bot.errors import StartError
from bot.start import refuse
from storage.database import store_errors
from storage.errors import StorageError, StoreLocked
from storage.migrations import NEWEST
from storage.store import Store


def main(arguments: list[str]) -> int:
    """Returns the exit code; what is wrong is one line on standard error."""
    given = _parser().parse_args(arguments)
    try:
        settings = settings_without_telegram()
        if given.dry_run:
            with store_of(settings) as store, store_errors():
                return _tell(store)
        with alone_on(settings) as store, store_errors():
            return _migrate(store)
    except StoreLocked:
        return refuse(
            f"The bot works on the data in {settings.data_dir}. It brought them forward when it "
            "started; stop it first to do it by hand"
        )
    except (StartError, StorageError) as error:
        return refuse(str(error))


def _tell(store: Store) -> int:
    steps = store.schema.pending()
    for step in steps:
        say(f"To schema {step.version}: {step.what} ({step.documents} documents).")
    say(
        "This was a dry run: no document was changed."
        if steps
        else f"Nothing is to be done: the data have schema {NEWEST}, this version's."
    )
    return 0


def _migrate(store: Store) -> int:
    for step in store.schema.bring_forward():
        say(f"Schema {step.version}: {step.what} ({step.documents} documents).")
    say(f"The data have schema {NEWEST}, this version's.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot migrate",
        description="Bring the data forward to the schema of this version. Every start does so.",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be done, and do nothing"
    )
    return parser
