"""``python -m bot restore``: from a backup's files to a store that a bot can start on."""

import argparse
import getpass
import shutil
import sys
from pathlib import Path

from bot.audit import Findings
from bot.backup.archive import Archive
from bot.backup.parts import are_sealed, joined
from bot.backup.restoring import TRIAL, check, restore, try_out
from bot.clock import SystemClock
from bot.commands import alone_on, say, settings_without_telegram
from bot.errors import StartError
from bot.settings import Settings
from bot.start import refuse
from storage.database import store_errors
from storage.errors import StorageError

SHOWN = 10
"""Differences."""


def main(arguments: list[str]) -> int:
    """Returns the exit code: 0 when all is there and adds up; what is wrong is said in words."""
    given = _parser().parse_args(arguments)
    try:
        settings = settings_without_telegram()
        passphrase = _passphrase(settings, given.files)
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in settings.data_dir.glob(f"{TRIAL}*"):
            shutil.rmtree(left, ignore_errors=True)  # of a dry run that was killed
        with joined(given.files, passphrase, inside=settings.data_dir) as file, store_errors():
            archive = Archive(file)
            check(archive)
            say(f"This is the backup of {_when(archive, settings)}; all is as it was written.")
            if given.dry_run:
                return _tried(archive, settings)
            return _restored(archive, settings)
    except (StartError, StorageError) as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return refuse("Interrupted. The same command goes on where it was")
    except BrokenPipeError:
        return refuse("Nobody reads what this says. The same command goes on where it was")
    except OSError as error:
        return refuse(f"DATA_DIR takes nothing more, or cannot be used ({error.strerror})")


def _when(archive: Archive, settings: Settings) -> str:
    """By the firm's clocks, as the files' names have it."""
    return f"{archive.manifest.made_at.astimezone(settings.timezone):%Y-%m-%d %H:%M:%S}"


def _tried(archive: Archive, settings: Settings) -> int:
    code = _verdict(try_out(archive, say, inside=settings.data_dir))
    say("This was a dry run, in a store that is gone again: nothing was changed.")
    return code


def _restored(archive: Archive, settings: Settings) -> int:
    with alone_on(settings, unfinished=True) as store:
        now = SystemClock(settings.timezone).now()
        code = _verdict(restore(archive, store, say, now=now))
    say(
        "Start the bot: everybody signs in anew. With another SECRET_KEY than before (or "
        "another secret.key in DATA_DIR), links that customers have open nothing any more."
    )
    return code


def _verdict(found: Findings) -> int:
    say(f"The books: {found}.")
    for difference in found.differences[:SHOWN]:
        say(f"- {difference}")
    if found.differences:
        say("They stand as they did in the backup. /audit in the chat tells more.")
    return 1 if found.differences else 0


def _passphrase(settings: Settings, files: list[Path]) -> str | None:
    if not are_sealed(files):
        return None
    if settings.backup_passphrase is not None:
        return settings.backup_passphrase.get_secret_value()
    return getpass.getpass("Passphrase of the backup: ") if sys.stdin.isatty() else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot restore",
        description="Restore a backup into an empty store: DATA_DIR, or the MongoDB at "
        "MONGODB_URI.",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="restore it into a store that is gone afterwards, and check its books",
    )
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="the backup, or all of its parts"
    )
    return parser
