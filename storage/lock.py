"""One process at a time on one ``DATA_DIR``."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import StoreLocked, StoreUnwritable


@contextmanager
def locked(data_dir: Path) -> Iterator[None]:
    """Hold ``data_dir``, made with mode 0700 when it is not there, until the block ends.

    The system lets go of the lock with the process, even when that is killed.

    Raises:
        StoreLocked: another process holds it.
        StoreUnwritable: the folder cannot be made or written.
    """
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(data_dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreUnwritable(data_dir, error.strerror) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreLocked(data_dir) from error
        except OSError as error:
            raise StoreUnwritable(data_dir, error.strerror) from error
        yield
    finally:
        os.close(descriptor)
