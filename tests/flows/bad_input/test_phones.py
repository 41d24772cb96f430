"""Rows 29 and 30, at every step that asks for a phone number."""

import pytest

from tests.flows.bad_input.kinds import MOBILE_STEPS, PHONE_STEPS
from tests.flows.bad_input.places import OUTSIDE
from tests.flows.bad_input.rows import LANDLINE, PHONES
from tests.flows.steps import walk

pytestmark = pytest.mark.asyncio(loop_scope="session")

SPELLINGS = [row.typed for row in PHONES if not row.says]


@pytest.mark.parametrize("row", PHONES, ids=str)
@pytest.mark.parametrize("step", [*PHONE_STEPS, *MOBILE_STEPS])
async def test_phones(step, row, at):
    place = await at(step)
    if row.says:
        await place.refuses(row.typed, row.says)
    else:
        await place.takes(row.typed, row.shows, "phone", "now")


@pytest.mark.parametrize("step", PHONE_STEPS)
async def test_a_landline_is_a_number_like_any_other(step, at):
    await (await at(step)).takes(LANDLINE.typed, LANDLINE.shows, "phone", "now")


@pytest.mark.parametrize("step", MOBILE_STEPS)
async def test_but_no_code_can_be_sent_to_it(step, at):
    await (await at(step)).refuses(LANDLINE.typed, "is not a mobile number")


@pytest.mark.parametrize("row", [*(row for row in PHONES if row.says), LANDLINE], ids=str)
async def test_in_the_admins_one_line(row, standing_firm, at):
    await at(OUTSIDE)
    admin, books = standing_firm.admin, standing_firm.books()
    await admin.send(f"/adduser Sunita Devi {row.typed}")
    assert admin.screen.text.startswith("⚠️ “")
    assert "like +91" in admin.screen.text
    assert standing_firm.draft_of(admin).step in ("phone", "summary")
    assert standing_firm.books() == books


@pytest.mark.parametrize("other", SPELLINGS[1:])
async def test_row_30_one_number_however_it_is_spelt_is_one_customer(other, standing_firm, at):
    place = await at(OUTSIDE)
    await walk("/customer", "Mahesh Gill", SPELLINGS[0], "[Save now]")(place.phone)
    await walk("/customer", "Another", other)(place.phone)
    assert "+91 98765 43299 is already the number of Mahesh Gill." in place.phone.screen.text
    await walk("/cancel", other)(place.phone)
    assert place.phone.screen.buttons[0].startswith("Mahesh Gill")
    assert standing_firm.store.customers.count() == 2
