"""Who the admins are: those in ``ADMIN_IDS``, or else whoever opened the one-time link first."""

import pytest

from bot.admins import admin_ids, claim_admin, offer_admin
from bot.desk import Who
from storage.models import EventKind
from tests.bot.desks import desk_of

ASHA, MALLORY = Who(7, name="Asha"), Who(8, name="Mallory")


@pytest.fixture
def desk(store, clock):
    """Of a firm without ``ADMIN_IDS``."""
    return desk_of(store, clock)


def payload(desk) -> str:
    link = offer_admin(desk)
    assert link is not None
    return link.partition("?start=")[2]


def test_whoever_opens_the_link_first_is_the_admin_and_it_is_noted_once(desk):
    opened = payload(desk)
    assert claim_admin(desk, ASHA, opened)
    assert not claim_admin(desk, MALLORY, opened)
    assert claim_admin(desk, ASHA, opened)
    assert admin_ids(desk.settings, desk.store) == {7}
    (noted,) = desk.store.audit.page(0, 10)
    assert (noted.kind, noted.telegram_user_id) == (EventKind.ADMIN, 7)


@pytest.mark.parametrize("made_up", ["", "admin_", "admin_guessed", "inv_" + "0" * 24])
def test_no_other_payload_makes_anybody_the_admin(desk, made_up):
    payload(desk)
    assert not claim_admin(desk, MALLORY, made_up)
    assert admin_ids(desk.settings, desk.store) == set()


def test_there_is_no_link_while_there_is_an_admin(desk):
    assert offer_admin(desk_of(desk.store, desk.clock, admin_ids="9")) is None
    claim_admin(desk, ASHA, payload(desk))
    assert offer_admin(desk) is None


def test_a_link_that_nobody_opened_is_void_once_there_is_an_admin(desk):
    lying = payload(desk)
    assert not claim_admin(desk_of(desk.store, desk.clock, admin_ids="9"), MALLORY, lying)
    assert desk.store.admins.claimed() == set()


def test_where_admin_ids_are_set_they_alone_count(desk):
    claim_admin(desk, ASHA, payload(desk))
    assert admin_ids(desk_of(desk.store, desk.clock, admin_ids="9").settings, desk.store) == {9}


def test_the_link_itself_is_not_kept(desk):
    token = payload(desk).removeprefix("admin_")
    (kept,) = desk.store.admins._documents.find()
    assert token not in str(kept)
