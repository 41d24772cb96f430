"""The bot's process beside the simulator, with small programs in the bot's place."""

import asyncio
import signal
import sys
import textwrap

import pytest

from simulator import process
from simulator.process import BotProcess, bot_environment
from simulator.telegram import DEFAULT_TOKEN

READY = """
    import pathlib, signal, sys, time
    def ready():
        with pathlib.Path(sys.argv[1]).open("a") as notes:
            notes.write("ready\\n")
"""


@pytest.fixture
def notes(tmp_path):
    return tmp_path / "notes"


def program(notes, text):
    source = textwrap.dedent(READY) + textwrap.dedent(text)
    return (sys.executable, "-I", "-c", source, str(notes))


async def written(notes, lines):
    for _ in range(200):
        await asyncio.sleep(0.02)
        if notes.exists() and len(notes.read_text().splitlines()) >= lines:
            return notes.read_text().splitlines()
    raise AssertionError("the program did not get there")


def test_the_bot_is_pointed_at_the_simulator_and_keeps_the_rest():
    given = {"PATH": "/bin", "PORT": "9", "PUBLIC_URL": "https://a.in", "NO_PROXY": "a.in"}
    root = "http://127.0.0.1:8000"
    assert bot_environment(given, token=DEFAULT_TOKEN, admin_id=7, root=root) == {
        "PATH": "/bin",
        "TELEGRAM_BOT_TOKEN": DEFAULT_TOKEN,
        "TELEGRAM_API_URL": "http://127.0.0.1:8000",
        "ADMIN_IDS": "7",
        "PUBLIC_URL": "off",
        "TELEGRAM_GATEWAY_URL": "http://127.0.0.1:8000",
        "OTP_DELIVERY_URL": "json://127.0.0.1:8000/sms/{phone}",
        "CUSTOMER_REMINDER_URL": "json://127.0.0.1:8000/sms/{phone}",
        "NO_PROXY": "a.in,127.0.0.1,localhost",
        "no_proxy": "a.in,127.0.0.1,localhost",
    }


async def test_a_bot_that_ends_with_an_error_ends_with_its_code(telegram, notes):
    assert await BotProcess(telegram, {}, program(notes, "sys.exit(3)")).run() == 3
    assert not telegram.online


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_is_passed_on_and_the_bot_may_finish(telegram, notes, number):
    command = program(
        notes,
        """
        def finish(number, frame):
            time.sleep(0.2)
            with pathlib.Path(sys.argv[1]).open("a") as notes:
                notes.write(signal.Signals(number).name + "\\n")
            sys.exit(0)
        signal.signal(signal.SIGINT, finish)
        signal.signal(signal.SIGTERM, finish)
        ready()
        time.sleep(30)
        """,
    )
    bot = BotProcess(telegram, {}, command)
    running = asyncio.ensure_future(bot.run())
    await written(notes, 1)
    bot.stop(number)
    assert await running == 0
    assert await written(notes, 2) == ["ready", number.name]


async def test_a_bot_that_does_not_stop_is_killed(telegram, notes, monkeypatch):
    monkeypatch.setattr(process, "STOP_SECONDS", 0.2)
    command = program(
        notes,
        """
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        ready()
        time.sleep(30)
        """,
    )
    bot = BotProcess(telegram, {}, command)
    running = asyncio.ensure_future(bot.run())
    await written(notes, 1)
    bot.stop()
    assert await asyncio.wait_for(running, 2) == 0


async def test_a_bot_that_was_killed_is_started_again_with_a_notice(telegram, notes, monkeypatch):
    monkeypatch.setattr(process, "RESTART_SECONDS", 0.05)
    told = []
    telegram.watchers.append(lambda _event: told.append(telegram.notice))
    command = program(
        notes,
        """
        import os
        first = not pathlib.Path(sys.argv[1]).exists()
        ready()
        if first:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(30)
        """,
    )
    bot = BotProcess(telegram, {}, command)
    running = asyncio.ensure_future(bot.run())
    await written(notes, 2)
    assert any("started again" in notice for notice in told if notice)
    bot.stop()
    assert await running == 0
