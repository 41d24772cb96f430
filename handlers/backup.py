"""The admin's backup: the books as files in the chat, made while everybody goes on."""

import logging
from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from bot.admins import admin_ids
from bot.audit_trail import note
from bot.backup.making import FOLDER, Backup, make_backup
from bot.desk import Desk, Who
from bot.drawing import DrawingFailed
from bot.i18n import _, fill, ngettext
from handlers.screen import Act, Document, Reply, Screen, say
from storage.database import store_errors
from storage.errors import StorageError, StoreUnavailable
from storage.models import EventKind

log = logging.getLogger(__name__)


def backup(desk: Desk, who: Who, act: Act) -> Reply:
    """Make one and send it here. Noted before anything goes out, once for each asking."""
    note(desk, EventKind.BACKUP, who, id=f"backup:{who.telegram_id}:{act.update_id}")
    return (Screen(fill(_("💾 Making a backup…")), fresh=True, work=lambda: _made(desk, who)),)


def _made(desk: Desk, who: Who) -> Screen:
    try:
        with store_errors():
            made = make_backup(desk)
            if who.telegram_id not in admin_ids(desk.settings, desk.store):
                # It takes long, and whoever is no admin by now gets nothing of it.
                return say(_("You are no admin any more; the backup was not sent."))
    except StoreUnavailable:
        raise  # then it goes on once that is back
    except Exception as error:  # noqa: BLE001 - whatever it is, no backup is not to be silent
        return not_made(desk, error)
    return sent(made)


def sent(made: Backup) -> Screen:
    """A backup that was made, with its files."""
    return _screen(_("💾 <b>Backup</b>: {customers}, {entries}, {size}"), made)


def of_the_night(made: Backup) -> Screen:
    """The same, which nobody asked for."""
    words = _("💾 <b>Last night's backup</b>: {customers}, {entries}, {size}")
    return replace(_screen(words, made), silent=True)


def not_made(desk: Desk, error: Exception) -> Screen:
    """Why there is none, for who can do something about it."""
    log.warning("A backup could not be made: %s", type(error).__name__)
    if isinstance(error, OSError):
        return say(
            _(
                "⚠️ <b>The backup could not be made</b>: {why}\n"
                "Is there room on the server, in {folder}? /backup tries again."
            ),
            why=error.strerror or type(error).__name__,
            folder=desk.settings.data_dir.resolve(),
        )
    known = isinstance(error, DrawingFailed | StorageError)
    return say(
        _("⚠️ <b>The backup could not be made</b>: {why}\n/backup tries again."),
        why=str(error) if known else type(error).__name__,
    )


def not_sent(desk: Desk) -> Screen:
    """It was made, and did not get through."""
    return say(
        _(
            "⚠️ <b>Last night's backup did not get through.</b> It lies in {folder}. "
            "/backup makes another one and tries again."
        ),
        folder=desk.settings.data_dir.resolve() / FOLDER,
    )


def _screen(title: str, made: Backup) -> Screen:
    return Screen(Markup("\n").join(_words(title, made)), documents=tuple(_documents(made)))


def _words(title: str, made: Backup) -> Iterator[Markup]:
    counted = {name: member.documents for name, member in made.manifest.collections.items()}
    customers = ngettext("{count} customer", "{count} customers", counted["customers"])
    entries = ngettext("{count} entry", "{count} entries", counted["ledger"])
    yield fill(
        title,
        customers=customers.format(count=counted["customers"]),
        entries=entries.format(count=counted["ledger"]),
        size=_size(made.size),
    )
    if made.encrypted:
        yield fill(_("🔒 It opens with your BACKUP_PASSPHRASE; keep that in another place too."))
    else:
        yield fill(
            _("🔓 It is not encrypted: whoever has it reads the books. Set BACKUP_PASSPHRASE.")
        )
    if len(made.files) > 1:
        yield fill(_("It comes in {count} files; all are needed."), count=len(made.files))


def _size(count: int) -> str:
    """``5 kB``, ``4.3 MB``."""
    shown = f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
    return shown.replace(" ", "\N{NO-BREAK SPACE}")


def _documents(made: Backup) -> Iterator[Document]:
    for number, path in enumerate(made.files, 1):
        caption = Markup()
        if len(made.files) > 1:
            caption = fill(_("{number} of {count}"), number=number, count=len(made.files))
        yield Document(path.name, path.read_bytes, caption)
