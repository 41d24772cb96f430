"""Links that anybody can try: only what was given out opens anything, and guessing is slow."""

import pytest

from storage.ids import new_id
from storage.models import Language
from tests.flows.mornings import sell
from tests.flows.pictures import jpeg
from tests.flows.steps import walk, with_customer
from tests.flows.web.conftest import browser_at

ENGLISH = "This link opens nothing any more. Please ask whoever sent it for a new one."
PUNJABI = "ਇਹ ਲਿੰਕ ਹੁਣ ਨਹੀਂ ਖੁੱਲ੍ਹਦਾ। ਕਿਰਪਾ ਕਰਕੇ ਭੇਜਣ ਵਾਲੇ ਤੋਂ ਨਵਾਂ ਲਿੰਕ ਮੰਗ ਲਓ।"


@pytest.fixture
async def link(firm, partner, in_web_mode):
    """Of an invoice."""
    await with_customer(firm, partner)
    await sell(firm, partner)
    return firm.store.invoices.page(0, 1)[0].download_link


def wrong_ones(link):
    head, token = link.removesuffix(".pdf").rsplit("/", 1)
    flipped = token[:-1] + ("A" if token[-1] != "A" else "B")
    return [
        f"{head}/{flipped}.pdf",
        f"{head}/{token[:-1]}.pdf",
        f"{head}/{token}A.pdf",
        f"{head}/{token}==.pdf",
        f"{head}/{token.swapcase()}.pdf",
        f"{head}/{new_id()}.pdf",
        f"{head}/.pdf",
        f"{head}/{token}",
        f"{head}/{token}.pdf/",
        f"{head}/%00.pdf",
        f"{head}/ਗੁਰਪ੍ਰੀਤ.pdf",
        f"{head}/{token}%20.pdf",
        link.replace("/i/", "/img/").removesuffix(".pdf"),
    ]


@pytest.mark.parametrize("which", range(13))
async def test_any_other_opens_nothing(web, link, which):
    answer = await web.get(wrong_ones(link)[which])
    assert answer.status_code == 404
    assert b"%PDF" not in answer.content


@pytest.mark.parametrize(
    ("language", "said"),
    [(Language.ENGLISH, ENGLISH), (Language.PUNJABI, f"{PUNJABI}\n{ENGLISH}")],
)
async def test_it_is_said_in_the_language_of_the_firms_customers(firm, web, link, language, said):
    firm.store.firm.save(firm.store.firm.get().model_copy(update={"language": language}))
    answer = await web.get(wrong_ones(link)[0])
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == f"{said}\n"


async def test_whoever_guesses_waits(web, link):
    statuses = [(await web.get(one)).status_code for one in wrong_ones(link)[:6]]
    assert statuses == [404, 404, 404, 429, 429, 429]
    answer = await web.get(link)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")


async def test_right_ones_before_leave_no_more_guesses(web, link):
    assert (await web.get(link)).status_code == 200
    statuses = [(await web.get(one)).status_code for one in wrong_ones(link)[:6]]
    assert statuses == [404, 404, 404, 429, 429, 429]


async def test_and_nobody_else_does(firm, web, link):
    for one in wrong_ones(link)[:6]:
        await web.get(one)
    async with browser_at(firm, "192.0.2.8") as other:
        assert (await other.get(link)).status_code == 200


async def test_a_subscriber_of_ipv6_is_one(firm, link):
    for last in range(6):
        async with browser_at(firm, f"2001:db8:0:1::{last}") as guessing:
            status = (await guessing.get(wrong_ones(link)[last])).status_code
    assert status == 429


async def test_thirty_a_minute_are_opened(web, link):
    statuses = [(await web.head(link)).status_code for _ in range(32)]
    assert statuses == [200] * 30 + [429] * 2


async def test_a_link_of_an_invoice_that_is_gone_opens_nothing(firm, web, link):
    firm.store.invoices._documents.delete_many({})
    assert (await web.get(link)).status_code == 404


async def test_another_key_ends_all_of_them(firm, web, link):
    (firm.data_dir / "secret.key").unlink()
    await firm.chat.restart()
    async with browser_at(firm, "192.0.2.9") as browser:
        assert (await browser.get(link)).status_code == 404


async def test_a_customers_picture_is_shown_by_its_link(firm, partner, web):
    await walk("/customer", "Ramesh Kumar", "[Save now]", "[✎ Edit]", "[✎ Photo]")(partner)
    await partner.send_photo(jpeg())
    await partner.press("✓ Save")
    (customer,) = firm.store.customers.recent(1)
    answer = await web.get(customer.profile_image)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.content == firm.store.images.get(customer.image_id).content
    assert answer.headers["cache-control"] == "private, max-age=3600"


async def test_a_picture_is_shown_by_its_own_link_alone(firm, web, link):
    """Not by the token of another kind, of the same id."""
    token = link.removesuffix(".pdf").rpartition("/")[2]
    (invoice,) = firm.store.invoices.page(0, 1)
    firm.store.images.add(invoice.id, jpeg(), "image/jpeg", "somebody")
    assert (await web.get(f"/img/{token}")).status_code == 404
