"""The site of web mode, without a socket: a browser that asks it, as from another machine."""

import httpx
import pytest

from bot.app import WEB

ROOT = "https://books.example.net"
METRICS_TOKEN = "what-may-read-the-metrics"  # noqa: S105 - of these tests


def browser_at(firm, address: str) -> httpx.AsyncClient:
    """A browser at this address of the network."""
    site = firm.chat.application.bot_data[WEB].site
    transport = httpx.ASGITransport(app=site, client=(address, 40000))
    return httpx.AsyncClient(transport=transport, base_url=ROOT)


@pytest.fixture
async def in_web_mode(firm):
    firm.settings = {"public_url": ROOT, "metrics_token": METRICS_TOKEN}
    await firm.chat.restart()


@pytest.fixture
async def web(firm, in_web_mode):
    async with browser_at(firm, "192.0.2.7") as browser:
        yield browser
