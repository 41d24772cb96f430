"""A backup from the store to its files, while everybody goes on posting."""

import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from bot.backup import pack_backup
from bot.backup.archive import Manifest
from bot.desk import Desk
from storage.contents import BACKED_UP
from storage.errors import ChangedMeanwhile
from storage.jsonl import put
from storage.store import Store

FOLDER = "backup"
"""In ``DATA_DIR``."""

KEPT = 2
"""Backups in it: the last one, and the one before."""

ON_ITS_WAY = 3600
"""Seconds for which each stays in it all the same."""

TRIES = 3
"""How often all is read; once, as a rule."""

_turn = Lock()
"""One at a time: each reads all books."""


@dataclass(frozen=True)
class Backup:
    """A backup that was made: its files, of which each can be sent, and what is in it."""

    files: tuple[Path, ...]
    manifest: Manifest
    encrypted: bool

    @property
    def size(self) -> int:
        """In bytes, of all files."""
        return sum(path.stat().st_size for path in self.files)

    @property
    def is_there(self) -> bool:
        """Whether no later one has taken its place yet."""
        return all(path.exists() for path in self.files)


def make_backup(desk: Desk) -> Backup:
    """Make one; blocking, in a worker thread. The last ones stay in ``DATA_DIR``.

    Raises:
        DrawingFailed: it took too long, or nothing could pack it.
        OSError: the disk takes nothing more.
        ChangedMeanwhile: phones passed from one to another each time it was read.
    """
    secret = desk.settings.backup_passphrase
    passphrase = secret.get_secret_value() if secret else None
    with _turn:
        folder = desk.settings.data_dir / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _drop(folder, "making-*")  # a killed process's
        made_at = desk.clock.now()
        name = f"backup-{made_at.astimezone(desk.clock.zone):%Y-%m-%d-%H%M%S}"
        with TemporaryDirectory(prefix="making-", dir=folder) as own:
            dump, packed = Path(own) / "dump", Path(own) / "packed"
            dump.mkdir()
            packed.mkdir(mode=0o700)
            _put_all_of_one_moment(desk.store, dump)
            manifest = desk.draw_long(
                pack_backup,
                dump,
                packed / f"{name}.zip",
                made_at=made_at,
                schema_version=desk.store.schema.version(),
                passphrase=passphrase,
            )
            _drop(folder, name)  # of the same second
            packed.rename(folder / name)
        _drop_old(folder, but=name)
        return Backup(
            tuple(sorted((folder / name).iterdir())),
            Manifest.model_validate_json(manifest, strict=False),
            encrypted=passphrase is not None,
        )


def _put_all_of_one_moment(store: Store, folder: Path) -> None:
    for _try in range(TRIES - 1):
        with suppress(ChangedMeanwhile):
            return _put_all(store, folder)
    return _put_all(store, folder)


def _put_all(store: Store, folder: Path) -> None:
    """A snapshot of the store, a file for each collection."""
    with ExitStack() as stack:
        files = {name: stack.enter_context((folder / name).open("wb")) for name in BACKED_UP}
        for name, document in store.reading.snapshot():
            put(document, files[name])


def _drop(folder: Path, pattern: str) -> None:
    for path in folder.glob(pattern):
        shutil.rmtree(path, ignore_errors=True)


def _drop_old(folder: Path, *, but: str) -> None:
    """All but this one, the last before it, and whatever may be on its way to an admin still.

    By when they were written: their names are by a clock and a zone that may have changed.
    """
    newest = (folder / but).stat().st_mtime
    others = [path for path in folder.glob("backup-*") if path.name != but]
    others.sort(key=lambda path: path.stat().st_mtime)
    for path in others[: 1 - KEPT]:
        if abs(newest - path.stat().st_mtime) > ON_ITS_WAY:
            shutil.rmtree(path, ignore_errors=True)
