"""A bot that runs goes on answering, or it ends and says why: it is never there and mute."""

from pathlib import Path

import pytest

from simulator.faults import Fault, server_error
from simulator.telegram import Telegram
from tests.process.live import Live, served
from tests.process.running import Child

pytestmark = pytest.mark.process


def answered(answer: object) -> Fault:
    return Fault("answer", status=200, answer=answer)


@pytest.mark.parametrize(
    "fault",
    [
        server_error(401, "Unauthorized"),
        server_error(404, "Not Found"),
        server_error(403, "Forbidden"),
        answered({"ok": True}),
        answered({"ok": True, "result": ["Ramesh"]}),
    ],
    ids=["401", "404", "403", "no result", "a text for an update"],
)
async def test_it_answers_on_after(live: Live, fault):
    live.telegram.faults.plan("getUpdates", fault, times=3)
    await live.admin.send("/start", sees="You are the admin")
    await live.admin.send("/help", sees="What the bot can do")

    assert len(live.telegram.faults.struck) == 3
    assert "Traceback" not in live.bot.said
    assert "Ramesh" not in live.bot.said


async def ends(folder: Path, program: str, *faults: Fault) -> list[str]:
    """The lines that the bot says at ERROR before it ends by itself, which is a failure."""
    (folder / "changed_bot.py").write_text(program, encoding="utf-8")
    telegram = Telegram()
    for fault in faults:
        telegram.faults.plan("getUpdates", fault, times=100)
    async with served(telegram) as root:
        settings = {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": root,
            "LOG_LEVEL": "ERROR",
        }
        async with Child(folder, settings, "changed_bot") as bot:
            assert await bot.ended() == 1
            return bot.said.splitlines()


REFUSED_FOR_LONG = """
from bot.__main__ import main
from handlers.edge import reporter
reporter.REFUSED_SECONDS = 0.3
raise SystemExit(main([]))
"""


async def test_a_token_that_is_refused_for_good_ends_it_in_one_line(tmp_path):
    (said,) = await ends(tmp_path, REFUSED_FOR_LONG, server_error(401, "Unauthorized"))

    for part in ("TELEGRAM_BOT_TOKEN is refused", "@BotFather", "e.g. 123456789:AAExample"):
        assert part in said


POLLING_BREAKS = """
import asyncio
from bot.__main__ import main
from handlers.edge import polling

get_updates = polling.KeepingBot.get_updates

async def breaks_once(*_, **__):
    polling.KeepingBot.get_updates = get_updates
    {breaks}

polling.KeepingBot.get_updates = breaks_once
raise SystemExit(main([]))
"""


@pytest.mark.parametrize("breaks", ["raise asyncio.CancelledError", "return ['Ramesh']"])
async def test_polling_that_ends_by_itself_ends_it_in_one_line(tmp_path, breaks):
    (said,) = await ends(tmp_path, POLLING_BREAKS.format(breaks=breaks))

    assert "not asked for updates any more" in said
    assert "Start it again" in said
    assert "Ramesh" not in said
