"""The composition root: where everything is put together, for people and for tests alike."""

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

from pydantic import SecretStr
from telegram import BotCommandScopeChat, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext, Defaults, JobQueue, TypeHandler
from telegram.request import BaseRequest, HTTPXRequest

from bot.admins import admin_ids, offer_admin
from bot.clock import Clock, SystemClock
from bot.delivery import AdminsChannel, OtpDelivery, customers_gateway, gateways
from bot.desk import Desk
from bot.drawing import Draw, draw_here
from bot.health import mark_alive
from bot.pdf import warm_up
from bot.posting import catch_up_all
from bot.secret_key import load_secret_key
from bot.settings import Settings
from handlers.edge.admins import AdminMessenger
from handlers.edge.audit_tick import AuditTick
from handlers.edge.backup_tick import BackupTick
from handlers.edge.counts import Counts
from handlers.edge.customer_tick import EVERY as CUSTOMERS_EVERY
from handlers.edge.customer_tick import CustomerReminderTick
from handlers.edge.failures import Failures
from handlers.edge.in_turn import InTurn
from handlers.edge.intake import Intake, Queue
from handlers.edge.live_lists import EVERY as LISTS_EVERY
from handlers.edge.live_lists import ListsTick
from handlers.edge.polling import KeepingBot
from handlers.edge.rate_limit import ChatRateLimiter
from handlers.edge.receive import Receiver
from handlers.edge.reporter import ErrorReporter
from handlers.edge.restored_tick import RestoredTick
from handlers.edge.sign_in_tick import SignInTick
from handlers.edge.store_away import StoreAway
from handlers.edge.tick import EVERY, HOURLY, CatchUpTick, EveningTick, InboxTick, ReminderTick
from handlers.menu import commands
from storage.database import store_errors
from storage.errors import StorageError
from storage.store import Store

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]

Tick = Callable[[CallbackContext[Any, Any, Any, Any]], Coroutine[Any, Any, None]]

CONNECTIONS = 256
"""To Telegram, beside the one that waits for updates; PTB's own number."""

THREADS = 64
"""Most of them only wait: for the store, a gateway or a download."""

WARM_UP_AFTER = 3.0
"""Seconds from the start until papers are got ready for."""

LATE_IS_FINE = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
"""APScheduler's default drops a job that is a second late."""

LATER = frozenset({"audit", "backup", "inbox", "webhook"})
"""The ticks that come first when their time has passed, and not with the start."""

WEBHOOK_EVERY = dt.timedelta(minutes=1)

WEB = "web"
"""Where ``bot_data`` holds what serves the site, in web mode."""

REPORTER = "reporter"
"""Where ``bot_data`` holds the error reporter, for the process to see why it was stopped."""


