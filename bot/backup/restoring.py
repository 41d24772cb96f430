"""From a backup's files back to books; into a store in which nobody keeps any."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.audit import Findings, audit
from bot.audit_trail import event
from bot.backup.archive import Archive
from bot.desk import Who
from bot.posting import catch_up_all
from storage.database import open_store
from storage.errors import SchemaTooNew
from storage.migrations import NEWEST
from storage.models import EventKind
from storage.reading import paged
from storage.store import Store

TRIAL = "restore-"
"""Begins the name of a folder in which a restore is tried out."""

Tell = Callable[[str], None]
"""Hears of what is done, in a line each."""


def check(archive: Archive) -> None:
    """Whether it can be restored here.

    Raises:
        BackupUnusable: something in it is not as it was written.
        SchemaTooNew: a later version of this program made it.
    """
    if archive.manifest.schema_version > NEWEST:
        raise SchemaTooNew(archive.manifest.schema_version, NEWEST)
    archive.check()


def restore(
    archive: Archive, store: Store, tell: Tell, *, now: dt.datetime | None = None
) -> Findings:
    """Fill the store, or go on with that, and check the books. Checked before: :func:`check`.

    Args:
        archive: the backup.
        store: an empty one, or one that this was begun on.
        tell: hears how far it is.
        now: UTC. What fell due until then is no customer reminded of: what they have paid since
            the backup nobody knows here. It is noted, and the admins will hear of it. None
            changes nothing.

    Raises:
        StoreNotEmpty: somebody's data are in it.
        StoreHalfFilled: it is being filled with something else.
    """
    if store.filling.begin(archive.source):
        tell("This was begun before, and goes on.")
    for name, member in archive.manifest.collections.items():
        for page in paged(name, archive.documents(name)):
            store.filling.put(name, page)
        tell(f"{name}: {member.documents}")
    store.schema.note(archive.manifest.schema_version)
    store.schema.bring_forward()
    # What shows the ledger may have been read before the last of it was.
    catch_up_all(store)
    if now is not None:
        for id in store.customers.reminded():
            store.customers.remind_from_now(id, now)
        _note(archive, store, now)
    store.filling.finish()
    return audit(store)


def _note(archive: Archive, store: Store, now: dt.datetime) -> None:
    """That the books are these from now on; with the start nobody would see that they are old."""
    made_at = archive.manifest.made_at
    # Who restores is nobody on Telegram. The same again, after it died here, is one event.
    noted = event(now, EventKind.RESTORE, Who(0), id=f"restore:{archive.digest}", until=made_at)
    store.audit.note(noted)
    store.filling.mark_restored(made_at)


def try_out(archive: Archive, tell: Tell, *, inside: Path) -> Findings:
    """Restore it into a store that is gone afterwards, and check its books.

    Raises:
        OSError: there is no room in the folder ``inside``.
    """
    with (
        TemporaryDirectory(prefix=TRIAL, dir=inside) as folder,
        open_store(None, Path(folder)) as store,
    ):
        return restore(archive, store, tell)
