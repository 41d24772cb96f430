"""An archive in parts that Telegram takes, each sealed with a passphrase where one is set.

A part is a piece of the ZIP as it stands, so that ``cat`` and 7-Zip put them together; a sealed
one is an age file (https://age-encryption.org/v1), which ``age`` and ``rage`` open.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from bot.backup.archive import BackupUnusable

LARGEST = 45_000_000
"""Bytes of a part. A bot may send 50 MB."""

SEALED = b"age-encryption.org/v1\n"
"""How an age file begins."""

_NUMBER = re.compile(r"\.zip\.([0-9]{3,})(?:\.age)?$")


def split(archive: Path, passphrase: str | None) -> None:
    """Put its parts in the archive's place; of one that needs none, itself or what is sealed."""
    if passphrase is None and archive.stat().st_size <= LARGEST:
        return
    several = archive.stat().st_size > LARGEST
    with archive.open("rb") as file:
        for number, content in enumerate(iter(lambda: file.read(LARGEST), b""), 1):
            name = f"{archive.name}.{number:03}" if several else archive.name
            if passphrase is not None:
                archive.with_name(f"{name}.age").write_bytes(_sealed(content, passphrase))
            else:
                archive.with_name(name).write_bytes(content)
    archive.unlink()


def are_sealed(files: Sequence[Path]) -> bool:
    """Whether a passphrase is needed for them.

    Raises:
        BackupUnusable: one cannot be read.
    """
    for path in files:
        try:
            with path.open("rb") as file:
                if file.read(len(SEALED)) == SEALED:
                    return True
        except OSError as error:
            raise BackupUnusable(f"{path} cannot be read ({error.strerror})") from error
    return False


@contextmanager
def joined(files: Sequence[Path], passphrase: str | None) -> Iterator[IO[bytes]]:
    """The archive, put together in a file that is gone with the block.

    Raises:
        BackupUnusable: the passphrase is another, or a part is missing or cannot be read.
    """
    with TemporaryFile() as whole:
        for path in _in_order(files):
            whole.write(_content(path, passphrase))
        whole.seek(0)
        yield whole


def _in_order(files: Sequence[Path]) -> Sequence[Path]:
    """By their numbers, where they have any."""
    numbers = {int(found[1]): path for path in files if (found := _NUMBER.search(path.name))}
    if not numbers:
        return files
    if len(numbers) != len(files):
        raise BackupUnusable("Some of the files are no parts of this backup, or are there twice")
    for number in range(1, max(numbers) + 1):
        if number not in numbers:
            raise BackupUnusable(f"Part {number:03} of the backup is missing")
    return [numbers[number] for number in sorted(numbers)]


def _sealed(content: bytes, passphrase: str) -> bytes:
    import pyrage  # noqa: PLC0415 - only where something is sealed or opened

    sealed: bytes = pyrage.passphrase.encrypt(content, passphrase)
    return sealed


def _content(path: Path, passphrase: str | None) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BackupUnusable(f"{path} cannot be read ({error.strerror})") from error
    return _opened(path, content, passphrase) if content.startswith(SEALED) else content


def _opened(path: Path, content: bytes, passphrase: str | None) -> bytes:
    import pyrage  # noqa: PLC0415

    if passphrase is None:
        raise BackupUnusable("The backup is encrypted: set BACKUP_PASSPHRASE, with which it was")
    try:
        opened: bytes = pyrage.passphrase.decrypt(content, passphrase)
    except pyrage.DecryptError as error:
        raise BackupUnusable(
            f"{path.name} does not open: BACKUP_PASSPHRASE is another than it was made with, "
            "or the file is damaged"
        ) from error
    return opened
