"""A Procfile platform installs ``requirements.txt``, and starts a line of the Procfile."""

import re
import signal
import tomllib

import pytest

from tests.deploy.started import ByCommand, CalledBy, LiveBy
from tests.process.running import CHECKOUT

LINE = re.compile(r"([A-Za-z0-9_]+):\s*(.+)")
"""As the platforms read it. There are no comments in a Procfile."""


def lines():
    text = (CHECKOUT / "Procfile").read_text()
    found = [LINE.fullmatch(line) for line in text.splitlines()]
    assert all(found), text
    return {line[1]: line[2] for line in found}


def started(word):
    """By the shell, as a platform does."""
    return lambda folder, settings: ByCommand(folder, settings, "sh", "-c", lines()[word])


def test_there_are_both_forms():
    assert list(lines()) == ["web", "worker"]


@pytest.mark.process
async def test_the_web_form_is_called_at_all_addresses(tmp_path):
    async with CalledBy(tmp_path, started("web")) as called:
        await called.admin.send("/start", sees="You are the admin")
        assert f"is served at 0.0.0.0:{called.port}" in called.bot.said
        called.bot.signal(signal.SIGTERM)
        assert await called.bot.ended() == 0


@pytest.mark.process
async def test_the_worker_form_asks_telegram_whatever_the_address(tmp_path):
    settings = {"PUBLIC_URL": "https://books.example.net"}
    async with LiveBy(tmp_path, started("worker"), **settings) as live:
        await live.admin.send("/start", sees="You are the admin")
        assert "webhook" not in live.telegram.settings
        live.bot.signal(signal.SIGTERM)
        assert await live.bot.ended() == 0


def test_what_it_installs_is_this_package_as_it_is_pinned():
    wanted = (CHECKOUT / "requirements.txt").read_text().splitlines()
    assert [line for line in wanted if not line.startswith("#")] == ["-c constraints.txt", "."]


def test_it_takes_a_python_that_the_package_takes():
    about = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    version = (CHECKOUT / ".python-version").read_text().strip()
    assert about["project"]["requires-python"] == f">={version}"
