"""The admin says who the firm is on its papers, as it reads in the chat."""

import pytest

from handlers.firm_answers import LABELS
from storage.models import FirmProfile, Language, NumberStyle, PaperForm
from tests.flows.pictures import jpeg
from tests.flows.steps import walk

GSTIN = "03AAJFS1234K1ZC"
NAMED = ("/firm", "Khanna Grain Merchants")


@pytest.fixture
def admin(firm):
    return firm.admin


@pytest.fixture
def khanna(firm):
    """The firm, as it was written before."""
    return firm.store.firm.save(
        FirmProfile(
            id="firm",
            name="Khanna Grain Merchants",
            address="Shop 12, Grain Market\nKhanna 141401",
            phone="+911628222333",
            gstin=GSTIN,
            upi_id="khanna@okicici",
            number_prefix="KGM",
            due_days=15,
            terms="Goods once sold are not taken back.",
        )
    )


async def test_a_firm_without_a_name_is_asked_for_it_and_then_shown_whole(firm, admin):
    await admin.send("/firm")
    assert "What is the firm's name?" in admin.screen.text
    await admin.send(" Khanna  Grain Merchants ")
    assert admin.screen.text == (
        "The firm on its papers\n\n"
        "Name: Khanna Grain Merchants\n"
        "Address: –\n"
        "Phone: –\n"
        "GSTIN: –\n"
        "UPI id: –\n"
        "Logo: –\n"
        "Invoice number: like 26-27/00042\n"
        "Financial year: April to March\n"
        "Due: asked on each invoice\n"
        "Named in the morning: 3 days before\n"
        "Customers' language: English\n"
        "Terms: –\n"
        "Paper: A4 page"
    )
    await admin.press("✓ Save")
    assert admin.screen.text.startswith("✅ The firm was changed: Name\n")
    assert firm.store.firm.get().name == "Khanna Grain Merchants"


async def test_every_field(firm, admin):
    await walk(*NAMED)(admin)
    await walk("[✎ Address]", "Shop 12, Grain Market\n\nKhanna 141401")(admin)
    await walk("[✎ Phone]", "01628 222333")(admin)
    await walk("[✎ GSTIN]", GSTIN.lower(), "[✎ UPI id]", "Khanna@OKicici", "[✎ Logo]")(admin)
    await admin.send_photo(jpeg())
    await walk("[✎ Number]", "kgm", "[✎ Number]", "[KGM/2627/00042]")(admin)
    await walk("[✎ Year]", "[July to June]", "[✎ Due]", "[15 days]")(admin)
    await walk("[✎ Morning]", "[when it is due]", "[✎ Language]", "[हिन्दी]")(admin)
    await walk("[✎ Terms]", "No returns.\nਵਿਆਜ 2%", "[✎ Paper]", "[80 mm roll]")(admin)
    assert admin.screen.text == (
        "The firm on its papers\n\n"
        "Name: Khanna Grain Merchants\n"
        "Address: Shop 12, Grain Market, Khanna 141401\n"
        "Phone: +91 162 822 2333\n"
        f"GSTIN: {GSTIN}\n"
        "UPI id: khanna@okicici\n"
        "Logo: yes\n"
        "Invoice number: like KGM/2627/00042\n"
        "Financial year: July to June\n"
        "Due: 15 days after the invoice's date\n"
        "Named in the morning: when it is due\n"
        "Customers' language: हिन्दी\n"
        "Terms: No returns. · ਵਿਆਜ 2%\n"
        "Paper: 80 mm roll"
    )
    await admin.press("✓ Save")
    assert (
        "changed: Name, Address, Phone, GSTIN, UPI id, Logo, Invoice number, "
        "Financial year, Due, Named in the morning, "
        "Customers' language, Terms, Paper\n" in admin.screen.text
    )
    saved = firm.store.firm.get()
    assert saved.address == "Shop 12, Grain Market\nKhanna 141401"
    assert (saved.phone, saved.gstin) == ("+911628222333", GSTIN)
    assert (saved.upi_id, saved.number_prefix) == ("khanna@okicici", "KGM")
    assert saved.number_style is NumberStyle.JOINED
    assert (saved.first_month, saved.due_days, saved.remind_days) == (7, 15, 0)
    assert saved.language is Language.HINDI
    assert (saved.terms, saved.paper) == ("No returns.\nਵਿਆਜ 2%", PaperForm.ROLL)
    assert firm.store.images.get(saved.logo_id).content.startswith(b"\xff\xd8")


