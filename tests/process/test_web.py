"""Web mode, by the real process: called, fetched from, killed and stopped."""

import asyncio
import io
import re
import signal
import socket
from urllib.parse import urlsplit

import httpx
import pypdf
import pytest

from bot.settings import EXAMPLES
from handlers.web.webhook import SECRET_HEADER
from simulator.faults import flood, lost_request, server_error
from simulator.telegram import Telegram
from storage.database import file_of_books
from storage.embedded import embedded_server
from tests.process.called import METRICS_TOKEN, PUBLIC, Called, free_port
from tests.process.live import served
from tests.process.running import PATIENCE, Child, until
from tests.process.test_nothing_lost import INVOICE, TYPED, said, with_customer
from tests.process.test_start import assert_one_line, refusal

pytestmark = pytest.mark.process

KEY = "a key of thirty-two characters or more"


@pytest.fixture
async def called(tmp_path):
    async with Called(tmp_path) as called:
        yield called


async def invoice(called, phone):
    """Made in the chat; gives its link."""
    for text in (INVOICE[0], "Ramesh Kumar", "wheat 52 2425"):
        await phone.send(text)
    await phone.sees("Another item")
    await phone.press("✓ Done", sees="paid now")
    await phone.press("Nothing", sees="When is the rest due")
    await phone.press("+15", sees="Total due")
    await phone.press("✓ Save invoice", sees="saved")
    await phone.press("🔗 Link", sees="Whoever has this link")
    message = await phone.sees("Whoever has this link")
    return urlsplit(re.search(r"https://\S+\.pdf", message["text"])[0]).path


async def test_the_whole_job_and_the_paper_by_its_link(called):
    phone = await with_customer(called)
    link = await invoice(called, phone)
    answer = await called.site.get(link)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    paper = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "26-27/00001" in paper
    wrong = link.replace(".pdf", "A.pdf")
    assert (await called.site.get(wrong)).status_code == 404
    assert (await called.site.get("/")).status_code == 404
    assert "server" not in answer.headers
    assert set(called.statuses) == {200}
    await the_metrics_say_so(called)


async def the_metrics_say_so(called):
    shown = {"Authorization": f"Bearer {METRICS_TOKEN}"}
    metrics = (await called.site.get("/metrics", headers=shown)).text
    count = re.search(r'arhtiya_updates_total\{kind="message"\} (\S+)', metrics)
    assert float(count[1]) > 5
    assert (await called.site.get("/metrics")).status_code == 401


async def test_calls_that_are_none_of_telegrams(called):
    path = urlsplit(called.telegram.settings["webhook"]["url"]).path
    update = {"update_id": 1, "message": {}}
    assert (await called.call(update, **{SECRET_HEADER: "wrong"})).status_code == 403
    assert (await called.site.post(path, json=update)).status_code == 403
    assert (await called.site.post("/telegram/guessed", json=update)).status_code == 404
    assert (await called.site.get(path)).status_code == 405
    assert await answered(called, head(called, length=2_000_000)) == 413
    assert (await called.call(["garbage"])).status_code == 400
    assert (await called.call("garbage")).status_code == 400
    assert (await called.site.get("/healthz")).json()["status"] == "ok"


async def test_a_call_that_comes_twice_is_answered_once(called):
    phone = await with_customer(called)
    await phone.send("/customers", sees="1 customer")
    for update in list(called.telegram.updates.delivered)[-3:]:
        assert (await called.call(update)).status_code == 200
    await phone.send("/help", sees="/invoice")
    assert said(called, phone, "1 customer") == 1


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGKILL])
async def test_what_was_typed_before_its_end_is_answered_by_then_or_after_it(called, told):
    phone = await with_customer(called)
    for text in INVOICE:
        await phone.send(text)
    called.bot.signal(told)
    assert await called.bot.ended() == (0 if told is signal.SIGTERM else -told)
    await called.start()
    summary = await phone.sees(TYPED)
    assert summary["text"].count("wheat: 52") == 1
    await phone.press("✓ Done", sees="paid now")


async def test_a_call_that_is_at_work_as_it_is_told_to_stop_is_finished(called):
    """Half a call is there: the other half may still come."""
    body = b'{"update_id": 5, "message": {"text": "never seen"}}'
    reader, writer = await asyncio.open_connection("127.0.0.1", called.port)
    writer.write(head(called, length=len(body)) + body[:10])
    await writer.drain()
    await called.site.get("/healthz")  # it has been seen by now
    called.bot.signal(signal.SIGTERM)
    await until(lambda: refused(called.port), "nobody new is let in")
    writer.write(body[10:])
    assert (await reader.readline()).split()[1] == b"200"
    writer.close()
    assert await called.bot.ended() == 0


