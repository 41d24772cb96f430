"""The books as files that outlive the machine, and back from these.

``making`` reads a snapshot of the store and has it packed; ``archive`` is the file, ``parts`` cuts
it to what Telegram takes and seals it, in a process beside the bot's. ``restoring`` checks such
files and fills an empty store; ``command`` is ``python -m bot restore``.
"""

import datetime as dt
from pathlib import Path

__all__ = ["pack_backup"]


def pack_backup(
    folder: Path, to: Path, *, made_at: dt.datetime, schema_version: int, passphrase: str | None
) -> bytes:
    """Pack what ``making`` put into ``folder``, as the file ``to`` or its parts.

    Returns:
        The manifest, as JSON. The files are not to pass from process to process.
    """
    from bot.backup.archive import write_archive  # noqa: PLC0415 - the bot packs nothing
    from bot.backup.parts import split  # noqa: PLC0415

    manifest = write_archive(to, folder, made_at=made_at, schema_version=schema_version)
    split(to, passphrase)
    return manifest.model_dump_json().encode()