def build_application(
    settings: Settings,
    store: Store,
    request: BaseRequest | None = None,
    clock: Clock | None = None,
    *,
    draw: Draw = draw_here,
    draw_long: Draw = draw_here,
) -> App:
    """Put the bot together. Tests and the simulator call the same function.

    Args:
        request: carries the calls to Telegram; None is the network.
        clock: tells the time; None is the machine's.
        draw: makes the papers, here or in a process beside this one.
        draw_long: likewise what takes minutes, in another one.

    Raises:
        StartError: a setting cannot be used.
    """
    clock = clock or SystemClock(settings.timezone)
    admins = partial(admin_ids, settings, store)
    away = StoreAway(store)
    intake = Intake(store, clock, away, admins)
    bot = _bot(settings, intake, request)
    application: App = (
        Application.builder()
        .bot(bot)
        .update_queue(Queue(intake))
        .concurrent_updates(InTurn(intake.is_held_back))
        .build()
    )

    telling = AdminMessenger(bot, admins)
    desk = Desk(
        store=store,
        clock=clock,
        settings=settings,
        secret_key=load_secret_key(_plain(settings.secret_key), settings.data_dir),
        delivery=OtpDelivery([*gateways(settings), AdminsChannel(telling.tell)]),
        bot_username=lambda: bot.username,
        draw=draw,
        draw_long=draw_long,
    )
    took_over = store.lease is not None and store.lease.taken_over
    reporter = ErrorReporter(application, took_over=took_over)
    application.bot_data[REPORTER] = reporter
    lists, counts = ListsTick(desk), Counts(clock, intake.depth)

    def swept() -> None:
        counts.swept()
        mark_alive(settings.data_dir)

    ticks: dict[str, tuple[Tick, dt.timedelta]] = {
        "reminders": (ReminderTick(desk, swept), EVERY),
        "evenings": (EveningTick(desk), EVERY),
        "catch-up": (CatchUpTick(desk), EVERY),
        "sign-ins": (SignInTick(desk), EVERY),
        "lists": (lists, LISTS_EVERY),
        "inbox": (InboxTick(desk), HOURLY),
        "audit": (AuditTick(desk, telling.tell), EVERY),
        "restored": (RestoredTick(desk, telling.tell), EVERY),
        "backup": (BackupTick(desk, admins), EVERY),
    }
    if send := customers_gateway(settings):
        ticks["customers"] = CustomerReminderTick(desk, send), CUSTOMERS_EVERY
    if settings.public_url:
        from bot.web import put_together  # noqa: PLC0415 - who polls has no use for a web server

        web = put_together(application, desk, intake, counts, reporter, tell=telling.tell)
        application.bot_data[WEB] = web
        ticks["webhook"] = web.webhook, WEBHOOK_EVERY
    failures = Failures(desk, telling.tell)
    receiver = Receiver(desk, intake, away, failures, lists=lists, counts=counts)
    application.add_handler(TypeHandler(Update, receiver.receive))
    application.add_error_handler(reporter.report)

    def get_ready() -> None:
        draw(warm_up)
        with suppress(StorageError), store_errors():
            store.customers.search("a", limit=1)

    async def opened(started: App) -> None:
        telling.loop = asyncio.get_running_loop()
        # By default as many threads as cores and four: a few slow gateways would hold them all.
        telling.loop.set_default_executor(ThreadPoolExecutor(THREADS, "bot"))
        # Nobody waits for it: the first paper finds all ready, or makes it ready itself. And no
        # answer to what came in while the bot was away has to share the processor with it.
        telling.loop.call_later(WARM_UP_AFTER, telling.loop.run_in_executor, None, get_ready)
        await asyncio.to_thread(catch_up_all, store)
        link = await asyncio.to_thread(offer_admin, desk)
        if link:
            log.warning("No admin yet. Whoever opens this link first becomes the admin: %s", link)
        await _register_commands(started, admin_ids(settings, store))
        _schedule(started, ticks)
        mark_alive(settings.data_dir)
        if not settings.public_url:
            _watch_polling(started, reporter)
        where = "MongoDB" if settings.mongodb_uri else settings.data_dir
        log.info("@%s runs; its data is in %s", desk.bot_username(), where)
        await receiver.answer_what_is_left(started)
        reporter.opened = time.monotonic()

    application.post_init = opened
    return application


def _bot(settings: Settings, intake: Intake, request: BaseRequest | None) -> KeepingBot:
    return KeepingBot(
        intake,
        token=settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        defaults=Defaults(
            parse_mode=ParseMode.HTML,
            tzinfo=settings.timezone,
            # Telegram would fetch each link that is shown, and with it a paper.
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        rate_limiter=ChatRateLimiter(),
        request=request or HTTPXRequest(connection_pool_size=CONNECTIONS),
        get_updates_request=request or HTTPXRequest(),
    )


async def _register_commands(application: App, admins: frozenset[int]) -> None:
    try:
        await application.bot.set_my_commands(commands(admin=False))
        for admin in sorted(admins):
            await application.bot.set_my_commands(commands(), BotCommandScopeChat(admin))
    except TelegramError as error:
        # An admin who never opened the chat has no menu to fill; the commands work all the same.
        log.info("The command menu was not set everywhere: %s", error)


def _schedule(application: App, ticks: dict[str, tuple[Tick, dt.timedelta]]) -> None:
    """APScheduler by PTB's JobQueue."""
    queue = _queue(application)
    for name, (tick, every) in ticks.items():
        # What reads all there is comes later than the first answers after a start.
        first = None if name in LATER else 1
        queue.run_repeating(tick, every, first=first, name=name, job_kwargs=LATE_IS_FINE)


def _watch_polling(application: App, reporter: ErrorReporter) -> None:
    queue = _queue(application)
    queue.run_once(reporter.watch_polling, 0, name="polling", job_kwargs=LATE_IS_FINE)


def _queue(application: App) -> JobQueue[Any]:
    queue = application.job_queue
    assert queue is not None, "python-telegram-bot is installed with its job queue"  # noqa: S101
    return queue


def _plain(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None
