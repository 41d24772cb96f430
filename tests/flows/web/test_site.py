"""What the site serves, and nothing else; and what it says of itself."""

import asyncio
import gc
from threading import Event

import pytest

from storage.errors import StoreUnavailable
from tests.flows.mornings import tick
from tests.flows.web.conftest import METRICS_TOKEN, browser_at


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/index.html",
        "/robots.txt",
        "/telegram",
        "/telegram/x",
        "/i",
        "/i/",
        "/img/",
        "/docs",
        "/healthz/",
        "//healthz",
        "/.env",
        "/metrics/",
    ],
)
async def test_nothing_else_is_there(web, path):
    answer = await web.get(path)
    assert answer.status_code == 404
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/i/x.pdf", "/img/x"])
async def test_what_is_there_is_read_only(web, method, path):
    assert (await web.request(method, path)).status_code == 405


async def test_it_is_well(firm, web):
    await tick(firm)
    answer = await web.get("/healthz")
    assert answer.status_code == 200
    said = answer.json()
    assert said["status"] == said["store"] == said["sweeps"] == "ok"
    assert said["last_sweep"] == "2026-08-01T09:00:00.000Z"
    assert said["last_update"] is None


async def test_it_knows_when_it_last_answered(firm, web, partner):
    assert (await web.get("/healthz")).json()["last_update"] == "2026-08-01T09:00:00.000Z"


async def test_without_its_store_it_is_broken(firm, web, monkeypatch):
    def away():
        raise StoreUnavailable

    monkeypatch.setattr(firm.store, "ping", away)
    answer = await web.get("/healthz")
    assert (answer.status_code, answer.json()["store"]) == (503, "away")


async def test_of_a_slow_store_many_who_ask_wait_together(firm, web, monkeypatch, caplog):
    asked, may_answer = [], Event()

    def slow():
        asked.append("once")
        may_answer.wait(10)
        raise StoreUnavailable

    monkeypatch.setattr(firm.store, "ping", slow)
    monkeypatch.setattr("handlers.web.condition.STORE_WITHIN", 0.05)
    many = await asyncio.gather(*(web.get("/healthz") for _one in range(20)))
    assert {answer.json()["store"] for answer in many} == {"away"}
    assert (await web.get("/healthz")).status_code == 503
    assert asked == ["once"]

    may_answer.set()
    await asyncio.sleep(0.1)
    monkeypatch.setattr(firm.store, "ping", lambda: None)
    assert (await web.get("/healthz")).json()["store"] == "ok"
    gc.collect()
    assert "never retrieved" not in caplog.text  # of what came when nobody waited any more


async def test_when_nothing_is_swept_it_is_broken(firm, web, monkeypatch):
    monkeypatch.setattr("handlers.web.condition.SWEEP_WITHIN", -1)
    answer = await web.get("/healthz")
    assert (answer.status_code, answer.json()["sweeps"]) == (503, "stopped")


async def test_a_sweep_that_found_no_store_is_none(firm, web, monkeypatch):
    def away(*_):
        raise StoreUnavailable

    monkeypatch.setattr(firm.store.users, "active", away)
    await tick(firm)
    assert (await web.get("/healthz")).json()["last_sweep"] is None


@pytest.mark.parametrize("shown", [None, "", "Bearer", f"Bearer {METRICS_TOKEN}x", METRICS_TOKEN])
async def test_the_metrics_are_for_who_has_the_token(web, shown):
    headers = {"Authorization": shown} if shown is not None else {}
    answer = await web.get("/metrics", headers=headers)
    assert answer.status_code == 401
    assert "arhtiya_" not in answer.text


async def test_without_a_token_there_are_no_metrics(firm, web):
    firm.settings = {"public_url": "https://books.example.net"}
    await firm.chat.restart()
    async with browser_at(firm, "192.0.2.7") as browser:
        assert (await browser.get("/metrics")).status_code == 404


async def test_the_metrics_count_what_was_done(firm, web, partner):
    def value(text, name):
        return float(next(line for line in text.splitlines() if line.startswith(name)).split()[-1])

    headers = {"Authorization": f"Bearer {METRICS_TOKEN}"}
    before = (await web.get("/metrics", headers=headers)).text
    await partner.send("/menu")
    await partner.send("/due")
    after = (await web.get("/metrics", headers=headers)).text
    messages = 'arhtiya_updates_total{kind="message"}'
    assert value(after, messages) == value(before, messages) + 2
    assert value(after, "arhtiya_answer_seconds_count") == value(after, messages) + value(
        after, 'arhtiya_updates_total{kind="callback_query"}'
    )
    assert value(after, "arhtiya_replies_total") == value(before, "arhtiya_replies_total") + 2
    assert value(after, "arhtiya_queue_depth") == 0
    assert value(after, "arhtiya_failures_total") == 0


async def test_what_fails_is_told_under_a_reference_and_not_why(firm, web, monkeypatch, caplog):
    name = "Ramesh Kumar"

    def breaks(*_):
        raise RuntimeError(name)

    monkeypatch.setattr("handlers.web.links.invoice_of", breaks)
    answer = await web.get("/i/x.pdf")
    assert answer.status_code == 500
    assert answer.text.startswith("This failed. Reference: ")
    assert answer.text.split()[-1] in caplog.text
    assert name not in caplog.text + answer.text


async def test_while_the_store_is_away_it_says_when_to_come_again(firm, web, monkeypatch):
    def away(*_):
        raise StoreUnavailable

    monkeypatch.setattr("handlers.web.links.invoice_of", away)
    answer = await web.get("/i/x.pdf")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
