"""An archive as the files that are sent: sealed with a passphrase, and in parts, where it must be.

Parts are pieces of the file as it stands: ``cat``, or 7-Zip, puts them together.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from bot.backup.archive import BackupUnusable

LARGEST = 45_000_000
"""Bytes of a part. A bot may send 50 MB."""

_NUMBER = re.compile(r"\.([0-9]{3,})$")


def split(archive: Path, passphrase: str | None) -> None:
    """Put in the archive's place what is to be sent of it."""
    if passphrase is not None:
        archive = _sealed(archive, passphrase)
    if archive.stat().st_size <= LARGEST:
        return
    with archive.open("rb") as file:
        for number, content in enumerate(iter(lambda: file.read(LARGEST), b""), 1):
            archive.with_name(f"{archive.name}.{number:03}").write_bytes(content)
    archive.unlink()


def are_sealed(files: Sequence[Path]) -> bool:
    """Whether a passphrase is needed for them.

    Raises:
        BackupUnusable: one is missing, or cannot be read.
    """
    from bot.backup.age import SEALED  # noqa: PLC0415

    with _readable(_in_order(files)[0]) as file:
        return file.read(len(SEALED)) == SEALED


@contextmanager
def joined(files: Sequence[Path], passphrase: str | None, *, inside: Path) -> Iterator[IO[bytes]]:
    """The archive, put together in a file that is gone with the block.

    Args:
        files: all of its parts, in whatever order.
        passphrase: None where they are not sealed.
        inside: a folder with room for it. (``/tmp`` may be memory.)

    Raises:
        BackupUnusable: the passphrase is another, or a part is missing or cannot be read.
        OSError: there is no room.
    """
    sealed = are_sealed(files)
    with ExitStack() as stack:
        whole: IO[bytes] = stack.enter_context(TemporaryFile(dir=inside))
        for path in _in_order(files):
            with _readable(path) as file:
                shutil.copyfileobj(file, whole)
        whole.seek(0)
        if sealed:
            whole = _opened(whole, stack.enter_context(TemporaryFile(dir=inside)), passphrase)
        yield whole


def _in_order(files: Sequence[Path]) -> Sequence[Path]:
    """By their numbers, where they have any."""
    if len(files) == 1 and not _NUMBER.search(files[0].name):
        return files
    numbers = {int(found[1]): path for path in files if (found := _NUMBER.search(path.name))}
    if not numbers:
        raise BackupUnusable("Name one backup, or all parts of one, which end with .001, .002 …")
    if len(numbers) != len(files) or len({path.stem for path in files}) != 1:
        raise BackupUnusable("Some of the files are no parts of this backup, or are there twice")
    for number in range(1, max(numbers) + 1):
        if number not in numbers:
            raise BackupUnusable(f"Part {number:03} of the backup is missing")
    if len(numbers) == 1:
        raise BackupUnusable(
            f"{files[0].name} is one part of a backup. Name all of them, e.g. {files[0].stem}.*"
        )
    return [numbers[number] for number in sorted(numbers)]


@contextmanager
def _readable(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupUnusable(f"{path} cannot be read ({error.strerror})") from error
    with file:
        yield file


def _sealed(archive: Path, passphrase: str) -> Path:
    from bot.backup import age  # noqa: PLC0415 - ciphers only where something is sealed or opened

    sealed = archive.with_name(f"{archive.name}.age")
    with archive.open("rb") as source, sealed.open("wb") as to:
        age.seal(source, to, passphrase)
    archive.unlink()
    return sealed


def _opened(whole: IO[bytes], to: IO[bytes], passphrase: str | None) -> IO[bytes]:
    from bot.backup import age  # noqa: PLC0415

    if passphrase is None:
        raise BackupUnusable("The backup is encrypted: set BACKUP_PASSPHRASE, with which it was")
    try:
        age.unseal(whole, to, passphrase)
    except age.WrongPassphrase as error:
        raise BackupUnusable(
            "The backup does not open: it was made with another passphrase (BACKUP_PASSPHRASE)"
        ) from error
    except age.TooMuchWork as error:
        raise BackupUnusable(
            "The backup was sealed so that its passphrase takes more memory than there is here"
        ) from error
    except age.Damaged as error:
        raise BackupUnusable(
            "The backup is damaged, or not all of it. Take another copy of it, or an earlier one"
        ) from error
    to.seek(0)
    return to
