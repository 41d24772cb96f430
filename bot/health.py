"""``python -m bot health``: whether the bot that has these settings works, for what watches it.

In web mode that is for ``/healthz`` to say. A bot that polls has no port to be asked at: it leaves
the time of its last sweep on a file in ``DATA_DIR``, and takes it away when it ends.
"""

from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bot.clock import SystemClock
from bot.errors import StartError
from bot.settings import Settings, load_settings
from bot.start import refuse

ALIVE = "alive"
"""The file in ``DATA_DIR``. Nothing is in it; its time says all."""

SWEEP_WITHIN = 300.0
"""Seconds in which what is due is looked through ten times."""

ANSWER_WITHIN = 8.0
"""Seconds for ``/healthz``, which itself gives the store three."""

HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared with, not listened at
"""Whoever listens at all of a machine's addresses is asked at this one."""


def main(arguments: list[str]) -> int:
    """Returns the exit code: 0 while it works, and 1 with one line that says what is wrong."""
    if arguments:
        return refuse("health takes nothing after it: python -m bot health")
    try:
        settings = load_settings()
    except StartError as error:
        return refuse(str(error))
    wrong = _asked(settings) if settings.public_url else _seen(settings)
    if wrong is not None:
        return refuse(wrong)
    print("ok")  # noqa: T201 - asked for
    return 0


def mark_alive(data_dir: Path) -> None:
    """Note that the bot has begun, or that what is due was looked through just now."""
    with suppress(OSError):  # then the file grows old, and that is the truth
        (data_dir / ALIVE).touch(mode=0o600)


def mark_ended(data_dir: Path) -> None:
    """Note that no bot works there any more. One that is killed leaves that to time."""
    with suppress(OSError):
        (data_dir / ALIVE).unlink(missing_ok=True)


def _asked(settings: Settings) -> str | None:
    """What is wrong with a bot in web mode, if anything."""
    host = HERE.get(settings.web_host, settings.web_host)
    connection = HTTPConnection(host, settings.port, timeout=ANSWER_WITHIN)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        said = answer.read(1000).decode(errors="replace")
    except (OSError, HTTPException) as error:
        return f"Nothing answers at {host}:{settings.port} ({type(error).__name__})"
    finally:
        connection.close()
    return None if answer.status == 200 else f"/healthz answers {answer.status}: {said}"


def _seen(settings: Settings) -> str | None:
    """What is wrong with a bot that polls, if anything."""
    try:
        seen = (settings.data_dir / ALIVE).stat().st_mtime
    except FileNotFoundError:
        return f"No bot is at work in {settings.data_dir}"
    except OSError as error:
        return f"Whether a bot works in {settings.data_dir} cannot be told ({error.strerror})"
    age = SystemClock(settings.timezone).now().timestamp() - seen
    if age < SWEEP_WITHIN:
        return None
    return f"The bot last looked through what is due {age:.0f} s ago"
