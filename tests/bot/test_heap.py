"""All threads of the bot's process take their memory from one heap."""

import subprocess
import sys

import pytest

WORK = """
import ctypes, sys, threading
from bot.heap import share_one_heap

if sys.argv[1] == "shared":
    share_one_heap()
together = threading.Barrier(4)

def work():
    together.wait()
    bytearray(100_000)

threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

c = ctypes.CDLL(None)
c.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(c.fdopen(1, b"w"))
c.malloc_info(0, out)
c.fflush(out)
"""


def heaps(how):
    """How many heaps four threads had, as glibc itself counts them."""
    told = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", WORK, how], capture_output=True, check=True, text=True
    ).stdout
    return told.count("<heap nr=")


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc has more than one")
def test_threads_share_one_heap():
    if heaps("apart") == 1:
        pytest.skip("this C library has no more than one")

    assert heaps("shared") == 1
