"""Whoever tells the bot to stop need not wait for what hangs."""

import asyncio
import signal
import sys

import pytest

from tests.process.running import bare_environment

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
