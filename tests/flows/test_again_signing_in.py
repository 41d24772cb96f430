"""Signing in, and what the admin does to partners, when the bot dies in the middle of it."""

import datetime as dt

import pytest

from handlers import sign_in
from tests.flows.dying import Death, dies, dying
from tests.flows.steps import walk


@pytest.fixture
async def ravi(firm):
    """Somebody whom the admin has added."""
    await firm.add_partner("Ravi Kumar", "+919876543210")
    return firm.chat.phone("Ravi", "+919876543210")


@pytest.mark.parametrize("asks", ["shares", "asks again"])
async def test_a_code_that_was_made_and_not_sent_is_made_and_sent(firm, ravi, monkeypatch, asks):
    if asks == "asks again":
        await ravi.share_contact()
        firm.clock.advance(minutes=2)
    with monkeypatch.context() as patch:
        patch.setattr(sign_in, "_deliver", dies)
        with pytest.raises(Death):
            await (ravi.share_contact() if asks == "shares" else ravi.press("Send again"))
    await firm.chat.restart()
    assert "moment ago" not in ravi.transcript()
    await ravi.send(firm.code())
    assert "Welcome" in ravi.screen.text


async def test_of_two_codes_the_first_is_void(firm, ravi, monkeypatch):
    """It had reached the admin; what was to tell the partner so had not gone out."""
    with dying(monkeypatch):
        await ravi.share_contact()
    first = firm.code()
    await firm.chat.restart()
    await ravi.send(first)
    assert "This is not the code" in ravi.screen.text
    await ravi.send(firm.code())
    assert "Welcome" in ravi.screen.text


async def test_it_counts_as_one(firm, ravi, monkeypatch):
    with dying(monkeypatch):
        await ravi.share_contact()
    await firm.chat.restart()
    assert len(firm.store.sign_ins.limit(f"phone:{ravi.person.phone}").sends) == 1
    await ravi.press("Send again")
    assert "The next one can be sent in" in ravi.screen.text


async def test_the_admins_hear_of_who_knocked_before_a_death(firm, monkeypatch):
    stranger = firm.chat.phone("Gopal", "+919822222222")
    for _death in range(2):
        with dying(monkeypatch):
            await (firm.chat.restart() if _death else stranger.share_contact())
    await firm.chat.restart()
    assert firm.admin.transcript().count("which is not registered") == 1
    assert "The admin has been asked" in stranger.screen.text
    await stranger.share_contact()
    assert firm.admin.transcript().count("which is not registered") == 1


@pytest.mark.parametrize("deed", ["Deactivate", "Reactivate"])
async def test_what_another_admin_undid_stays_undone(firm, ravi, monkeypatch, deed):
    await ravi.share_contact()
    await ravi.send(firm.code())
    user = firm.store.users.by_phone("+919876543210")
    await walk("/users", "[Ravi Kumar]")(firm.admin)
    if deed == "Reactivate":
        await firm.admin.press("Deactivate")
    with dying(monkeypatch):
        await firm.admin.press(deed)
    firm.store.users.set_active(user.id, deed == "Deactivate")  # by another admin, on another bot
    await firm.chat.restart()
    assert firm.store.users.get(user.id).active is (deed == "Deactivate")
    assert "any more." not in firm.admin.screen.text
    assert "again." not in firm.admin.screen.text


async def test_a_card_of_earlier_undoes_nothing(firm, ravi):
    """It is compared with the partner as they are, whoever presses, after a death or not."""
    await walk("/users", "[Ravi Kumar]")(firm.admin)
    earlier = firm.admin.screen
    await firm.admin.press("Deactivate")
    await firm.admin.press("Reactivate")
    await firm.admin.press_old(earlier, "🚫 Deactivate")
    assert firm.store.users.by_phone("+919876543210").active
    assert "any more." not in firm.admin.screen.text


