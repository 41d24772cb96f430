"""The admin adds partners, as it reads in the chat; and how the first admin comes to be."""

import logging

import pytest
from telegram import BotCommandScopeChat

from tests.flows.conftest import Firm

RAVI = "+919876543210"


@pytest.fixture
def admin(firm):
    return firm.admin


async def test_in_one_line(firm, admin):
    await admin.send("/adduser Ravi Kumar +91 98765 43210")
    assert admin.screen.text.startswith("New partner\n\nRavi Kumar\n+91 98765 43210")
    await admin.press("✓ Add")
    assert "Ravi Kumar, +91 98765 43210, is a partner now" in admin.screen.text
    assert "https://t.me/arhtiya_simulated_bot" in admin.screen.text
    user = firm.store.users.by_phone(RAVI)
    assert (user.name, user.role, user.active) == ("Ravi Kumar", "partner", True)
    assert user.registration_date == firm.clock.today()


async def test_step_by_step(firm, admin):
    await admin.press("Add partner")
    await admin.send("  Ravi   Kumar ")
    await admin.send("98765-43210")
    assert "Ravi Kumar\n+91 98765 43210" in admin.screen.text
    await admin.press("✓ Add")
    assert firm.store.users.by_phone(RAVI).name == "Ravi Kumar"


@pytest.mark.parametrize("first", ["", "/adduser"])
async def test_by_a_contact_card(firm, admin, first):
    if first:
        await admin.send(first)
    await admin.send_contact("Ravi Kumar", "098765 43210")
    assert "Ravi Kumar\n+91 98765 43210" in admin.screen.text
    await admin.press("✓ Add")
    assert firm.store.users.by_phone(RAVI).name == "Ravi Kumar"


async def test_a_card_at_the_number_gives_the_number(firm, admin):
    await admin.send("/adduser Ravi Kumar")
    await admin.send_contact("Ravi, home", "98765 43210")
    assert "Ravi Kumar\n+91 98765 43210" in admin.screen.text


async def test_only_what_is_missing_is_asked_for(firm, admin):
    await admin.send("/adduser Ravi Kumar")
    assert "mobile number of Ravi Kumar" in admin.screen.text
    await admin.send("/cancel")
    await admin.send("/adduser ९८७६५४३२१०")
    assert "partner's name" in admin.screen.text
    await admin.send("Ravi Kumar")
    await admin.press("✓ Add")
    assert firm.store.users.by_phone(RAVI).name == "Ravi Kumar"


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("98765", "not a phone number that exists"),
        ("98765 43210 ext 5", "no extension"),
        ("011 2345 6789", "not a mobile number"),
    ],
)
async def test_a_bad_number_says_what_is_right_and_loses_nothing(firm, admin, number, says):
    await admin.send(f"/adduser Ravi Kumar {number}")
    assert says in admin.screen.text
    assert "+91 81234 56789" in admin.screen.text
    assert "mobile number of Ravi Kumar" in admin.screen.text
    await admin.send(number)
    assert says in admin.screen.text
    await admin.send("98765 43210")
    await admin.press("✓ Add")
    assert firm.store.users.by_phone(RAVI).name == "Ravi Kumar"


async def test_a_number_that_is_taken_is_refused_with_who_has_it(firm, admin):
    await firm.add_partner("Ravi Kumar", RAVI)
    await admin.send("/adduser Sunita Devi 9876543210")
    assert "+91 98765 43210 is already the number of Ravi Kumar" in admin.screen.text
    assert "✓ Add" not in admin.screen.buttons
    await admin.press("✎ Phone")
    await admin.send("98765 00000")
    await admin.press("✓ Add")
    assert [user.name for user in firm.store.users.all()] == ["Ravi Kumar", "Sunita Devi"]


async def test_a_number_taken_while_the_summary_was_looked_at_is_refused(firm, admin):
    await admin.send("/adduser Sunita Devi 9876543210")
    summary = admin.screen
    draft = firm.draft_of(admin)
    await admin.send("/cancel")
    await firm.add_partner("Ravi Kumar", RAVI)
    firm.put_back(draft.id, draft)
    await admin.press_old(summary, "✓ Add")
    assert "already the number of Ravi Kumar" in admin.screen.text
    assert [user.name for user in firm.store.users.all()] == ["Ravi Kumar"]


