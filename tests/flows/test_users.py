"""The admin and the partners: who there is, and what may be ended and given back."""

import pytest

from storage.models import User
from tests.flows.conftest import PARTNER

SUNITA = ("Sunita Devi", "+919876500000")


async def card_of(phone, name="Ravi Kumar"):
    await phone.send("/users")
    await phone.press(name)
    return phone.screen


async def test_the_list_says_who_there_is_and_when_they_were_seen(firm, partner):
    await firm.add_partner(*SUNITA)
    firm.clock.advance(days=1, minutes=10)
    await partner.send("/menu")
    firm.clock.advance(days=1)
    await firm.admin.send("/users")
    assert "2 partners" in firm.admin.screen.text
    seen, never, _add = firm.admin.screen.buttons
    assert seen.startswith("Ravi Kumar · 2 Aug 2026, ")
    assert never == "Sunita Devi · never signed in"


async def test_without_partners_the_list_offers_to_add_one(firm):
    await firm.admin.send("/users")
    assert "no partner yet" in firm.admin.screen.text
    await firm.admin.press("Add partner")
    assert "partner's name" in firm.admin.screen.text


async def test_a_card_says_since_when_and_until_when_they_are_signed_in(firm, partner):
    card = await card_of(firm.admin)
    assert "+91 98765 43210" in card.text
    assert "Partner since 1 Aug 2026" in card.text
    assert "Signed in since" in card.text
    assert "at most until 31 Aug 2026" in card.text
    assert card.buttons == ["🚪 Sign out everywhere", "✎ Edit", "🚫 Deactivate", "‹ Partners"]


async def test_a_removed_partner_is_out_at_once_in_the_middle_of_an_invoice(firm, partner):
    await partner.send_contact("Mahesh Gill", "+919876543299")
    await partner.press("✓ Save")
    await partner.send("/invoice")
    await partner.press("Mahesh Gill")
    await partner.send("wheat 52 2425")
    question = partner.screen
    await card_of(firm.admin)
    await firm.admin.press("Deactivate")
    assert "Ravi Kumar may not sign in any more" in firm.admin.screen.text
    assert "has ended your access" in partner.screen.text
    before = len(partner.messages)
    await partner.press_old(question, "✓ Done")
    await partner.send("rice 1 100")
    await partner.send("/customers")
    said = "\n".join(one.text for one in partner.messages[before:] if one.from_bot)
    assert "Mahesh" not in said
    assert "wheat" not in said
    assert firm.store.invoices.count() == 0


async def test_a_reactivated_partner_signs_in_and_goes_on_with_the_invoice(firm, partner):
    await partner.send_contact("Mahesh Gill", "+919876543299")
    await partner.press("✓ Save")
    await partner.send("/invoice")
    await partner.press("Mahesh Gill")
    await partner.send("wheat 52 2425")
    await card_of(firm.admin)
    await firm.admin.press("Deactivate")
    await firm.admin.press("Reactivate")
    assert "may sign in again" in firm.admin.screen.text
    assert "let you in again" in partner.screen.text
    firm.clock.advance(minutes=1)
    await partner.share_contact()
    await partner.send(firm.code())
    assert "wheat: 52" in partner.screen.text
    for label in ("✓ Done", "Full", "✓ Save invoice"):
        await partner.press(label)
    assert firm.store.invoices.count() == 1


async def test_a_removed_partner_who_knocks_is_told_and_the_admin_may_let_them_in(firm, partner):
    await card_of(firm.admin)
    await firm.admin.press("Deactivate")
    firm.clock.advance(minutes=1)
    await partner.share_contact()
    assert "The admin of your firm has ended your access" in partner.screen.text
    assert "Ravi Kumar, whom you deactivated, shared +91 98765 43210" in firm.admin.screen.text
    await firm.admin.press("Reactivate")
    await partner.share_contact()
    await partner.send(firm.code())
    assert "Welcome, Ravi Kumar" in partner.screen.text


async def test_adding_the_number_of_a_removed_partner_offers_to_let_them_in_again(firm, partner):
    await card_of(firm.admin)
    await firm.admin.press("Deactivate")
    await firm.admin.send("/adduser Ravi K +91 98765 43210")
    assert "Ravi Kumar, who was deactivated" in firm.admin.screen.text
    await firm.admin.press("Reactivate Ravi Kumar")
    assert "is a partner now" in firm.admin.screen.text
    (ravi,) = firm.store.users.all()
    assert (ravi.name, ravi.active) == ("Ravi Kumar", True)


async def test_signed_out_everywhere_is_out_and_comes_back_with_a_code(firm, partner):
    await card_of(firm.admin)
    await firm.admin.press("Sign out everywhere")
    assert "Ravi Kumar is signed out everywhere" in firm.admin.screen.text
    assert "Not signed in" in firm.admin.screen.text
    assert "The admin has signed you out" in partner.screen.text
    await partner.send("/customers")
    assert "share your phone number" in partner.screen.text.lower()
    firm.clock.advance(minutes=1)
    await partner.share_contact()
    await partner.send(firm.code())
    assert "Welcome" in partner.screen.text


