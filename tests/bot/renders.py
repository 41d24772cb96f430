"""What a drawing process is asked for in tests, in the place of papers."""

import os
import signal
from pathlib import Path

from bot.i18n import current_language


def drawn_by():
    return str(os.getpid()).encode()


def language():
    return current_language().encode()


def seconds_left():
    return str(signal.alarm(0)).encode()


def with_an_error():
    raise LookupError("no such glyph")


def dying(signal_number, deaths):
    """A drawing that ends its process, until it has done so this often; ``deaths`` is a file."""
    path, often = deaths
    with Path(path).open("a+") as file:
        file.seek(0)
        before = len(file.read())
        file.write("x" if before < often else "")
    if before < often:
        os.kill(os.getpid(), signal_number)
    return b"drawn"
