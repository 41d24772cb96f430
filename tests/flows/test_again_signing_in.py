"""Signing in, and what the admin does to partners, when the bot dies in the middle of it."""

import pytest

from handlers import sign_in, users
from tests.flows.steps import walk
from tests.flows.test_again import Death, dying


@pytest.fixture
async def ravi(firm):
    """Somebody whom the admin has added."""
    await firm.add_partner("Ravi Kumar", "+919876543210")
    return firm.chat.phone("Ravi", "+919876543210")


def dies(*_, **__):
    raise Death


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


CONTRARY = {"Deactivate": "ur", "Reactivate": "ud"}


@pytest.mark.parametrize("deed", CONTRARY)
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


@pytest.mark.parametrize("deed", ["Deactivate", "Sign out everywhere"])
async def test_a_deed_that_was_not_done_is_done(firm, ravi, monkeypatch, deed):
    await ravi.share_contact()
    await ravi.send(firm.code())
    await walk("/users", "[Ravi Kumar]")(firm.admin)
    with monkeypatch.context() as patch:
        patch.setattr(users, "_once", dies)
        with pytest.raises(Death):
            await firm.admin.press(deed)
    await firm.chat.restart()
    assert "ended your access" in ravi.screen.text or "signed you out" in ravi.screen.text
    await ravi.send("/customers")
    assert "share" in ravi.screen.text
