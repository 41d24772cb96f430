"""The books as an Excel file, from the real process; and kill -9 while it is made."""

import io

import openpyxl
import pytest

from tests.process.live import Live
from tests.process.phone import Phone

pytestmark = pytest.mark.process


@pytest.fixture
async def ravi(live: Live) -> Phone:
    """A signed-in partner with one customer."""
    phone = await live.partner()
    await phone.press("New customer", sees="What is the customer's name")
    await phone.send("=HYPERLINK(1)", sees="Phone")
    await phone.press("Save now", sees="was added")
    return phone


async def book_of(live: Live, phone: Phone):
    message = await phone.sees("Books, all days", among=lambda one: bool(one["document"]))
    assert message["document"]["name"].endswith(".xlsx")
    found = (await live.http.get(message["document"]["url"])).raise_for_status().content
    return openpyxl.load_workbook(io.BytesIO(found))


async def test_it_comes_and_nothing_of_it_stays_on_the_disk(live, ravi):
    await ravi.send("/export", sees="Of which days")
    await ravi.press("Everything", sees="The books, all days")
    name = (await book_of(live, ravi))["Customers"]["A2"]
    assert (name.value, name.data_type) == ("=HYPERLINK(1)", "s")
    assert not list((live.folder / "data" / "export").iterdir())


async def test_what_was_asked_of_a_killed_bot_comes_from_the_next(live, ravi):
    await ravi.send("/export", sees="Of which days")
    await ravi.press("Everything", sees="the books, all days")
    await live.kill()
    await live.start()
    assert (await book_of(live, ravi))["Customers"].max_row == 2
