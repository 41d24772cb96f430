"""What fails in asking for updates: when the bot goes on, and when it stops and says why."""

import time

import pytest
from telegram.error import Conflict
from telegram.ext import CallbackContext

from handlers.edge.polling import Garbled, TokenRefused
from handlers.edge.reporter import ErrorReporter


class Application:
    """What the reporter knows of one: that it can be stopped."""

    stopped = False

    def stop_running(self):
        self.stopped = True


async def stops(reporter, error):
    """Whether the bot stops when asking for updates ends in this."""
    application = reporter.application
    context = CallbackContext(application)
    context.error = error
    await reporter.report(None, context)
    assert application.stopped == (reporter.fatal is not None)
    return application.stopped


async def meets_another(reporter):
    """Whether the bot stops when Telegram says that another one asks for updates too."""
    return await stops(reporter, Conflict("terminated by other getUpdates request"))


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


async def test_beside_one_that_telegram_calls_it_stops_however_long_it_has_worked():
    reporter = ErrorReporter(Application(), took_over=True)
    reporter.opened = time.monotonic() - 3600

    while_called = "can't use getUpdates method while webhook is active; use deleteWebhook"
    assert await stops(reporter, Conflict(while_called))
    assert "Telegram calls another bot" in reporter.fatal
    assert "\n" not in reporter.fatal


async def test_that_the_token_is_refused_is_said_once(caplog):
    reporter = ErrorReporter(Application())

    for lasting in (0.0, 0.1, 30.0, 120.0):
        assert not await stops(reporter, TokenRefused(lasting))

    (said,) = [record.getMessage() for record in caplog.records]
    assert "TELEGRAM_BOT_TOKEN" in said


async def test_and_when_it_lasts_it_is_why_the_bot_stops():
    reporter = ErrorReporter(Application())

    assert await stops(reporter, TokenRefused(120.1))
    assert "TELEGRAM_BOT_TOKEN is refused by Telegram" in reporter.fatal
    assert "\n" not in reporter.fatal


async def test_what_is_no_answer_is_one_line(caplog):
    assert not await stops(ErrorReporter(Application()), Garbled())

    (said,) = [record.getMessage() for record in caplog.records]
    assert "\n" not in said
