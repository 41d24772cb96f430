"""``python -m simulator``: the page with the phones, and the real bot beside it."""

import asyncio
import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from dotenv import dotenv_values

from simulator.errors import CannotStart
from simulator.http import build_app
from simulator.portraits import portrait
from simulator.process import COMMAND, BotProcess, bot_environment
from simulator.snapshot import Snapshot
from simulator.stream import Stream
from simulator.telegram import BOT_ID, Telegram

DEFAULT_PORT = 8000
DEFAULT_DATA_DIR = "data"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Server(uvicorn.Server):
    """Signals are ours: the bot has to stop before the server it talks to."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def main(environment: Mapping[str, str] = os.environ, command: tuple[str, ...] = COMMAND) -> int:
    """Run until stopped. Returns the exit code; what went wrong is one line on standard error."""
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    try:
        return asyncio.run(_run(environment, command))
    except CannotStart as error:
        print(error, file=sys.stderr)  # noqa: T201 - for the person at the terminal
        return 1
    except KeyboardInterrupt:  # before the signals are ours, or a second time
        return 130


async def _run(environment: Mapping[str, str], command: tuple[str, ...]) -> int:
    settings = {**dotenv_values(".env"), **environment}
    port = _port(settings.get("PORT"))
    listening = _listen(port)
    with listening:
        telegram = Telegram(token=f"{BOT_ID}:{secrets.token_urlsafe(26)}")
        data_dir = Path(settings.get("DATA_DIR") or DEFAULT_DATA_DIR)
        directory = data_dir / "simulator"
        _usable(data_dir)
        snapshot = Snapshot(telegram, directory)
        if not snapshot.load():
            for person in (
                telegram.person("Asha", "+91 98100 12345", role="admin"),
                telegram.person("Ravi Kumar", "+91 98765 43210"),
            ):
                person.show_portrait(portrait(person.name))
        snapshot.save()
        root = f"http://127.0.0.1:{port}"
        _say(
            f"Open {root}\n"
            "It is a simulated Telegram with the real bot beside it: nothing leaves this machine. "
            "Ctrl-C stops both."
        )
        admin = next(person for person in telegram.people.values() if person.role == "admin")
        bot = BotProcess(
            telegram,
            bot_environment(environment, token=telegram.token, admin_id=admin.user_id, root=root),
            command,
        )
        code = await _serve(telegram, snapshot, bot, listening, port)
        snapshot.save()
        return code


def _usable(data_dir: Path) -> None:
    """Raises CannotStart: the folder is none, or cannot be made."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(
            f"DATA_DIR {data_dir} cannot be used ({error.strerror}); name a folder, e.g. ./data"
        ) from None


async def _serve(
    telegram: Telegram, snapshot: Snapshot, bot: BotProcess, listening: socket.socket, port: int
) -> int:
    stream = Stream(telegram)
    server = _Server(
        uvicorn.Config(
            build_app(telegram, stream, port),
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=2,
        )
    )
    loop = asyncio.get_running_loop()
    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, bot.stop, _passed_on(number))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(server.serve([listening]))
        keeper = tasks.create_task(snapshot.keep())
        code = await bot.run()
        stream.close()
        server.should_exit = True
        keeper.cancel()
    return code


def _passed_on(number: signal.Signals) -> signal.Signals:
    """A closed terminal means the same to the bot as a polite request to stop."""
    return signal.SIGTERM if number == signal.SIGHUP else number


def _port(text: str | None) -> int:
    if not text:
        return DEFAULT_PORT
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT is wrong: {text!r} is no port number, e.g. PORT=8000")
    return int(text)


def _listen(port: int) -> socket.socket:
    # Named, for asyncio sets TCP_NODELAY on no other: what is sent in two pieces would wait for
    # the acknowledgement of the first, which the other side holds back for 40 ms.
    listening = socket.socket(proto=socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        listening.close()
        raise CannotStart(
            f"Port {port} cannot be used ({error.strerror}). "
            f"Stop what uses it, or choose another one: PORT={port + 1} make run"
        ) from None
    listening.listen()
    return listening


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - for the person at the terminal


if __name__ == "__main__":
    sys.exit(main())
