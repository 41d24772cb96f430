"""A start that cannot work: one line that says which setting, and what a right one looks like."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.settings import EXAMPLES
from handlers.edge.reporter import NEWCOMER_SECONDS
from simulator.telegram import Telegram
from storage.database import file_of_books
from tests.process.live import served
from tests.process.running import Child, command, until

pytestmark = pytest.mark.process

TOKEN = EXAMPLES["telegram_bot_token"]
KEY = "a key of thirty-two characters or more"
PRIVATE = "hunter2"


@dataclass
class Refusal:
    code: int
    lines: list[str]


async def refusal(folder: Path, settings: dict[str, str], module: str = "bot") -> Refusal:
    """What the process says when it ends by itself."""
    async with Child(folder, {"TELEGRAM_BOT_TOKEN": TOKEN} | settings, module) as child:
        code = await child.ended()
        return Refusal(code, child.said.splitlines())


def assert_one_line(refused: Refusal, *parts: str):
    assert refused.code > 0
    assert len(refused.lines) == 1, "\n".join(refused.lines)
    for part in parts:
        assert part in refused.lines[0]


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("TELEGRAM_BOT_TOKEN", "", "123456789:AAExample"),
        ("TELEGRAM_BOT_TOKEN", f"{PRIVATE} without a number", "123456789:AAExample"),
        ("TELEGRAM_API_URL", "127.0.0.1:8081", "http://127.0.0.1:8081"),
        ("ADMIN_IDS", "@asha", "123456789,987654321"),
        ("TIMEZONE", "Asia/Delhi", "Asia/Kolkata"),
        ("CURRENCY", "RS", "INR"),
        ("DEFAULT_REGION", "India", "IN"),
        ("REMINDER_TIME", "25:00", "09:00"),
        ("LOG_LEVEL", "LOUD", "INFO"),
        ("OTP_BODY", "Your code is on its way", "{code}"),
        ("OTP_DELIVERY_URL", f"pigeon://{PRIVATE}@loft/{{phone}}", "{phone}"),
        ("SECRET_KEY", PRIVATE, "secrets.token_hex(32)"),
        ("MONGODB_URI", f"mongodb://name:{PRIVATE}@a@b:1:2/x", "mongodb://name:password@"),
    ],
)
async def test_a_wrong_setting_is_named_with_an_example(tmp_path, name, value, right):
    key = {"SECRET_KEY": KEY} if name == "MONGODB_URI" else {}

    refused = await refusal(tmp_path, key | {name: value})

    assert_one_line(refused, name, right)
    assert PRIVATE not in refused.lines[0]


async def test_a_mongodb_needs_a_key_that_every_process_shares(tmp_path):
    refused = await refusal(tmp_path, {"MONGODB_URI": "mongodb://db.example.net"})

    assert_one_line(refused, "SECRET_KEY", "MONGODB_URI", "secrets.token_hex(32)")


async def test_settings_are_read_from_the_file_env_too(tmp_path):
    (tmp_path / ".env").write_text("# the firm's own\nCURRENCY=rupees\n", encoding="utf-8")

    assert_one_line(await refusal(tmp_path, {}), "CURRENCY", "INR")


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("in the way/data", "Not a directory"),
        ("x" * 300, "File name too long"),
    ],
    ids=["below a file", "too long"],
)
async def test_a_data_dir_that_cannot_be_used_is_named(tmp_path, folder, why):
    (tmp_path / "in the way").touch()

    refused = await refusal(tmp_path, {"DATA_DIR": folder})

    assert_one_line(refused, "DATA_DIR", why, "e.g. ./data")


async def test_what_is_away_is_named_without_a_password(tmp_path):
    folders = [tmp_path / name for name in ("mongodb", "telegram")]
    for folder in folders:
        folder.mkdir()
    with closed_port() as port:
        host = f"127.0.0.1:{port}"
        uri = f"mongodb://name:{PRIVATE}@{host}/books"
        mongodb, telegram = await asyncio.gather(  # at once: both wait for seconds
            refusal(folders[0], {"MONGODB_URI": uri, "SECRET_KEY": KEY}),
            refusal(folders[1], {"TELEGRAM_API_URL": f"http://{host}"}),
        )

    assert_one_line(mongodb, "MONGODB_URI", host, "mongodb://name:password@")
    assert PRIVATE not in mongodb.lines[0]
    assert_one_line(telegram, "Telegram cannot be reached", "TELEGRAM_API_URL", "e.g. http://")
    assert TOKEN not in telegram.lines[0]


async def test_a_token_that_telegram_refuses_is_named(tmp_path):
    async with served(Telegram()) as root:
        refused = await refusal(tmp_path, {"TELEGRAM_API_URL": root})

    assert_one_line(refused, "TELEGRAM_BOT_TOKEN", "refused", "@BotFather", "123456789:AAExample")


async def test_books_that_are_gone_are_missed_and_not_begun_anew(live, tmp_path):
    live.bot.signal(signal.SIGTERM)
    assert await live.bot.ended() == 0
    books = file_of_books(tmp_path / "data")
    books.parent.rename(tmp_path / "elsewhere")

    (again := tmp_path / "again").mkdir()
    refused = await refusal(again, {"DATA_DIR": str(tmp_path / "data")})

    assert_one_line(refused, str(books), "restore", "secret.key")
    assert not books.exists()


async def test_a_second_bot_on_the_same_data_refuses_and_the_first_goes_on(live, tmp_path):
    second = tmp_path / "second"
    second.mkdir()
    data_dir = tmp_path / "data"

    refused = await refusal(second, live.bot.settings | {"DATA_DIR": str(data_dir)})

    assert_one_line(refused, "DATA_DIR", str(data_dir), "Another process", "e.g. ./data2")
    await live.admin.send("/start", sees="You are the admin")


async def test_of_two_bots_with_one_token_the_second_stops(live, tmp_path):
    second = tmp_path / "second"
    second.mkdir()
    await asyncio.sleep(NEWCOMER_SECONDS)

    refused = await refusal(second, live.bot.settings | {"LOG_LEVEL": "ERROR"})

    assert_one_line(refused, "TELEGRAM_BOT_TOKEN", "Another bot", "@BotFather", "e.g. 123456789:")
    await live.admin.send("/start", sees="You are the admin")
    assert "this one stays" in live.bot.said


async def test_the_simulator_names_a_port_that_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = await refusal(tmp_path, {"PORT": str(port)}, module="simulator")

    assert_one_line(refused, f"Port {port}", "PORT=")


async def test_it_stops_when_a_supervisor_asks_and_that_is_no_failure(live):
    live.bot.signal(signal.SIGTERM)

    assert await live.bot.ended() == 0
    assert "Traceback" not in live.bot.said


async def test_whether_it_works_can_be_asked_from_its_start_to_its_end(live, tmp_path):
    await until(lambda: "runs; its data is in" in live.bot.said, "it runs")
    assert (await command(tmp_path, "health", **live.bot.settings)).said == "ok\n"

    live.bot.signal(signal.SIGTERM)
    assert await live.bot.ended() == 0

    asked = await command(tmp_path, "health", **live.bot.settings)
    assert (asked.code, asked.said) == (1, "")
    assert "No bot is at work in" in asked.complained


async def test_it_stops_when_asked_while_telegram_is_away(tmp_path):
    telegram = Telegram()
    async with AsyncExitStack() as bots:
        async with served(telegram) as root:
            settings = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": root}
            bot = await bots.enter_async_context(Child(tmp_path, settings))
            await until(lambda: telegram.online, "the bot is up")
        bot.signal(signal.SIGINT)
        assert await bot.ended() == 0
    assert "Traceback" not in bot.said


@contextmanager
def closed_port() -> Iterator[int]:
    """A port where nobody listens; bound, so that nobody else takes it meanwhile."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]