async def test_one_field_takes_three_taps_and_one_message(firm, admin, khanna):
    await walk("/firm", "[✎ Phone]", "98765 43210", "[✓ Save]")(admin)
    assert "The firm was changed: Phone\n" in admin.screen.text
    assert firm.store.firm.get().phone == "+919876543210"
    assert firm.store.firm.get().gstin == khanna.gstin


@pytest.mark.parametrize(
    ("field", "attribute"),
    [
        ("Address", "address"),
        ("Phone", "phone"),
        ("GSTIN", "gstin"),
        ("UPI id", "upi_id"),
        ("Logo", "logo_id"),
        ("Terms", "terms"),
    ],
)
async def test_what_may_be_empty_can_be_emptied(firm, admin, khanna, field, attribute):
    logo = {"logo_id": "0" * 24}
    firm.store.firm.save(khanna.model_copy(update=logo))
    await walk("/firm", f"[✎ {field}]", "[Leave empty]")(admin)
    assert f"{field}: –" in admin.screen.text
    await admin.press("✓ Save")
    assert getattr(firm.store.firm.get(), attribute) is None


async def test_the_name_cannot_be_emptied(admin, khanna):
    await walk("/firm", "[✎ Name]")(admin)
    assert admin.screen.buttons == ["✓ Keep Khanna Grain Merchants", "‹ Back", "✕ Close"]


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("Name", "\u200b", "for example: Khanna Grain Merchants"),
        ("Address", "a\nb\nc\nd\ne", "has 5 lines; at most 4 fit"),
        ("Phone", "12", "not a phone number that exists"),
        ("GSTIN", "03AAJFS1234K1ZD", "one of them was mistyped"),
        ("UPI id", "khanna", "e.g. singhandsons@okicici"),
        ("Logo", "no picture", "Send a picture with the paper clip"),
        ("Number", "KHANNA", "at most 3 English letters or digits"),
        ("Year", "13", "A month is a number from 1 to 12"),
        ("Year", "harvest", "Type its name or number, for example: April"),
        ("Due", "366", "not a number of days from 0 to 365. For example: 15"),
        ("Due", "-1", "not a number of days"),
        ("Terms", "a\nb\nc\nd\ne", "has 5 lines; at most 4 fit"),
        ("Paper", "58 mm", "neither of the two papers. Type A4, or 80 mm for a roll"),
    ],
)
async def test_what_is_wrong_is_said_with_what_is_right_and_nothing_is_lost(
    firm, khanna, field, typed, says
):
    admin = firm.admin
    await walk("/firm", f"[✎ {field}]", typed)(admin)
    assert says in admin.screen.text
    await admin.press("‹ Back")
    assert "Name: Khanna Grain Merchants" in admin.screen.text
    assert firm.store.firm.get() == khanna


async def test_save_says_so_when_nothing_is_changed(firm, admin, khanna):
    await walk("/firm", "[✎ Name]", "[✓ Keep Khanna Grain Merchants]", "[✓ Save]")(admin)
    assert "Nothing is changed yet" in admin.screen.text
    await walk("[✎ Due]", "[30 days]", "[✎ Due]", "[15 days]", "[✓ Save]")(admin)
    assert "Nothing is changed yet" in admin.screen.text
    assert firm.store.firm.get() == khanna


@pytest.mark.parametrize("how", ["[✕ Close]", "/cancel"])
async def test_close_changes_nothing(firm, admin, khanna, how):
    await walk("/firm", "[✎ Name]", "Another", how)(admin)
    assert "The firm stays as it was" in admin.screen.text
    assert firm.store.firm.get() == khanna
    assert firm.draft_of(admin) is None


