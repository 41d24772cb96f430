"""Two bots with one token: which of them stops."""

import time

import pytest
from telegram.error import Conflict
from telegram.ext import CallbackContext

from handlers.edge.reporter import ErrorReporter


class Application:
    """What the reporter knows of one: that it can be stopped."""

    stopped = False

    def stop_running(self):
        self.stopped = True


async def meets_another(reporter):
    """Whether the bot stops when Telegram says that another one asks for updates too."""
    application = reporter.application
    context = CallbackContext(application)
    context.error = Conflict("terminated by other getUpdates request")
    await reporter.report(None, context)
    assert application.stopped == (reporter.fatal is not None)
    return application.stopped


@pytest.mark.parametrize("seconds", [None, 0.1, 4.9])
async def test_the_one_that_was_just_started_stops(seconds):
    reporter = ErrorReporter(Application())
    if seconds is not None:
        reporter.opened = time.monotonic() - seconds

    assert await meets_another(reporter)
    assert "Another bot is running" in reporter.fatal
    assert "\n" not in reporter.fatal


async def test_the_one_at_work_stays(caplog):
    reporter = ErrorReporter(Application())
    reporter.opened = time.monotonic() - 5.1

    assert not await meets_another(reporter)
    assert "this one stays" in caplog.text


async def test_the_one_that_took_over_from_one_that_stood_still_stays_from_the_start():
    reporter = ErrorReporter(Application(), took_over=True)
    reporter.opened = time.monotonic() - 0.1

    assert not await meets_another(reporter)