async def test_a_locked_partner_is_let_in_by_the_admin(firm):
    await firm.add_partner(*PARTNER)
    ravi = firm.chat.phone(*PARTNER)
    for wait in (60, 120, 0):
        await ravi.share_contact()
        wrong = f"{(int(firm.code()) + 1) % 10**6:06d}"
        for _guess in range(5):
            await ravi.send(wrong)
        firm.clock.advance(seconds=wait)
    assert "Too many wrong codes" in ravi.screen.text
    card = await card_of(firm.admin)
    assert "🔒" in card.text
    await firm.admin.press("Unlock")
    assert "may ask for a code again" in firm.admin.screen.text
    assert "🔓 Unlock" not in firm.admin.screen.buttons
    firm.clock.advance(minutes=15)
    await ravi.share_contact()
    await ravi.send(firm.code())
    assert "Welcome" in ravi.screen.text


async def test_a_new_number_ends_the_session_and_signs_in(firm, partner):
    await card_of(firm.admin)
    await firm.admin.press("Edit")
    await firm.admin.press("✎ Phone")
    await firm.admin.send("98765 11111")
    assert "Edit partner" in firm.admin.screen.text
    await firm.admin.press("✓ Save")
    assert "Ravi Kumar was changed" in firm.admin.screen.text
    assert "+91 98765 11111" in firm.admin.screen.text
    await partner.send("/customers")
    assert "share your phone number" in partner.screen.text.lower()
    moved = firm.chat.phone("Ravi Kumar", "+919876511111")
    await moved.share_contact()
    await moved.send(firm.code())
    assert "Welcome, Ravi Kumar" in moved.screen.text


async def test_a_number_of_another_partner_is_refused_with_who_has_it(firm, partner):
    await firm.add_partner(*SUNITA)
    await card_of(firm.admin, "Sunita Devi")
    await firm.admin.press("Edit")
    await firm.admin.press("✎ Phone")
    await firm.admin.send("98765 43210")
    assert "already the number of Ravi Kumar" in firm.admin.screen.text
    assert "✓ Save" not in firm.admin.screen.buttons


@pytest.mark.parametrize("typed", ["Ravi", "ravi kumar", "98765 43210", "3210"])
async def test_removeuser_finds_whom_it_names(firm, partner, typed):
    await firm.add_partner(*SUNITA)
    await firm.admin.send(f"/removeuser {typed}")
    assert "Ravi Kumar" in firm.admin.screen.text
    await firm.admin.press("Deactivate")
    assert not firm.store.users.by_phone(PARTNER[1]).active


async def test_removeuser_asks_whom_when_it_is_not_said_or_not_clear(firm, partner):
    await firm.add_partner("Ravi Singh", "+919876500001")
    await firm.admin.send("/removeuser")
    assert "Whom do you want to deactivate?" in firm.admin.screen.text
    await firm.admin.send("/removeuser ravi")
    assert firm.admin.screen.text == "Who of these?"
    assert len(firm.admin.screen.buttons) == 2
    await firm.admin.send("/removeuser Mahesh")
    assert "No partner matches Mahesh" in firm.admin.screen.text


@pytest.mark.parametrize("command", ["/users", "/removeuser Ravi", "/audit", "/adduser"])
async def test_partners_may_not(firm, partner, command):
    await partner.send(command)
    assert "Only the admin can do this" in partner.screen.text


async def test_the_admins_old_buttons_are_worth_nothing_to_who_is_no_admin_any_more(firm, partner):
    card = await card_of(firm.admin)
    firm.admin_ids = "1"
    await firm.chat.restart()
    await firm.admin.press_old(card, "Deactivate")
    assert firm.store.users.by_phone(PARTNER[1]).active


async def test_a_deed_done_twice_is_done_once_and_noted_once(firm, partner):
    card = await card_of(firm.admin)
    await firm.admin.press_old(card, "Deactivate")
    await firm.admin.press_old(card, "Deactivate")
    await firm.admin.send("/audit")
    await firm.admin.press("Who did what")
    assert firm.admin.screen.text.count("deactivated Ravi Kumar") == 1


async def test_the_audit_has_a_page_of_who_did_what(firm, partner):
    await card_of(firm.admin)
    for label in ("Deactivate", "Reactivate"):
        firm.clock.advance(minutes=1)
        await firm.admin.press(label)
    await firm.admin.send("/audit")
    await firm.admin.press("Who did what")
    lines = [line for line in firm.admin.screen.text.split("\n") if line.startswith("•")]
    assert [line.partition(" · ")[2] for line in lines] == [
        "Asha reactivated Ravi Kumar",
        "Asha deactivated Ravi Kumar",
        "Ravi Kumar signed in, as Ravi Kumar on Telegram (+91 …210)",
        "Asha added Ravi Kumar (+91 …210)",
    ]
    await firm.admin.press("Check the books")
    assert "0 differences" in firm.admin.screen.text


