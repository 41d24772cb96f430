"""Whoever the firm does not know learns and changes nothing, whatever they send.

``STRANGER_EXAMPLES=20000 make test`` looks longer: so many times fifty updates.
"""

import os
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pymongo.errors import ServerSelectionTimeoutError

from bot import access, sign_in
from tests.flows.any_update import Doing, contact, doings, message, press
from tests.flows.guarded_firm import GuardedFirm
from tests.flows.telling_books import (
    CODE,
    CUSTOMER_PHONES,
    CUSTOMERS,
    INVOICES,
    ITEMS,
    NAMES,
    PARTNER,
    PAYMENT,
    PHONES,
    REMOVED,
)

EXAMPLES = int(os.environ.get("STRANGER_EXAMPLES", "200"))
UPDATES = 50

pytestmark = pytest.mark.timeout(0 if "STRANGER_EXAMPLES" in os.environ else 120)


@pytest.fixture
async def guarded(mongomock_store, clock, tmp_path, monkeypatch):
    monkeypatch.setattr(sign_in, "new_code", lambda: CODE)
    firm = GuardedFirm(mongomock_store, clock, tmp_path)
    async with firm.chat:
        yield firm


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # what fails is one update, and named
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(happening=st.lists(doings, min_size=UPDATES, max_size=UPDATES))
async def test_ten_thousand_updates_of_strangers_reach_nothing(guarded, happening):
    guarded.forget_strangers()
    for doing in happening:
        await guarded.take(doing)
    guarded.check_that_nothing_changed()


# The firm does see it when something leaves it: here the gate takes everybody for a partner.


@pytest.fixture
def open_gate(guarded, monkeypatch):
    partner = guarded.store.users.get(PARTNER)
    monkeypatch.setattr(access, "identify", lambda *_, **__: partner)


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (press(f"c:{CUSTOMERS[0]}"), NAMES[3]),
        (press(f"+i:{INVOICES[0]}"), ITEMS[0]),
        (press(f"p:{PAYMENT}"), "zq-88341"),
        (press(f"cp:{CUSTOMERS[0]}"), "sendPhoto"),
        (press(f"pdf:{INVOICES[0]}"), "sendDocument"),
        (press("me"), NAMES[0]),
        (message(text=f"/start inv_{INVOICES[0]}"), "sendDocument"),
        (message(text="/invoices"), "GQ/26-27/0000"),
        (message(text="wapentake"), NAMES[4]),
        (contact("nobody's", CUSTOMER_PHONES[0]), NAMES[3]),
    ],
)
async def test_what_leaves_the_firm_is_seen(guarded, open_gate, what, told):
    with pytest.raises(AssertionError, match=told):
        await guarded.take(Doing(what))


@pytest.mark.parametrize(
    ("what", "changed"),
    [(message(text="/cancel"), "drafts"), (press("me:out"), "users")],
)
async def test_what_changes_in_the_firm_is_seen(guarded, open_gate, what, changed):
    with suppress(AssertionError):  # what it says leaves the firm too
        await guarded.take(Doing(what))
    with pytest.raises(AssertionError, match=f"{changed} changed"):
        guarded.check_that_nothing_changed()


async def test_the_end_of_somebody_elses_session_is_seen(guarded):
    guarded.store.sign_ins.end(guarded.partner.user_id)
    with pytest.raises(AssertionError, match="authentication changed"):
        guarded.check_that_nothing_changed()


# What of it has to hold by itself, not by chance.


@pytest.mark.parametrize(
    "what",
    [
        contact("another's", PHONES[PARTNER]),
        contact("partner's", PHONES[PARTNER]),
        contact("nobody's", PHONES[PARTNER]),
        contact("own", PHONES[PARTNER], forwarded=True),
        contact("own", f"{PHONES[PARTNER]};ext=5"),
        contact("own", PHONES[REMOVED]),
    ],
)
async def test_no_code_goes_out_for_a_card_that_does_not_prove_a_partners_number(guarded, what):
    await guarded.take(Doing(what, in_group=True))
    await guarded.take(Doing(what))
    assert guarded.store.sign_ins.get(guarded.strangers[0].user_id) is None
    assert CODE not in str(guarded.watched.calls)


@pytest.mark.parametrize("broken", [RuntimeError("gate"), ServerSelectionTimeoutError("db")])
async def test_a_gate_that_breaks_lets_nobody_in(guarded, monkeypatch, broken):
    def breaks(*_, **__):
        raise broken

    monkeypatch.setattr(guarded.store.sign_ins, "get", breaks)
    acts = (press(f"c:{CUSTOMERS[0]}"), message(text=f"/start inv_{INVOICES[0]}"))
    for who, what in enumerate(acts):
        await guarded.take(Doing(what, who=who))
        assert "sendMessage" in dict(guarded.watched.calls)
    guarded.check_that_nothing_changed()
