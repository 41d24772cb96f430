"""What can go wrong in the store, named by cause.

None of the driver's own errors passes beyond it.

::

    StorageError
    ├── StoreUnavailable   the database did not answer in time; nothing was half-written
    ├── StoreLocked        another process holds this DATA_DIR
    ├── StoreUnwritable    this DATA_DIR cannot be used
    ├── SchemaTooNew       a later version of this program has written it
    ├── StoreHalfFilled    a backup, or another store's data, came into it in part
    ├── StoreMoved         its data are kept elsewhere by now
    ├── StoreNotEmpty      it has data, and was to be filled with others
    ├── DoesNotFit         two documents with which it was to be filled exclude each other
    ├── ChangedMeanwhile   what was read is of no one moment: read it again
    ├── AlreadyExists      a unique value is taken: ``field`` says which
    ├── TooLarge           more bytes than one document may hold here
    ├── Outpaced           another writer was first: read again and decide again
    ├── OperationConflict  one operation id came with two different contents; the first stands
    └── TakenOver          another process works on these books by now

The first six stop a start; their text is then one line that says what to change.
"""

from pathlib import Path


class StorageError(Exception):
    """Every error the store raises on purpose."""


class StoreUnavailable(StorageError): ...


class StoreLocked(StorageError):
    def __init__(self, data_dir: Path) -> None:
        super().__init__(
            f"Another process already works on the data in {data_dir}. "
            "Stop it first, or set DATA_DIR to another folder, e.g. ./data2"
        )


class StoreUnwritable(StorageError):
    def __init__(self, path: Path, why: object) -> None:
        super().__init__(
            f"The data in {path} cannot be used ({why}). "
            "Set DATA_DIR to a folder that this user can write, e.g. ./data"
        )


class SchemaTooNew(StorageError):
    def __init__(self, version: int, newest: int) -> None:
        super().__init__(
            f"The data was written by a later version of this program (schema {version}; this one "
            f"knows {newest}). Update the program, or restore a backup of before"
        )


class StoreHalfFilled(StorageError):
    def __init__(self, source: str) -> None:
        super().__init__(
            f"This store was being filled with {source}, and not all of it is here. Run the same "
            "command again, which goes on with it; or take an empty store"
        )


class StoreMoved(StorageError):
    def __init__(self, to: str) -> None:
        super().__init__(
            f"These data were moved to the MongoDB at {to}, where the books go on: set "
            "MONGODB_URI. To go on here instead, without what was posted there: "
            "python -m bot move-data --undo"
        )


class StoreNotEmpty(StorageError):
    """``found`` says how many documents there are, by collection."""

    def __init__(self, found: dict[str, int]) -> None:
        there = ", ".join(f"{name}: {count}" for name, count in found.items())
        super().__init__(
            f"The store has data ({there}), and only an empty one is filled. "
            "Set DATA_DIR to a new folder, e.g. ./data2, or MONGODB_URI to a new database"
        )
        self.found = found


class DoesNotFit(StorageError):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"Two documents of {name} exclude each other ({why}), and not all of it is here now"
        )


class ChangedMeanwhile(StorageError):
    def __init__(self, field: str) -> None:
        super().__init__(f"{field} changed hands while all of it was read")


class AlreadyExists(StorageError):
    def __init__(self, field: str) -> None:
        super().__init__(f"{field} is taken")
        self.field = field


class TooLarge(StorageError): ...


class Outpaced(StorageError): ...


class OperationConflict(StorageError): ...


class TakenOver(StorageError): ...