async def test_change_more_opens_it_as_it_is_now(admin, khanna):
    await walk("/firm", "[✎ Due]", "[30 days]", "[✓ Save]")(admin)
    saved = admin.screen
    await admin.press("✎ Change more")
    assert "Due: 30 days" in admin.screen.text
    assert "✓ Save" in admin.screen.buttons
    assert "The firm was changed: Due" in saved.text


async def test_two_admins_at_once_and_both_changes_stay(firm, admin, khanna):
    other = firm.chat.phone("Bimla", "+919811111112")
    firm.admin_ids += f",{other.person.user_id}"
    await firm.chat.restart()
    await walk("/firm")(other)
    await walk("/firm", "[✎ Phone]", "98765 43210", "[✓ Save]")(admin)
    await walk("[✎ Due]", "[30 days]", "[✓ Save]")(other)
    assert "The firm was changed: Due\n" in other.screen.text
    assert "Phone: +91 98765 43210" in other.screen.text
    saved = firm.store.firm.get()
    assert (saved.phone, saved.due_days) == ("+919876543210", 30)


async def test_the_audit_knows_who_changed_what(firm, admin, khanna):
    await walk("/firm", "[✎ Due]", "[30 days]", "[✓ Save]")(admin)
    (event,) = [one for one in firm.store.audit.page(0, 50) if one.kind == "setting"]
    assert (event.telegram_user_id, event.actor_name) == (admin.person.user_id, "Asha")
    await walk("/audit", "[Who did what]")(admin)
    assert "Asha changed the firm (Due)" in admin.screen.text


async def test_a_restart_in_the_middle_goes_on_at_the_same_step(firm, admin, khanna):
    await walk("/firm", "[✎ Phone]")(admin)
    await firm.chat.restart()
    await admin.send("98765 43210")
    await firm.chat.restart()
    await admin.press("✓ Save")
    assert firm.store.firm.get().phone == "+919876543210"


async def test_two_taps_on_save_are_one_change(firm, admin, khanna):
    await walk("/firm", "[✎ Due]", "[30 days]")(admin)
    summary = admin.screen
    await admin.press("✓ Save")
    saved = firm.store.firm.get()
    await admin.press_old(summary, "✓ Save")
    assert "out of date" in admin.answers[-1].text
    assert firm.store.firm.get() == saved


@pytest.mark.parametrize("told", [True, False])
async def test_killed_while_it_was_saved(firm, admin, khanna, told):
    await walk("/firm", "[✎ Due]", "[30 days]")(admin)
    summary = admin.screen
    draft = firm.draft_of(admin)
    await admin.press("✓ Save")
    saved = firm.store.firm.get()
    if not told:
        firm.store.audit._documents.delete_one({"_id": draft.op})
    firm.put_back(draft.id, draft.model_copy(update={"saving": True}))
    await admin.press_old(summary, "✓ Save")
    assert "The firm was changed: Due\n" in admin.screen.text
    assert firm.store.firm.get() == saved
    assert firm.store.drafts.get(draft.id) is None


async def test_what_was_put_in_is_asked_about_before_it_is_dropped(admin, khanna):
    await walk("/firm", "[✎ Due]", "[30 days]", "/firm")(admin)
    assert "in the middle of this" in admin.screen.text
    await admin.press("Drop it, start the new one")
    assert "Due: 15 days" in admin.screen.text


async def test_who_is_not_the_admin_is_refused(firm, partner):
    await partner.send("/firm")
    assert "Only the admin can do this" in partner.screen.text
    await partner.send("/help")
    assert "/firm" not in partner.screen.text
    assert firm.draft_of(partner) is None


@pytest.mark.parametrize("data", ["firm:", "new:firm", "+firm:", "firm:x"])
async def test_a_button_of_the_admins_is_worth_nothing_to_a_partner(firm, partner, data):
    partner.person.tap(partner.messages[1].kept.message, data)
    await firm.chat.pump()
    assert "Only the admin can do this" in partner.screen.text
    assert firm.draft_of(partner) is None


def test_every_field_of_the_profile_has_a_name():
    assert set(LABELS) == set(FirmProfile.model_fields) - {"id", "rev", "last_change"}
