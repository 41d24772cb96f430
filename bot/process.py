"""The bot's process: by long polling, or in web mode, until it is told to stop."""

import asyncio
import gc
import logging
import os
import signal
import sys
import threading
from typing import Any

from telegram.error import InvalidToken, NetworkError, TelegramError

from bot import secret_key
from bot.app import REPORTER, WEB, App, build_application
from bot.commands import alone_on
from bot.door import Door
from bot.drawing import DrawingProcess
from bot.errors import StartError
from bot.health import mark_ended
from bot.heap import share_one_heap
from bot.logs import start_logging
from bot.settings import EXAMPLES, Settings
from bot.start import refuse
from handlers.edge.receive import WANTED
from handlers.edge.reporter import TOKEN_REFUSED, ErrorReporter
from handlers.edge.traces import way_of
from storage.database import file_of_books, store_errors
from storage.errors import StorageError

log = logging.getLogger(__name__)

BOOTSTRAP_RETRIES = 3
"""How often Telegram is tried again, in some seconds all together, before the start fails."""

ANSWER_FIRST = 0.003
"""Seconds until Telegram is asked for more. Asking at once takes a millisecond of the same thread,
just when what came is to be answered: answers come a fifth later."""

EXPORT_WITHIN = 600
"""Seconds. A hundred thousand invoices take one and a half minutes."""

STOP = (signal.SIGINT, signal.SIGTERM)

END_WITHIN = 8.0
"""Seconds from being told to stop until the process has ended, whatever hangs. Docker kills after
ten; and what a killed one has not answered is answered after the next start."""


def run(settings: Settings) -> int:
    """Run until stopped. Returns the exit code; a failed start is one line on standard error."""
    share_one_heap()
    start_logging(settings.log_level, settings.log_format)
    for told in STOP:
        signal.signal(told, _stop)
    try:
        with store_errors():
            return _serve(settings)
    except (StartError, StorageError) as error:
        return refuse(str(error))
    except InvalidToken:
        return refuse(TOKEN_REFUSED)
    except NetworkError as error:
        return refuse(
            f"Telegram cannot be reached ({error}). Check the network, and TELEGRAM_API_URL "
            f"where it is set, e.g. {EXAMPLES['telegram_api_url']}"
        )
    except TelegramError as error:
        return refuse(f"Telegram refuses to start the bot: {error}")


def _check_the_books_are_there(settings: Settings) -> None:
    """Where a bot has worked there are books: begun anew beside its key, nobody would miss them.

    Raises:
        StartError: there is the key alone.
    """
    key, books = settings.data_dir / secret_key.FILE, file_of_books(settings.data_dir)
    try:
        missing = settings.mongodb_uri is None and key.exists() and not books.exists()
    except OSError:
        return  # opening the store says what is wrong with the folder
    if missing:
        raise StartError(
            f"{settings.data_dir} has a key and no books. Put {books} back where it was, or "
            "restore a backup: python -m bot restore FILE. To begin with empty books instead, "
            f"delete {key}"
        )


def _serve(settings: Settings) -> int:
    _check_the_books_are_there(settings)
    with (
        Door(settings) as door,
        alone_on(settings, wait=door.wait) as store,
        DrawingProcess() as drawing,
        DrawingProcess(longest=EXPORT_WITHIN, lasting=False) as exporting,
    ):
        application = build_application(
            settings, store, draw=drawing.draw, draw_long=exporting.draw
        )
        for step in store.schema.bring_forward():
            if step.documents:
                log.info("Schema %s: %s (%s documents)", step.version, step.what, step.documents)
        # What is loaded stays: neither a pause for garbage nor the end has to look through it.
        gc.freeze()
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        loop.set_exception_handler(left_behind)
        for told in STOP:  # python-telegram-bot's own would wait for whatever hangs
            loop.add_signal_handler(told, _stop)
        reporter: ErrorReporter = application.bot_data[REPORTER]
        try:
            if web := application.bot_data.get(WEB):
                _be_called(loop, web, door)
            else:
                _poll(application)
        except Exception:
            if reporter.fatal is None:  # else it is why, once more
                raise
        finally:
            _begin_to_end(1)  # by itself, unless it was told to
            mark_ended(settings.data_dir)
    return refuse(reporter.fatal) if reporter.fatal else 0


def _poll(application: App) -> None:
    application.run_polling(
        allowed_updates=list(WANTED),
        bootstrap_retries=BOOTSTRAP_RETRIES,
        drop_pending_updates=False,
        poll_interval=ANSWER_FIRST,
        stop_signals=None,
        close_loop=False,  # it would give the signals their defaults back
    )


def _be_called(loop: asyncio.AbstractEventLoop, web: Any, door: Door) -> None:
    beginning = loop.create_task(web.begin(door))
    try:
        loop.run_until_complete(beginning)
        loop.run_forever()
    except SystemExit as told:
        if told.code:
            raise
    finally:
        _begin_to_end(1)  # by itself, unless it was told to
        beginning.cancel()  # it may be told so before the start is through
        loop.run_until_complete(asyncio.wait({beginning}))
        loop.run_until_complete(web.end())


def _stop(*_: object) -> None:
    """Told so, end the process by way of every block that it is in; that is no failure."""
    if _begin_to_end(0):
        sys.exit(0)


def _begin_to_end(code: int) -> bool:
    """From now on nothing that hangs holds up the end, and no signal cuts it short.

    Args:
        code: the exit code, should something hang.

    Returns:
        Whether the end had not begun before.
    """
    if signal.getsignal(signal.SIGTERM) == signal.SIG_IGN:
        return False
    for told in STOP:
        signal.signal(told, signal.SIG_IGN)
    leaving = threading.Timer(END_WITHIN, _leave, [code])
    leaving.daemon = True
    leaving.start()
    return True


def left_behind(_loop: asyncio.AbstractEventLoop, what: dict[str, Any]) -> None:
    """Work failed that nobody waits for any more. asyncio's own log would quote the error.

    A poll that fails as the bot is told to stop is no news.
    """
    error = what.get("exception")
    if not isinstance(error, TelegramError):
        log.error("%s %s", what["message"], way_of(error))


def _leave(code: int) -> None:
    log.warning("Something hangs, and is left: the next start answers what it was to answer.")
    os._exit(code)
