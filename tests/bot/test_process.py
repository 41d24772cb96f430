"""What fails in the process when nobody waits for it any more."""

import asyncio
import gc
import logging

import pytest
from telegram.error import NetworkError

from bot.process import left_behind


def fail_unheard(error: Exception) -> None:
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(left_behind)
    loop.create_future().set_exception(error)
    gc.collect()
    loop.close()


def test_it_is_logged_by_its_way_and_without_its_words(caplog):
    fail_unheard(ValueError("owed by Ramesh Kumar"))
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "ValueError" in record.getMessage()
    assert "Ramesh" not in caplog.text


def test_a_poll_that_failed_while_the_bot_stopped_is_no_news(caplog):
    fail_unheard(NetworkError("away"))
    assert not caplog.records


@pytest.fixture(autouse=True)
def every_level(caplog):
    caplog.set_level(logging.DEBUG)
