"""What can go wrong in the store, named by cause. Nothing of the driver's own errors passes beyond it.

::

    StorageError
    ├── StoreUnavailable   the database did not answer in time; nothing was half-written
    ├── StoreLocked        another process holds this DATA_DIR
    ├── AlreadyExists      a unique value is taken: ``field`` says which
    ├── Outpaced           another writer was first: read again and decide again
    └── OperationConflict  one operation id came with two different contents; the first stands
"""


class StorageError(Exception):
    """Every error the store raises on purpose."""


class StoreUnavailable(StorageError): ...


class StoreLocked(StorageError): ...


class AlreadyExists(StorageError):
    def __init__(self, field: str) -> None:
        super().__init__(f"{field} is taken")
        self.field = field


class Outpaced(StorageError): ...


class OperationConflict(StorageError): ...
