"""What the commands have in common that work on the data, and not on Telegram."""

import io
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.lease import held
from bot.settings import EXAMPLES, Settings, load_settings
from storage.database import open_store
from storage.store import Store


def settings_without_telegram() -> Settings:
    """All that the bot has. The two that it cannot start without no such command uses.

    Raises:
        StartError: another one is wrong.
    """
    return load_settings(
        telegram_bot_token=EXAMPLES["telegram_bot_token"], secret_key=EXAMPLES["secret_key"]
    )


@contextmanager
def store_of(settings: Settings, *, unfinished: bool = False) -> Iterator[Store]:
    """The store with these settings, as ``storage.database.open_store`` opens it."""
    uri = settings.mongodb_uri.get_secret_value() if settings.mongodb_uri else None
    with open_store(uri, settings.data_dir, unfinished=unfinished) as store:
        yield store


@contextmanager
def alone_on(
    settings: Settings,
    *,
    unfinished: bool = False,
    wait: Callable[[float], object] = time.sleep,
) -> Iterator[Store]:
    """The same store, with no other process at work on it until the block ends.

    Args:
        wait: as of :func:`bot.lease.held`.

    Raises:
        StartError: another one is at work on it, or has taken it over in the middle.
        StorageError: as of :func:`store_of`.
    """
    with store_of(settings, unfinished=unfinished) as store, held(store.lease, wait=wait):
        if not unfinished:
            # Whoever was at work until now may have moved the data, or filled half of them in.
            store.filling.check()
        yield store


def say(*lines: str) -> None:
    """What a command says, on standard output."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A name in a script that the terminal's encoding lacks is no reason to stop.
        sys.stdout.reconfigure(errors="backslashreplace")
    print(*lines, sep="\n", flush=True)  # noqa: T201
