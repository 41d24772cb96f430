"""``python -m bot migrate``: brings the data forward to this version, or says what it would do."""

import argparse

from bot.errors import StartError
from bot.lease import held
from bot.settings import EXAMPLES, load_settings
from bot.start import refuse
from storage.database import open_store, store_errors
from storage.errors import StorageError, StoreLocked
from storage.migrations import NEWEST
from storage.store import Store


def main(arguments: list[str]) -> int:
    """Returns the exit code; what is wrong is one line on standard error."""
    given = _parser().parse_args(arguments)
    try:
        settings = load_settings(
            # Neither is used, and the bot cannot start without them.
            telegram_bot_token=EXAMPLES["telegram_bot_token"],
            secret_key=EXAMPLES["secret_key"],
        )
        uri = settings.mongodb_uri.get_secret_value() if settings.mongodb_uri else None
        with open_store(uri, settings.data_dir) as store, store_errors():
            if given.dry_run:
                return _tell(store)
            with held(store.lease):
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
        _say(f"To schema {step.version}: {step.what} ({step.documents} documents).")
    _say(
        "This was a dry run: nothing was changed."
        if steps
        else f"Nothing is to be done: the data have schema {NEWEST}, this version's."
    )
    return 0


def _migrate(store: Store) -> int:
    for step in store.schema.bring_forward():
        _say(f"Schema {step.version}: {step.what} ({step.documents} documents).")
    _say(f"The data have schema {NEWEST}, this version's.")
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


def _say(line: str) -> None:
    print(line)  # noqa: T201 - what a command says
