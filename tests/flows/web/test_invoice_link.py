"""In web mode whoever has an invoice's link opens its paper, until a partner stops it."""

import io
import re

import httpx
import pypdf
import pytest

from tests.flows.mornings import sell
from tests.flows.steps import walk, with_customer


@pytest.fixture(autouse=True)
async def sold(firm, partner, in_web_mode):
    """An invoice in the chat."""
    await with_customer(firm, partner)
    await sell(firm, partner)


def invoice(firm):
    return firm.store.invoices.page(0, 1)[0]


async def shown(partner):
    """The link that the card tells."""
    await partner.press("🔗 Link")
    found = re.search(r"https://books\.example\.net/i/\S+\.pdf", partner.screen.text)
    assert found, partner.screen.text
    return found[0]


async def test_it_opens_the_paper_as_it_stands(firm, partner, web):
    link = await shown(partner)
    await walk("/payment", "[Ramesh Kumar]", "26100 cash", "[✓ Save payment]")(partner)
    answer = await web.get(link)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    paper = "".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages
    )
    assert "26-27/00001" in paper
    assert "1,00,000.00" in paper


async def test_it_is_the_download_link_of_the_schema(firm, partner, web):
    assert invoice(firm).download_link == await shown(partner)


async def test_no_search_engine_and_no_proxy_keeps_it(partner, web):
    answer = await web.get(await shown(partner))
    assert answer.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == (
        "inline; filename*=UTF-8''26-27-00001%20Ramesh%20Kumar.pdf"
    )


async def test_the_customer_is_sent_it_on_whatsapp(firm, partner, web):
    link = await shown(partner)
    await partner.press("‹ Invoice")
    assert httpx.QueryParams(whatsapp(partner)).get("text").endswith(link)


async def test_once_stopped_it_opens_nothing_and_is_sent_to_nobody(firm, partner, web):
    link = await shown(partner)
    await partner.press("✕ Stop this link")
    assert "Invoice 26-27/00001 has no link" in partner.screen.text
    assert (await web.get(link)).status_code == 404
    await partner.press("‹ Invoice")
    assert "books.example.net" not in httpx.QueryParams(whatsapp(partner)).get("text")


async def test_a_new_one_opens_it_and_the_old_one_does_not(partner, web):
    old = await shown(partner)
    await partner.press("✕ Stop this link")
    await partner.press("🔗 New link")
    new = re.search(r"https://\S+\.pdf", partner.screen.text)[0]
    assert new != old
    assert (await web.get(new)).status_code == 200
    assert (await web.get(old)).status_code == 404


async def test_a_second_tap_on_stop_does_not_stop_the_next_one(partner, web):
    await shown(partner)
    message = partner.screen
    await partner.press("✕ Stop this link")
    await partner.press("🔗 New link")
    new = re.search(r"https://\S+\.pdf", partner.screen.text)[0]
    await partner.press_old(message, "✕ Stop this link")
    assert (await web.get(new)).status_code == 200


async def test_without_a_public_address_there_is_none(firm, partner):
    firm.settings = {}
    await firm.chat.restart()
    await sell(firm, partner)
    assert "🔗 Link" not in partner.screen.buttons
    newest = max(firm.store.invoices.page(0, 5), key=lambda one: one.invoice_number)
    assert newest.download_link.startswith("https://t.me/")


async def test_what_was_public_is_sent_to_nobody_once_there_is_no_site(firm, partner, web):
    firm.settings = {}
    await firm.chat.restart()
    await partner.send("/invoices")
    await partner.press("26-27/00001")
    assert "books.example.net" not in httpx.QueryParams(whatsapp(partner)).get("text")


def whatsapp(partner) -> str:
    """What WhatsApp's button on the newest message asks for."""
    rows = partner.screen.kept.message["reply_markup"]["inline_keyboard"]
    (url,) = [one["url"] for row in rows for one in row if one.get("url")]
    return httpx.URL(url).query.decode()