async def test_any_field_can_be_edited_at_the_summary(firm, admin):
    await admin.send("/adduser Ravi Kumar 9876543210")
    await admin.press("✎ Name")
    await admin.send("Ravi Kumar Gill")
    assert "Ravi Kumar Gill\n+91 98765 43210" in admin.screen.text
    await admin.press("✎ Phone")
    await admin.press("✓ Keep +91 98765 43210")
    await admin.press("✓ Add")
    assert firm.store.users.by_phone(RAVI).name == "Ravi Kumar Gill"


@pytest.mark.parametrize("how", ["✕ Cancel", "/cancel"])
async def test_cancel_adds_nobody(firm, admin, how):
    await admin.send("/adduser Ravi Kumar 9876543210")
    await (admin.send(how) if how.startswith("/") else admin.press(how))
    assert "Nobody was added" in admin.screen.text
    assert firm.store.users.all() == []
    assert firm.draft_of(admin) is None


async def test_back_goes_one_step_back_and_offers_what_was_said(admin):
    await admin.press("Add partner")
    await admin.send("Ravi Kumar")
    await admin.send("9876543210")
    await admin.press("‹ Back")
    assert "mobile number of Ravi Kumar" in admin.screen.text
    await admin.press("‹ Back")
    assert "partner's name" in admin.screen.text
    await admin.press("✓ Keep Ravi Kumar")
    await admin.press("✓ Keep +91 98765 43210")
    assert "✓ Add" in admin.screen.buttons


async def test_back_from_one_line_leads_through_what_it_said(admin):
    await admin.send("/adduser Ravi Kumar 9876543210")
    await admin.press("‹ Back")
    await admin.press("✓ Keep +91 98765 43210")
    await admin.send("/adduser Sunita Devi 98765 00000")
    assert "in the middle of this" in admin.screen.text


async def test_a_restart_in_the_middle_goes_on_at_the_same_step(firm, admin):
    await admin.press("Add partner")
    await firm.chat.restart()
    await admin.send("Ravi Kumar")
    await firm.chat.restart()
    await admin.send("9876543210")
    await firm.chat.restart()
    await admin.press("✓ Add")
    assert firm.store.users.by_phone(RAVI).name == "Ravi Kumar"


async def test_two_taps_on_add_are_one_partner(firm, admin):
    await admin.send("/adduser Ravi Kumar 9876543210")
    summary = admin.screen
    await admin.press("✓ Add")
    await admin.press_old(summary, "✓ Add")
    assert "out of date" in admin.answers[-1].text
    assert len(firm.store.users.all()) == 1


async def test_killed_after_saving_and_before_saying_so(firm, admin):
    await admin.send("/adduser Ravi Kumar 9876543210")
    summary = admin.screen
    draft = firm.draft_of(admin)
    await admin.press("✓ Add")
    firm.put_back(draft.id, draft)
    await admin.press_old(summary, "✓ Add")
    assert "is a partner now" in admin.screen.text
    assert len(firm.store.users.all()) == 1


async def test_another_line_in_the_middle_of_one_asks_first(firm, admin):
    await admin.send("/adduser Ravi Kumar")
    await admin.send("9876543210")
    await admin.send("/adduser Sunita Devi 98765 00000")
    assert "in the middle of this" in admin.screen.text
    await admin.press("Drop it, start the new one")
    assert "partner's name" in admin.screen.text
    await admin.send("Sunita Devi")
    await admin.press("✓ Add")
    assert [user.phone for user in firm.store.users.all()] == ["+919876500000"]


async def test_who_is_not_the_admin_is_refused(firm, partner):
    for way in ("/adduser", "/adduser Sunita Devi 98765 00000"):
        await partner.send(way)
        assert "Only the admin can do this" in partner.screen.text
    assert "👤 Add partner" not in partner.reply_keyboard
    await partner.send("/help")
    assert "adduser" not in partner.screen.text
    assert len(firm.store.users.all()) == 1


