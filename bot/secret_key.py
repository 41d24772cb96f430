"""The key of all that is signed: the configured one, or one made once in ``DATA_DIR``."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from bot.errors import StartError

FILE = "secret.key"
SHORTEST = 32
"""Characters. What is made here has 64: 32 random bytes in hex."""


def load_secret_key(configured: str | None, data_dir: Path) -> bytes:
    """The key as bytes, the same at every start.

    Raises:
        StartError: the configured key is too short, or the file cannot be made, read or trusted.
    """
    if configured is not None:
        if len(configured) < SHORTEST:
            raise StartError(
                f"SECRET_KEY is wrong (at least {SHORTEST} characters); e.g. the output of: "
                "python -c 'import secrets; print(secrets.token_hex(32))'"
            )
        return configured.encode()
    path = data_dir / FILE
    try:
        if not path.exists():
            with suppress(FileExistsError):  # another process was first
                _make(path)
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)  # a restored backup lets others read it
        key = path.read_bytes().strip()
    except OSError as error:
        raise StartError(
            f"{path} cannot be used ({error.strerror}); let this user write in DATA_DIR, "
            "or set SECRET_KEY"
        ) from None
    if len(key) < SHORTEST:
        raise StartError(
            f"{path} is damaged; restore it from a backup, or delete it and everyone who is "
            "waiting for a sign-in code asks for a new one"
        )
    return key


def _make(path: Path) -> None:
    """Write a new key, whole or not at all.

    Raises:
        FileExistsError: there is one already.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    # O_EXCL: never through a link that somebody put there.
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # refuses to replace the key of a process that was first
    finally:
        draft.unlink()