def head(called, *, length):
    """Of a call with a body of so many bytes."""
    known = called.telegram.settings["webhook"]
    return (
        f"POST {urlsplit(known['url']).path} HTTP/1.1\r\nHost: books.example.net\r\n"
        f"{SECRET_HEADER}: {known['secret_token']}\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


async def answered(called, sent):
    """With which status, before any more was sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", called.port)
    writer.write(sent)
    status = (await reader.readline()).split()[1]
    writer.close()
    return int(status)


def refused(port):
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) != 0


async def test_a_port_that_is_in_use_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        settings = {"PUBLIC_URL": "https://books.example.net", "PORT": str(port)}
        refused = await refusal(tmp_path, settings)
    assert_one_line(refused, f"PORT {port} is in use", f"PORT={port + 1}")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "http://books.example.net"),
        ("PUBLIC_URL", "books.example.net"),
        ("PUBLIC_URL", "https://books.example.net/arhtiya"),
        ("PORT", "65536"),
        ("TRUSTED_PROXIES", "everybody"),
        ("METRICS_TOKEN", "short"),
    ],
)
async def test_a_setting_that_is_wrong_is_named(tmp_path, name, value):
    refused = await refusal(tmp_path, {name: value})
    assert_one_line(refused, name, EXAMPLES[name.lower()])


async def test_telegram_that_is_away_at_the_start_is_one_line(tmp_path):
    settings = {
        "PUBLIC_URL": "https://books.example.net",
        "PORT": str(free_port()),
        "TELEGRAM_BOT_TOKEN": EXAMPLES["telegram_bot_token"],
        "TELEGRAM_API_URL": f"http://127.0.0.1:{free_port()}",
    }
    async with Child(tmp_path, settings) as child:
        assert await child.ended() == 1
        assert child.said.splitlines()[-1].startswith("arhtiya-bot: Telegram cannot be reached")
        assert "Traceback" not in child.said


@pytest.mark.parametrize("fault", [server_error(), lost_request(), flood(20)], ids=str)
async def test_telegram_that_does_not_take_the_address_once_is_told_again(tmp_path, fault):
    called = Called(tmp_path)
    called.telegram.faults.plan("setWebhook", fault)
    async with called:
        assert called.telegram.settings["webhook"]["url"].startswith(PUBLIC)
        await called.admin.send("/start", sees="You are the admin")


async def test_an_address_that_telegram_does_not_take_is_named(tmp_path):
    telegram, why = Telegram(), "bad webhook: Failed to resolve host"
    refused = server_error(400, f"Bad Request: {why}")
    telegram.faults.plan("setWebhook", refused)
    async with served(telegram) as root:
        settings = {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": root,
            "PUBLIC_URL": PUBLIC,
            "PORT": str(free_port()),
        }
        async with Child(tmp_path, settings) as child:
            assert await child.ended() == 1
    last = child.said.splitlines()[-1]
    assert last.startswith(f"arhtiya-bot: Telegram does not take PUBLIC_URL {PUBLIC}")
    assert why.lower() in last.lower()
    assert EXAMPLES["public_url"] in last


async def test_a_platforms_next_bot_is_well_before_the_last_is_stopped(tmp_path):
    """As one deploys: the next is well, calls go to it, the last is stopped; none is lost."""
    with embedded_server(tmp_path) as uri:
        async with Called(tmp_path, MONGODB_URI=uri, SECRET_KEY=KEY) as called:
            phone = await with_customer(called)
            folder, port = tmp_path / "next", free_port()
            folder.mkdir()
            settings = called.bot.settings | {"PORT": str(port)}
            async with Child(folder, settings) as newcomer, browser_at(port) as its_site:
                await until(lambda: not refused(port), "the next one listens")
                well = await its_site.get("/healthz")
                assert (well.status_code, well.json()) == (200, {"status": "waiting"})

                called.site, old_site = its_site, called.site
                await phone.send("/customers")
                await until(lambda: 503 in called.statuses, "Telegram is told to come again")
                called.bot.signal(signal.SIGTERM)
                assert await called.bot.ended() == 0
                await phone.sees("1 customer")
                assert said(called, phone, "1 customer") == 1
                assert (await its_site.get("/healthz")).json()["status"] == "ok"
                called.site = old_site
                newcomer.signal(signal.SIGTERM)
                assert await newcomer.ended() == 0


def browser_at(port):
    return httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE, trust_env=False
    )


async def test_books_that_are_taken_away_are_missed_and_what_comes_waits(called):
    phone = await with_customer(called)
    file = file_of_books(called.folder / "data")
    elsewhere = file.rename(called.folder / "elsewhere.db")
    assert (await called.site.get("/healthz")).json()["store"] == "away"
    await phone.send("/customers", sees="books cannot be reached")
    assert "is not the file any more" in called.bot.said

    elsewhere.rename(file)
    await phone.sees("1 customer")
    assert (await called.site.get("/healthz")).json()["store"] == "ok"
