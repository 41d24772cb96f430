"""The embedded store's file, as it was opened: one that was taken away is written to all the same.

SQLite goes on with a file that has no name any more; what it writes there is gone when it closes.
"""

from pathlib import Path

from storage.errors import StoreUnavailable


class OpenedFile:
    """``path`` is where it has to stay."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = _identity(path)

    def check(self) -> None:
        """See that it is still there, and no other in its place.

        Raises:
            StoreUnavailable: it is not.
        """
        if self._opened is None:  # SQLite makes it with the first command
            self._opened = _identity(self._path)
        elif _identity(self._path) != self._opened:
            raise StoreUnavailable(
                f"{self._path} is not the file any more that the bot has opened. Put that one "
                "back, or stop the bot and restore a backup: what is written now would be lost"
            )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
