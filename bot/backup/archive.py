"""A backup as one ZIP: of each collection the documents, a line of JSON each, and a manifest.

Any ZIP and any JSON program reads it, so that the books are never locked in.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pydantic import Field, ValidationError

from bot.errors import StartError
from storage.contents import BACKED_UP
from storage.jsonl import as_line, documents, of_line
from storage.models import Part
from storage.types import Instant

MANIFEST = "manifest.json"

FORMAT = 1
"""Of the archive; the documents' own is the schema's version."""

THE_BOOKS = frozenset({"customers", "invoices", "payments", "ledger", "users"})
"""Without one of these it is no backup, of whatever version."""

LONGEST_MANIFEST = 100_000
"""Bytes."""

LONGEST_LINE = 64_000_000
"""Bytes. A document of MongoDB's has 16 MB, and its bytes are a third longer in JSON."""


class BackupUnusable(StartError):
    """The files are no backup, or not all of it, or damaged. The text is one line."""


class Member(Part):
    """What a collection's file has to be."""

    documents: int
    sha256: str


class Manifest(Part):
    """``made_at`` is UTC; ``program`` the version that made it, of the data ``schema_version``."""

    format: int
    made_at: Instant
    program: str
    schema_version: int = Field(ge=0)
    collections: dict[str, Member]


def write_archive(
    to: Path, folder: Path, *, made_at: dt.datetime, schema_version: int
) -> Manifest:
    """Write an archive of the documents in ``folder``, a file of each collection's name."""
    with ZipFile(to, "w", ZIP_DEFLATED) as archive:
        manifest = Manifest(
            format=FORMAT,
            made_at=made_at,
            program=version("arhtiya-bot"),
            schema_version=schema_version,
            collections={name: _put(archive, name, folder / name, made_at) for name in BACKED_UP},
        )
        archive.writestr(_info(MANIFEST, made_at), manifest.model_dump_json(indent=2))
    return manifest


def _put(archive: ZipFile, name: str, path: Path, made_at: dt.datetime) -> Member:
    digest, count = hashlib.sha256(), 0
    # Its size is known at its end alone.
    with archive.open(_info(_file(name), made_at), "w", force_zip64=True) as member:
        for document in documents(path) if path.exists() else ():
            line = as_line(document) + b"\n"
            digest.update(line)
            member.write(line)
            count += 1
    return Member(documents=count, sha256=digest.hexdigest())


class Archive:
    """An archive to be read. Whoever reads on without :meth:`check` may read anything."""

    def __init__(self, file: IO[bytes]) -> None:
        """Open it.

        Raises:
            BackupUnusable: it is no backup.
        """
        try:
            self._zip = ZipFile(file)
            with self._zip.open(MANIFEST) as member:
                kept = member.read(LONGEST_MANIFEST)
        except Exception as error:  # a damaged file makes the library raise anything
            raise BackupUnusable(
                "The files are no whole backup. One in parts is restored with all of them, "
                "e.g. python -m bot restore backup-2026-11-22-023000.zip.*"
            ) from error
        try:
            self.manifest = Manifest.model_validate_json(kept, strict=False)
        except ValidationError as error:
            raise BackupUnusable(f"The backup's {MANIFEST} cannot be read") from error
        if self.manifest.format != FORMAT:
            raise BackupUnusable(
                f"The backup was made by a later version ({self.manifest.program}) of this "
                "program. Update the program"
            )
        self.digest = hashlib.sha256(kept).hexdigest()[:12]
        """Of all that is in it."""
        self.source = f"the backup of {self.manifest.made_at:%Y-%m-%d %H:%M:%S} UTC, {self.digest}"

    def check(self) -> None:
        """Read all of it, and compare.

        Raises:
            BackupUnusable: something in it is not as it was written.
        """
        # An earlier version had fewer.
        if unknown := self.manifest.collections.keys() - set(BACKED_UP):
            raise BackupUnusable(
                f"The backup has what this version does not know: {', '.join(sorted(unknown))}. "
                "Update the program"
            )
        if missing := THE_BOOKS - self.manifest.collections.keys():
            raise BackupUnusable(f"The backup lacks {', '.join(sorted(missing))}")
        for name, right in self.manifest.collections.items():
            digest, ids = hashlib.sha256(), set()
            for line in self._lines(name):
                digest.update(line)
                try:
                    ids.add(of_line(line)["_id"])
                except ValueError as error:
                    raise self._damaged(name) from error
            if (len(ids), digest.hexdigest()) != (right.documents, right.sha256):
                raise self._damaged(name)

    def documents(self, name: str) -> Iterator[dict[str, Any]]:
        """Those of one collection, in the order in which they were written."""
        return map(of_line, self._lines(name))

    def _lines(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(_file(name)) as member:
                while line := member.readline(LONGEST_LINE):
                    yield line
        except Exception as error:
            raise self._damaged(name) from error

    def _damaged(self, name: str) -> BackupUnusable:
        return BackupUnusable(
            f"The backup is damaged: its {_file(name)} is not as it was written. "
            "Take another copy of it, or an earlier backup"
        )


def _file(name: str) -> str:
    return f"{name}.jsonl"


def _info(name: str, made_at: dt.datetime) -> ZipInfo:
    info = ZipInfo(name, made_at.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16  # of those alone who unpack it
    return info
