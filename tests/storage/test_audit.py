"""The audit keeps what happened, each event once, and shows it newest first."""

import datetime as dt

import pytest

from storage.models import AuditEvent, EventKind

NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


def event(id: str, **changes: object) -> AuditEvent:
    usual = {"id": id, "kind": EventKind.SIGN_IN, "at": NOON, "telegram_user_id": 7_000_000_001}
    return AuditEvent.model_validate({**usual, **changes})


def ids(events) -> list[str]:
    return [event.id for event in events]


def test_an_event_is_found_again_as_it_was(store):
    noted = event(
        "a",
        kind=EventKind.LOCK,
        actor_name="राम 😀",
        subject_id="ravi",
        subject="Ravi",
        detail="+91 …210",
        until=NOON + dt.timedelta(hours=1),
        former_telegram_user_id=7_000_000_002,
    )
    assert store.audit.note(noted) == noted
    assert store.audit.get("a") == noted
    assert store.audit.get("b") is None


def test_of_two_events_with_one_id_the_first_is_kept_and_returned(store):
    first = store.audit.note(event("a", detail="first"))
    assert store.audit.note(event("a", detail="second")) == first
    assert store.audit.page(0, 10) == [first]


def test_of_many_that_note_one_event_at_once_each_gets_the_same(embedded_store, together):
    noted = together(lambda n: embedded_store.audit.note(event("a", detail=str(n))), 12)
    assert noted == [embedded_store.audit.get("a")] * 12
    assert embedded_store.audit.count() == 1


@pytest.mark.parametrize("apart", [dt.timedelta(milliseconds=1), dt.timedelta(days=9)])
def test_events_are_shown_newest_first(store, apart):
    for number in (2, 0, 3, 1):
        store.audit.note(event(f"event {number}", at=NOON + number * apart))
    assert ids(store.audit.page(0, 10)) == ["event 3", "event 2", "event 1", "event 0"]


def test_pages_miss_nothing_and_repeat_nothing_though_all_is_of_one_moment(store):
    for number in range(25):
        store.audit.note(event(f"{number * 7 % 25:02}"))
    pages = [ids(store.audit.page(offset, 10)) for offset in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    shown = [id for page in pages for id in page]
    assert shown == [f"{number:02}" for number in reversed(range(25))]
    assert store.audit.count() == 25