async def test_a_new_name_leaves_the_number_that_another_admin_changed_meanwhile(firm, partner):
    await card_of(firm.admin)
    await firm.admin.press("Edit")
    await firm.admin.press("✎ Name")
    await firm.admin.send("Ravi K")
    ravi = firm.store.users.by_phone(PARTNER[1])
    firm.store.users.change(ravi.id, {"phone": "+919876511111"})
    await firm.admin.press("✓ Save")
    changed = firm.store.users.get(ravi.id)
    assert (changed.name, changed.phone) == ("Ravi K", "+919876511111")


async def test_a_number_that_comes_back_brings_no_session_back(firm, partner):
    for number in ("98765 11111", "98765 43210"):
        await card_of(firm.admin)
        await firm.admin.press("Edit")
        await firm.admin.press("✎ Phone")
        await firm.admin.send(number)
        assert "they are signed out" in firm.admin.screen.text
        await firm.admin.press("✓ Save")
    assert "The admin changed your number" in partner.screen.text
    await partner.send("/customers")
    assert "share your phone number" in partner.screen.text.lower()


async def test_a_number_typed_where_another_has_it_is_taken(firm, partner):
    await firm.admin.send("/adduser Sunita Devi 98765 43210")
    assert "already the number of Ravi Kumar" in firm.admin.screen.text
    await firm.admin.send("98765 00000")
    await firm.admin.press("✓ Add")
    assert firm.store.users.by_phone("+919876500000").name == "Sunita Devi"


async def test_nobody_is_let_in_whom_the_summary_did_not_name(firm, partner):
    await firm.admin.send("/adduser Gita Rani 98765 00000")
    summary = firm.admin.screen
    today = firm.clock.today()
    thug = User(id="t", name="Thug", phone="+919876500000", registration_date=today, active=False)
    firm.store.users.add(thug)
    await firm.admin.press_old(summary, "✓ Add")
    assert "who was deactivated" in firm.admin.screen.text
    assert not firm.store.users.get(thug.id).active


async def test_a_bot_killed_while_it_lets_somebody_in_says_so_when_it_is_back(firm, partner):
    await card_of(firm.admin)
    await firm.admin.press("Deactivate")
    await firm.admin.send("/adduser Ravi 98765 43210")
    draft = firm.draft_of(firm.admin)
    await firm.admin.press("Reactivate Ravi Kumar")
    lets_in = {**draft.answers, "lets_in": firm.store.users.by_phone(PARTNER[1]).id}
    saving = draft.model_copy(update={"saving": True, "answers": lets_in})
    firm.put_back(draft.id, saving)
    await firm.chat.restart()
    await firm.admin.send("/menu")
    assert "Ravi Kumar, +91 98765 43210, is a partner now" in firm.admin.transcript()
    assert firm.draft_of(firm.admin) is None


@pytest.mark.parametrize("dying", ["end_of_user", "set_active"])
async def test_a_removal_that_stopped_half_way_lets_nobody_stay(firm, partner, monkeypatch, dying):
    def killed(*_, **__):
        raise RuntimeError(dying)

    card = await card_of(firm.admin)
    where = firm.store.users if dying == "set_active" else firm.store.sign_ins
    with monkeypatch.context() as patch:
        patch.setattr(where, dying, killed)
        await firm.admin.press_old(card, "Deactivate")
    await firm.admin.press_old(card, "Deactivate")
    assert not firm.store.users.by_phone(PARTNER[1]).active
    await firm.admin.press("Reactivate")
    await partner.send("/customers")
    assert "share your phone number" in partner.screen.text.lower()
    events = firm.store.audit.page(0, 20)
    assert sum(event.kind == "remove" for event in events) == 1


@pytest.mark.parametrize("typed", ["Sunita 0", "0", "10"])
async def test_what_names_nobody_finds_nobody(firm, partner, typed):
    await firm.admin.send(f"/removeuser {typed}")
    assert "No partner matches" in firm.admin.screen.text


async def test_the_card_of_a_telegram_account_is_of_its_own_country(firm):
    await firm.chat.phone("Tan", "+6591806979").send("/start")
    await firm.admin.send_contact("Tan", "6591806979")
    assert "+91" not in firm.admin.screen.text.split("Who answers")[0]


async def test_no_crowd_of_strangers_keeps_a_removed_partner_from_being_heard(firm, partner):
    await card_of(firm.admin)
    await firm.admin.press("Deactivate")
    for number in range(25):
        await firm.chat.phone("Stranger", f"+9198111000{number:02}").share_contact()
    await partner.share_contact()
    assert "Ravi Kumar, whom you deactivated" in firm.admin.screen.text