@pytest.mark.parametrize("data", ["new:partner", "add:+919876500000", "+add:+919876500000"])
async def test_a_button_of_the_admins_is_worth_nothing_to_a_partner(firm, partner, data):
    partner.person.tap(partner.messages[1].kept.message, data)
    await firm.chat.pump()
    assert "Only the admin can do this" in partner.screen.text
    assert firm.draft_of(partner) is None


async def test_who_is_not_signed_in_is_asked_to_sign_in(firm):
    stranger = firm.chat.phone("Stranger", "+919811100000")
    await stranger.send("/adduser Sunita Devi 98765 00000")
    assert "share your phone number" in stranger.screen.text
    assert firm.store.users.all() == []


class TestWithoutAdminIds:
    @pytest.fixture
    async def young(self, mongomock_store, clock, tmp_path):
        """A firm whose bot was started without ``ADMIN_IDS``."""
        firm = Firm(mongomock_store, clock, tmp_path)
        firm.admin_ids = ""
        return firm

    async def test_the_first_who_opens_the_link_becomes_the_admin(self, young, caplog):
        async with young.chat:
            link = claim_link(caplog)
            await young.admin.open_link(link)
            assert "You are the admin" in young.admin.screen.text
            assert "👤 Add partner" in young.admin.reply_keyboard
            await young.add_partner("Ravi Kumar", RAVI)
            late = young.chat.phone("Late", "+919811100000")
            await late.open_link(link)
            assert "share your phone number" in late.screen.text
            await late.send("/adduser Late 98111 00000")
            assert "share your phone number" in late.screen.text
            assert len(young.store.users.all()) == 1

    async def test_the_new_admin_has_the_admins_commands_and_the_audit_knows(self, young, caplog):
        async with young.chat:
            await young.admin.open_link(claim_link(caplog))
            chat = BotCommandScopeChat(young.admin.person.user_id)
            names = [one.command for one in await young.chat.application.bot.get_my_commands(chat)]
            assert {"invoice", "adduser", "firm"} <= set(names)
            await young.admin.send("/audit")
            await young.admin.press("Who did what")
            assert "Asha became the admin" in young.admin.screen.text

    async def test_the_link_works_once_more_for_whom_it_made_admin(self, young, caplog):
        async with young.chat:
            link = claim_link(caplog)
            await young.admin.open_link(link)
            await young.admin.open_link(link)
            assert "You are the admin" in young.admin.screen.text

    async def test_a_link_that_nobody_made_is_worth_nothing(self, young):
        async with young.chat:
            await young.admin.open_link("https://t.me/arhtiya_simulated_bot?start=admin_guessed")
            assert "share your phone number" in young.admin.screen.text

    async def test_the_admin_stays_the_admin_after_a_restart_and_no_link_is_made(
        self, young, caplog
    ):
        async with young.chat:
            await young.admin.open_link(claim_link(caplog))
            caplog.clear()
            await young.chat.restart()
            assert "No admin yet" not in caplog.text
            await young.add_partner("Ravi Kumar", RAVI)

    async def test_a_restart_voids_a_link_that_was_not_opened(self, young, caplog):
        async with young.chat:
            first = claim_link(caplog)
            caplog.clear()
            await young.chat.restart()
            await young.admin.open_link(first)
            assert "share your phone number" in young.admin.screen.text
            await young.admin.open_link(claim_link(caplog))
            assert "You are the admin" in young.admin.screen.text

    async def test_a_link_that_was_not_opened_is_void_once_admins_are_set(self, young, caplog):
        async with young.chat:
            link = claim_link(caplog)
            young.admin_ids = "42"
            await young.chat.restart()
            await young.admin.open_link(link)
            assert "share your phone number" in young.admin.screen.text

    async def test_admins_that_are_set_take_the_place_of_who_claimed(self, young, caplog):
        async with young.chat:
            await young.admin.open_link(claim_link(caplog))
            young.admin_ids = "42"
            await young.chat.restart()
            await young.admin.send("/adduser Ravi Kumar 98765 43210")
            assert "share your phone number" in young.admin.screen.text


def claim_link(caplog) -> str:
    """The link in the log's one line about it."""
    (said,) = [
        record.getMessage()
        for record in caplog.records
        if record.levelno == logging.WARNING and "No admin yet" in record.getMessage()
    ]
    return said.rsplit(" ", 1)[1]
