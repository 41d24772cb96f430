"""What the storage tests share."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest


@pytest.fixture
def together():
    """``together(call, n)``: ``call(0)`` … ``call(n - 1)``, each in a thread, all at once."""

    def run(call, times):
        start = threading.Barrier(times)

        def one(number):
            start.wait()
            return call(number)

        with ThreadPoolExecutor(times) as threads:
            return list(threads.map(one, range(times)))

    return run
