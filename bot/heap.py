"""The C library's heap, from which SQLite, pymongo and Python's greater objects come."""

import ctypes

M_ARENA_MAX = -8
"""glibc's ``malloc.h``."""


def share_one_heap() -> None:
    """Have all threads, those begun later too, take from one heap. Other than glibc has no more.

    By default a thread may have its own, up to eight for each core, and what one thread has given
    back no other uses. Of a thousand invoices' work, which wanders from thread to thread, 13 MB
    stayed so; with one heap 1 MB. Who waits for its lock would wait for the interpreter's anyway.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, TypeError, AttributeError):  # Windows; macOS, musl
        return
    mallopt(M_ARENA_MAX, 1)
