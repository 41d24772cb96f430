"""Events as they are noted: who, what, about whom, in one line each."""

import pytest

from bot import audit_trail
from bot.desk import Who
from storage.models import EventKind, User
from tests.clock import START

RAVI = User(id="ravi", name="Ravi Kumar", phone="+919876543210", registration_date=START.date())
ASHA = Who(9, admin=True, name="Asha")


class Office:
    """As much of a desk as noting needs."""

    def __init__(self, store, clock):
        self.store = store
        self.clock = clock


def test_an_event_says_who_did_what_to_whom_and_when(store, clock):
    noted = audit_trail.note(
        Office(store, clock), EventKind.CHANGE, ASHA, about=RAVI, detail="Ravi K"
    )
    assert store.audit.page(0, 10) == [noted]
    assert (noted.kind, noted.at) == (EventKind.CHANGE, clock.now())
    assert (noted.telegram_user_id, noted.actor_name) == (9, "Asha")
    assert (noted.subject_id, noted.subject, noted.detail) == ("ravi", "Ravi Kumar", "Ravi K")


def test_what_is_about_no_partner_has_a_subject_all_the_same(store, clock):
    noted = audit_trail.note(Office(store, clock), EventKind.EXPORT, ASHA, subject="customers")
    assert (noted.subject_id, noted.subject) == (None, "customers")


def test_events_without_an_id_of_their_own_are_events_each(store, clock):
    for _ in range(3):
        audit_trail.note(Office(store, clock), EventKind.REMOVE, ASHA, about=RAVI)
    assert store.audit.count() == 3


def test_what_was_done_once_is_one_event_however_often_it_is_noted(store, clock):
    first = audit_trail.note(Office(store, clock), EventKind.ADD, ASHA, id="op:add", about=RAVI)
    clock.advance(minutes=5)
    again = audit_trail.note(Office(store, clock), EventKind.ADD, ASHA, id="op:add", about=RAVI)
    assert again == first
    assert store.audit.count() == 1


def test_names_that_people_give_themselves_are_tidied_and_cut():
    noisy = Who(1, name="\u202eevil\n\u200b <b>" + "x" * 5000)
    event = audit_trail.event(
        START, EventKind.SIGN_IN, noisy, detail="y" * 5000, subject="z\n" * 99
    )
    assert event.actor_name.startswith("evil <b>xx")
    assert len(event.actor_name) == len(event.subject) == 40
    assert len(event.detail) == 200
    assert "\n" not in event.actor_name + event.subject


NUMBERS = ["+91 98765 43210", "Ravi 9876543210", "९८७६५ ४३२१०", "98765–43210", "98765/43210"]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_name_that_is_a_number_is_not_kept_as_it_is(store, clock, name):
    noted = audit_trail.note(
        Office(store, clock),
        EventKind.CHANGE,
        Who(1, name=name),
        about=RAVI.model_copy(update={"name": name}),
        detail=f"{name} → Ravi",
    )
    for kept in (noted.actor_name, noted.subject, noted.detail):
        assert sum(letter.isdecimal() for letter in kept) < 7
        assert "…" in kept


@pytest.mark.parametrize("detail", ["+91 …210 → +91 …219", "1 Apr 2026 to 31 Mar 2027"])
def test_what_is_no_whole_number_is_kept(detail):
    assert audit_trail.event(START, EventKind.CHANGE, ASHA, detail=detail).detail == detail
