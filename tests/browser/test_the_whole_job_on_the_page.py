"""A newcomer does the whole job on the page: the real simulator, the real bot, a real browser."""

import contextlib
import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "simulator.png"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000
"""Milliseconds that a step may take on a busy machine."""

pytestmark = pytest.mark.browser


@pytest.fixture
def page_address(tmp_path):
    """`make run` without a token, on a port and a DATA_DIR of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PORT": str(port),
        "DATA_DIR": str(tmp_path / "data"),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = process.stdout.readline()
        yield re.search(r"http://\S+", said)[0]
    finally:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.communicate()


@pytest.fixture
def page(page_address):
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI installs Chromium from the system's packages; here is none")
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page(viewport={"width": 1440, "height": 900}, device_scale_factor=2)
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.goto(page_address)
        yield page
        browser.close()


class Phone:
    """One of the phones on the page."""

    def __init__(self, section: Locator) -> None:
        self.section = section

    def send(self, text: str) -> None:
        self.section.locator("[name=message]").fill(text)
        self.section.locator("button.send").click()

    def press(self, label: str) -> None:
        """The newest button of this name under a message."""
        choices = self.section.get_by_role("group", name="Choices")
        choices.get_by_role("button", name=label).last.click()

    def reads(self, text: str) -> None:
        """Wait until a message says so."""
        expect(self.section.locator("[data-message-id]", has_text=text).last).to_be_visible()


def phone(page: Page, name: str) -> Phone:
    section = page.get_by_role("region", name=f"Phone of {name}")
    expect(section).to_be_visible()
    return Phone(section)


def _let_in(page: Page, admin: Phone, ravi: Phone) -> None:
    admin.send("/adduser Ravi Kumar +91 98765 43210")
    admin.press("Add")
    admin.reads("is a partner now")

    ravi.send("/start")
    ravi.reads("share your phone number")
    ravi.section.locator(".reply-keyboard button").first.click()
    page.get_by_role("button", name=re.compile("^(Share|OK|Yes)", re.IGNORECASE)).last.click()
    banner = ravi.section.locator(".sms")
    expect(banner).to_be_visible()
    ravi.send(re.search(r"\b\d{6}\b", banner.inner_text())[0])
    ravi.reads("You are signed in")


def _pay_and_undo(ravi: Phone) -> None:
    ravi.send("/payment")
    ravi.press("Gurpreet Kaur")
    ravi.reads("How much was received?")
    ravi.send("50000 upi 4821")
    ravi.reads("Balance after: ₹59,700.00 due")
    ravi.press("Save payment")
    ravi.reads("Payment of ₹50,000.00 recorded")
    ravi.press("Undo")
    ravi.reads("Payment of ₹50,000.00 undone")
    ravi.reads("Balance now: ₹1,09,700.00 due")


def test_from_adding_the_partner_to_a_payment_undone(page):
    admin, ravi = phone(page, "Asha"), phone(page, "Ravi Kumar")

    _let_in(page, admin, ravi)
    ravi.send("/customer")
    ravi.reads("customer's name")
    ravi.send("Gurpreet Kaur ਗੁਰਪ੍ਰੀਤ")
    ravi.reads("Phone number?")
    ravi.send("98150 12345")
    ravi.reads("Email?")
    ravi.press("Save now")
    ravi.reads("was added")

    ravi.press("New invoice")
    ravi.reads("Which item?")
    ravi.send("wheat 52 2425")
    ravi.reads("Another item")
    ravi.send("चावल 10.5 3,200")
    ravi.reads("₹33,600.00")
    ravi.press("Done")
    ravi.reads("paid now")
    ravi.send("50k")
    ravi.reads("When is the rest due?")
    ravi.press("+15")
    ravi.reads("Total due: ₹1,09,700.00")
    ravi.press("Save invoice")
    ravi.reads("saved")
    document = ravi.section.locator("a.document").last
    expect(document).to_be_visible()
    page.wait_for_timeout(500)  # let the bubble slide in before its picture is taken
    taken = page.screenshot()
    if os.environ.get("UPDATE_PICTURES"):
        PICTURE.write_bytes(taken)

    answer = page.request.get(document.evaluate("link => link.href"))
    assert answer.headers["content-type"] == "application/pdf"
    text = "\n".join(
        part.extract_text() for part in pypdf.PdfReader(io.BytesIO(answer.body())).pages
    )
    for expected in ("26-27/00001", "wheat", "चावल", "1,26,100.00", "Gurpreet Kaur", "ਗੁਰਪ੍ਰੀਤ"):
        assert expected in text
    _pay_and_undo(ravi)
    document.click()
    viewer = page.locator("iframe, embed, object").first
    expect(viewer).to_be_visible()
