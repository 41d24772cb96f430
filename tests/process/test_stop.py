"""Whoever tells the bot to stop need not wait for what hangs."""

import asyncio
import signal
import sys

import pytest

from simulator.telegram import Telegram
from tests.process.live import served
from tests.process.running import Child, bare_environment, until

LONG = 20
"""Seconds within which a process gets its turn, on any machine."""

pytestmark = pytest.mark.process

HANGING = """
import threading
from bot import process
from bot.settings import Settings

def serve(settings):
    threading.Thread(target=threading.Event().wait).start()
    print("hangs", flush=True)
    threading.Event().wait()

process.END_WITHIN = 0.1
process._serve = serve
process.run(Settings(telegram_bot_token="123456789:AAExampleTokenFromBotFather-0123456789"))
"""


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
async def test_what_hangs_is_left_and_that_is_no_failure(tmp_path, told):
    bot = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HANGING),
        env=bare_environment(tmp_path),
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert await bot.stdout.readline() == b"hangs\n"
        bot.send_signal(told)
        _said, complained = await asyncio.wait_for(bot.communicate(), LONG)
    finally:
        if bot.returncode is None:
            bot.kill()
    assert bot.returncode == 0
    assert b"Something hangs, and is left" in complained
    assert b"Traceback" not in complained


TOLD_AGAIN = """
import atexit
import os
from bot import process
from bot.__main__ import main

def told_again():
    for told in process.STOP:
        os.kill(os.getpid(), told)

class Drawing(process.DrawingProcess):
    def __exit__(self, *raised):
        told_again()
        super().__exit__(*raised)

process.DrawingProcess = Drawing
atexit.register(told_again)
raise SystemExit(main([]))
"""
"""Told again after its loop has ended, and when hardly anything is left of it."""


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
async def test_to_be_told_again_changes_nothing(tmp_path, told):
    (tmp_path / "told_again.py").write_text(TOLD_AGAIN, encoding="utf-8")
    telegram = Telegram()
    async with served(telegram) as root:
        settings = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": root}
        async with Child(tmp_path, settings, "told_again") as bot:
            await until(lambda: telegram.online, "the bot is up")
            for _twice in range(2):
                bot.signal(told)
            assert await bot.ended() == 0
    assert "Traceback" not in bot.said
    assert "hangs" not in bot.said


async def test_to_be_told_as_it_ends_by_itself_does_not_hide_why(tmp_path):
    (tmp_path / "told_again.py").write_text(TOLD_AGAIN, encoding="utf-8")
    async with served(Telegram()) as root:
        settings = {"TELEGRAM_BOT_TOKEN": "1:unknown", "TELEGRAM_API_URL": root}
        async with Child(tmp_path, settings, "told_again") as bot:
            assert await bot.ended() == 1
    assert "TELEGRAM_BOT_TOKEN is refused" in bot.said
