"""Signing in, knocking, and what the admin does to partners: done once, whenever the bot dies.

Each deed is done once for each write that it makes, and the bot dies before that one; the last
time it lives. After the next start it is done all the same.
"""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

import pytest

from storage.models import EventKind
from tests.flows.steps import walk
from tests.ledger.dying import Death, Killed

RAVI = "+919876543210"


@pytest.fixture
async def ravi(firm):
    """Somebody whom the admin has added."""
    await firm.add_partner("Ravi Kumar", RAVI)
    return firm.chat.phone("Ravi", RAVI)


def noted(firm, kind: EventKind) -> int:
    return sum(event.kind is kind for event in firm.store.audit.page(0, 100))


def limit(firm, phone):
    """Of the phone, and of the Telegram user who has it."""
    of_phone, of_user = (
        firm.store.sign_ins.limit(key)
        for key in (f"phone:{phone.person.phone}", f"telegram:{phone.person.user_id}")
    )
    assert len(of_phone.sends) == len(of_user.sends)
    assert len(of_phone.failures) == len(of_user.failures)
    return of_phone


def is_in(firm, phone) -> bool:
    return firm.store.sign_ins.get(phone.person.user_id).verified


def wrong(code: str) -> str:
    return "000000" if code != "000000" else "111111"


async def nothing(_firm, _ravi):
    pass


async def asked(firm, ravi):
    await ravi.share_contact()
    firm.clock.advance(minutes=2)


async def failed_once(firm, ravi):
    await ravi.share_contact()
    await ravi.send(wrong(firm.code()))


async def about_to_be_locked(firm, ravi):
    await ravi.share_contact()
    failures = [firm.clock.now()] * 14
    for key in (f"phone:{RAVI}", f"telegram:{ravi.person.user_id}"):
        firm.store.sign_ins.amend_limit(
            key, lambda limit: limit.model_copy(update={"failures": failures})
        )


async def locked(firm, ravi):
    await about_to_be_locked(firm, ravi)
    await ravi.send(wrong(firm.code()))
    await walk("/users", "[Ravi Kumar]")(firm.admin)


async def signed_in(firm, ravi):
    await ravi.share_contact()
    await ravi.send(firm.code())
    await walk("/users", "[Ravi Kumar]")(firm.admin)


async def removed(firm, ravi):
    await signed_in(firm, ravi)
    await firm.admin.press("Deactivate")


async def shares(_firm, ravi):
    await ravi.share_contact()


async def asks_again(_firm, ravi):
    await ravi.press("Send again")


async def guesses_wrong(firm, ravi):
    await ravi.send(wrong(firm.code()))


async def types_the_code(firm, ravi):
    await ravi.send(firm.code())


async def objects(_firm, ravi):
    await ravi.press("Not me: sign out")


async def leaves(_firm, ravi):
    await ravi.send("/logout")


async def a_stranger_shares(firm, _ravi):
    gopal = firm.chat.phone("Gopal", "+919822222222")
    await gopal.share_contact()


def presses(label: str):
    async def press(firm, _ravi):
        await firm.admin.press(label)

    return press


def codes_sent(count: int):
    async def hold(firm, ravi):
        assert len(limit(firm, ravi).sends) == count
        assert len(firm.store.sign_ins.limit("firm").sends) <= count
        assert "moment ago" not in ravi.transcript()
        await ravi.send(firm.code())
        assert "Welcome" in ravi.screen.text

    return hold


async def one_try_less(firm, ravi):
    assert "4 tries left" in ravi.screen.text
    assert len(limit(firm, ravi).failures) == 1
    assert noted(firm, EventKind.WRONG_CODE) == 1


async def one_lock(firm, ravi):
    assert "Too many wrong codes" in ravi.screen.text
    assert (limit(firm, ravi).failures, limit(firm, ravi).locks) == ([], 1)
    assert noted(firm, EventKind.WRONG_CODE) == noted(firm, EventKind.LOCK) == 1


async def in_and_forgiven(firm, ravi):
    assert "Welcome" in ravi.screen.text
    assert limit(firm, ravi).failures == []
    assert noted(firm, EventKind.SIGN_IN) == 1


async def heard(firm, _ravi):
    assert "which is not registered" in firm.admin.screen.text
    assert len(firm.store.sign_ins.limit("firm").knocks) == 1


async def out_and_known(firm, ravi):
    assert not is_in(firm, ravi)
    assert "is signed out everywhere" in ravi.screen.text
    assert "was not them" in firm.admin.screen.text
    assert noted(firm, EventKind.SIGN_OUT) == 1


async def out_for_good(firm, ravi):
    assert not is_in(firm, ravi)
    assert not firm.store.users.by_phone(RAVI).active
    assert "may not sign in any more" in firm.admin.screen.text
    assert "has ended your access" in ravi.screen.text
    assert noted(firm, EventKind.REMOVE) == 1


async def let_in(firm, ravi):
    assert firm.store.users.by_phone(RAVI).active
    assert "may sign in again" in firm.admin.screen.text
    assert "let you in again" in ravi.screen.text
    assert noted(firm, EventKind.REACTIVATE) == 1


async def out(firm, ravi):
    assert not is_in(firm, ravi)
    assert "is signed out everywhere" in firm.admin.screen.text
    assert "has signed you out" in ravi.screen.text
    assert noted(firm, EventKind.SIGN_OUT) == 1


async def gone(firm, ravi):
    assert not is_in(firm, ravi)
    assert not firm.store.users.by_phone(RAVI).reachable
    assert noted(firm, EventKind.SIGN_OUT) == 1


async def unlocked(firm, ravi):
    assert limit(firm, ravi).locked_until is None
    assert "may ask for a code again" in firm.admin.screen.text
    assert noted(firm, EventKind.UNLOCK) == 1


class Deed(NamedTuple):
    """What came before, what is done, what holds afterwards, and how many writes that makes."""

    before: Callable[..., Awaitable[None]]
    act: Callable[..., Awaitable[None]]
    holds: Callable[..., Awaitable[None]]
    writes: int


DEEDS = {
    "a code": Deed(nothing, shares, codes_sent(1), 6),
    "another code": Deed(asked, asks_again, codes_sent(2), 6),
    "a wrong code": Deed(asked, guesses_wrong, one_try_less, 6),
    "a wrong code that locks": Deed(about_to_be_locked, guesses_wrong, one_lock, 7),
    "the right code": Deed(failed_once, types_the_code, in_and_forgiven, 11),
    "an objection": Deed(signed_in, objects, out_and_known, 5),
    "/logout": Deed(signed_in, leaves, gone, 5),
    "a knock": Deed(nothing, a_stranger_shares, heard, 4),
    "Deactivate": Deed(signed_in, presses("Deactivate"), out_for_good, 6),
    "Reactivate": Deed(removed, presses("Reactivate"), let_in, 6),
    "Sign out everywhere": Deed(signed_in, presses("Sign out everywhere"), out, 6),
    "Unlock": Deed(locked, presses("Unlock"), unlocked, 6),
}


@pytest.mark.parametrize(
    ("name", "writes"),
    [(name, writes) for name, deed in DEEDS.items() for writes in range(deed.writes + 1)],
)
async def test_it_is_done_once(firm, ravi, mortal, name, writes):
    deed = DEEDS[name]
    await deed.before(firm, ravi)
    dies = writes < deed.writes
    try:
        with mortal.dying(Death(writes, after=False)):
            await deed.act(firm, ravi)
    except Killed:
        await firm.chat.restart()
        await firm.chat.pump()
    assert mortal.died is dies
    await deed.holds(firm, ravi)