async def test_nor_does_a_tap_that_others_overtake(firm, ravi, monkeypatch):
    """Between its look at the partner and its write, others remove them and let them in again."""
    user, note = firm.store.users.by_phone("+919876543210"), firm.store.audit.note

    def overtaken(event):
        firm.store.users.set_active(user.id, False)
        firm.store.users.set_active(user.id, True)
        return note(event)

    await walk("/users", "[Ravi Kumar]")(firm.admin)
    with monkeypatch.context() as patch:
        patch.setattr(firm.store.audit, "note", overtaken)
        await firm.admin.press("Deactivate")
    assert firm.store.users.get(user.id).active
    assert "any more." not in firm.admin.screen.text


async def test_of_two_taps_the_second_tells_nobody(firm, ravi):
    await ravi.share_contact()
    await ravi.send(firm.code())
    await walk("/users", "[Ravi Kumar]")(firm.admin)
    card = firm.admin.screen
    for _tap in range(2):
        await firm.admin.press_old(card, "🚫 Deactivate")
    assert "may not sign in any more" in firm.admin.screen.text
    assert ravi.transcript().count("has ended your access") == 1


@pytest.mark.parametrize(
    ("deed", "news"),
    [
        ("Deactivate", "has ended your access"),
        ("Sign out everywhere", "has signed you out"),
    ],
)
async def test_the_partner_hears_of_it_once(firm, ravi, monkeypatch, deed, news):
    await ravi.share_contact()
    await ravi.send(firm.code())
    await walk("/users", "[Ravi Kumar]")(firm.admin)
    with dying(monkeypatch):
        await firm.admin.press(deed)
    assert news not in ravi.transcript()
    await firm.chat.restart()
    assert ravi.transcript().count(news) == 1


async def test_who_has_signed_in_since_stays_signed_in(firm, ravi, monkeypatch):
    await ravi.share_contact()
    await ravi.send(firm.code())
    await walk("/users", "[Ravi Kumar]")(firm.admin)
    with dying(monkeypatch):
        await firm.admin.press("Sign out everywhere")
    firm.clock.advance(minutes=2)
    await ravi.share_contact()
    await ravi.send(firm.code())
    await firm.chat.restart()
    await ravi.send("/customers")
    assert "There is no customer yet" in ravi.screen.text


async def test_a_code_that_reaches_nobody_is_made_three_times(firm, ravi, monkeypatch):
    """However often the bot is started anew while its answer waits for Telegram."""
    for start in range(5):
        with dying(monkeypatch):
            await (firm.chat.restart() if start else ravi.share_contact())
        (share,) = firm.store.inbox.waiting()
        firm.store.inbox.waits_to_be_told(share.update_id)
    await firm.chat.restart()
    assert firm.admin.transcript().count("sign in:") == 3
    assert "A code was sent a moment ago" in ravi.screen.text
    await ravi.send(firm.code())
    assert "Welcome" in ravi.screen.text


async def test_a_phone_that_is_locked_by_then_gets_none(firm, ravi, monkeypatch):
    with dying(monkeypatch):
        await ravi.share_contact()
    until = firm.clock.now() + dt.timedelta(hours=1)
    firm.store.sign_ins.amend_limit(
        "phone:+919876543210", lambda limit: limit.model_copy(update={"locked_until": until})
    )
    await firm.chat.restart()
    assert firm.admin.transcript().count("sign in:") == 1
    assert "Too many wrong codes" in ravi.screen.text


async def test_of_an_objection_the_admins_hear(firm, ravi, monkeypatch):
    await ravi.share_contact()
    await ravi.send(firm.code())
    with dying(monkeypatch):
        await ravi.press("Not me: sign out")
    await firm.chat.restart()
    assert "is signed out everywhere" in ravi.screen.text
    assert "over already" not in ravi.transcript()
    assert firm.admin.transcript().count("says now that it was not them") == 1


async def test_another_update_ends_nothing_any_more(firm, ravi, monkeypatch):
    await ravi.share_contact()
    await ravi.send(firm.code())
    notice = next(one for one in ravi.messages if "Not me: sign out" in one.buttons)
    await ravi.press_old(notice, "Not me: sign out")
    with dying(monkeypatch):
        await ravi.press_old(notice, "Not me: sign out")
    await firm.chat.restart()
    assert "over already" in ravi.screen.text
    assert firm.admin.transcript().count("says now that it was not them") == 1
