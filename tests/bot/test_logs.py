"""What the log never holds, whatever its level."""

import logging

import pytest
from telegram.error import NetworkError

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


def forgotten(error: Exception) -> logging.LogRecord:
    text = "Task exception was never retrieved"
    exc_info = (type(error), error, None)
    return logging.LogRecord("asyncio", logging.ERROR, __file__, 1, text, None, exc_info)


def test_a_poll_that_failed_while_the_bot_stopped_is_no_news(monkeypatch):
    monkeypatch.setattr(logging.getLogger("asyncio"), "filters", [])
    start_logging("INFO")
    asyncio_log = logging.getLogger("asyncio")
    assert not asyncio_log.filter(forgotten(NetworkError("away")))
    assert asyncio_log.filter(forgotten(ValueError("ours")))
