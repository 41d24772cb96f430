"""What the log never holds, whatever its level."""

import logging

import pytest

from bot.logs import start_logging


@pytest.fixture(autouse=True)
def levels_restored():
    before = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize(
    "name",
    [
        "telegram.ext.ExtBot",
        "telegram.ext.Application",
        "telegram.Bot",
        "pymongo.command",
        "httpx",
    ],
)
def test_libraries_that_write_whole_calls_do_not_at_debug(name, monkeypatch):
    monkeypatch.setattr(logging.root, "level", logging.DEBUG)
    start_logging("DEBUG")
    assert not logging.getLogger(name).isEnabledFor(logging.DEBUG)


def test_our_own_do(monkeypatch):
    monkeypatch.setattr(logging.root, "level", logging.DEBUG)
    start_logging("DEBUG")
    assert logging.getLogger("bot.app").isEnabledFor(logging.DEBUG)
