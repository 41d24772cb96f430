"""``python -m bot move-data --to URI``: all data to another MongoDB, in which nobody keeps any.

It may die at any step; the same command goes on with it. In the end both sides have the same
documents and the same findings of the check of all books, and no bot works on the old one.
"""

import argparse
import getpass
import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from bot.audit import Findings, audit
from bot.commands import alone_on, say, settings_without_telegram
from bot.errors import StartError
from bot.lease import held, still_held
from bot.secret_key import FILE
from bot.settings import Settings
from bot.start import refuse
from storage.contents import BACKED_UP, PASSING
from storage.database import open_remote, store_errors
from storage.errors import StorageError, StoreLocked
from storage.jsonl import as_line
from storage.reading import paged
from storage.store import Store

SOURCE = "data moved from another store"

ALL = (*BACKED_UP, *PASSING)


class NotTheSame(StartError):
    """What arrived is not what was sent. The text is one line."""


def main(arguments: list[str]) -> int:
    """Returns the exit code; what is wrong is one line on standard error."""
    given = _parser().parse_args(arguments)
    try:
        settings = settings_without_telegram()
        with alone_on(settings, unfinished=True) as source, store_errors():
            if given.undo:
                return _undo(source)
            uri = _asked_for() if given.to == "-" else given.to
            with open_remote(uri, unfinished=True, named="--to") as target, held(target.lease):
                move(source, target, still_ours=partial(still_held, source.lease, target.lease))
        return _said_what_is_next(settings)
    except StoreLocked:
        return refuse(
            f"The bot works on the data in {settings.data_dir}. Stop it first: what it took "
            "while they are moved would be lost"
        )
    except (StartError, StorageError) as error:
        return refuse(str(error))


def move(source: Store, target: Store, *, still_ours: Callable[[], None] = lambda: None) -> None:
    """Copy, compare, check both, and hand over.

    Args:
        source: where the data are.
        target: where they go; nobody has any there.
        still_ours: raises when somebody else works on either by now.

    Raises:
        NotTheSame: a document, or what the check of the books finds, differs.
        StoreNotEmpty: the target has somebody's data.
        StoreMoved, StoreHalfFilled: the source's are elsewhere, or were never all there.
    """
    if source.address and source.address == target.address:
        raise StartError("The data are in that MongoDB already")
    source.filling.check(moved_to=target.address)
    before = audit(source)
    say(f"Here: {before}.")
    if target.filling.begin(SOURCE):
        say("This was begun before, and goes on.")
        for name in ALL:
            target.filling.drop_others(name, partial(source.reading.these, name))
    for name in ALL:
        for page in paged(name, source.reading.each(name)):
            target.filling.put(name, page)
        say(f"{name}: {_compared(name, source, target)}")
    target.schema.note(source.schema.version())
    after = audit(target)
    say(f"There: {after}.")
    if _found(after) != _found(before):
        raise NotTheSame("The check of the books finds other things there than here")
    still_ours()
    # In this order: whatever dies in between, no two bots work on the same books.
    source.filling.mark_moved(target.address)
    target.filling.finish()


def _asked_for() -> str:
    try:
        return getpass.getpass("MongoDB: ")
    except EOFError:
        raise StartError("Nobody is here to ask for the address; give it after --to") from None


def _compared(name: str, source: Store, target: Store) -> int:
    """How many documents of a collection there are, here and there."""
    here, there = _digest(source.reading.each(name)), _digest(target.reading.each(name))
    if here != there:
        raise NotTheSame(
            f"Of {name} there are {there[0]} documents there and {here[0]} here, or one differs. "
            "Nothing is lost here; run the same command again"
        )
    return here[0]


def _digest(documents: Iterator[dict[str, Any]]) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    for document in documents:
        digest.update(as_line(document))
        count += 1
    return count, digest.hexdigest()


def _found(findings: Findings) -> tuple[int, int, Sequence[str]]:
    return findings.customers, findings.entries, sorted(findings.differences)


def _undo(source: Store) -> int:
    if not source.filling.unmark_moved():
        return refuse("These data were not moved; there is nothing to undo")
    say("A bot can work here again. What was posted at the other place since is not here.")
    return 0


def _said_what_is_next(settings: Settings) -> int:
    say("All data are there, and both sides have the same. Now set MONGODB_URI to that address")
    if settings.mongodb_uri is None:
        say(f"and SECRET_KEY to what is in {settings.data_dir / FILE}, so that links go on.")
    say("No bot starts on the data here any more; delete them once all is well.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot move-data",
        description="Move the data of DATA_DIR (or MONGODB_URI) to a MongoDB without any.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", metavar="URI", help="its address; - asks for it, unseen")
    what.add_argument(
        "--undo", action="store_true", help="go on here, without what was posted there since"
    )
    return parser
