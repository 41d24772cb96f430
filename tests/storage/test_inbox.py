"""The inbox: an update is kept once, waits until it was handled, and is forgotten in time."""

import datetime as dt

from storage.inbox import KEPT_FOR
from storage.models import Draft

MORNING = dt.datetime(2026, 8, 1, 9, 0, tzinfo=dt.UTC)
CODE = '{"update_id": 7, "message": {"text": "123456"}}'


def kept(store, *ids: int, now: dt.datetime = MORNING) -> set[int]:
    return store.inbox.keep([(id, f'{{"update_id": {id}}}') for id in ids], now=now)


def waiting(store) -> list[int]:
    return [arrival.update_id for arrival in store.inbox.waiting()]


def test_what_is_kept_waits_in_telegrams_order(store):
    assert kept(store, 9, 10) == {9, 10}
    assert kept(store, 8) == {8}
    assert waiting(store) == [8, 9, 10]
    assert store.inbox.waiting()[0].body == '{"update_id": 8}'


def test_an_update_that_comes_again_is_not_kept_again(store):
    kept(store, 8)
    assert kept(store, 8, 9) == {9}
    assert kept(store, 8, 9) == set()
    assert waiting(store) == [8, 9]


def test_the_same_update_twice_in_one_batch_is_kept_once(store):
    assert kept(store, 8, 8, 9) == {8, 9}
    assert waiting(store) == [8, 9]


def test_of_what_was_handled_only_the_id_stays(store):
    store.inbox.keep([(7, CODE)], now=MORNING)
    store.inbox.done(7, now=MORNING)
    assert waiting(store) == []
    assert store.inbox.get(7).body is None
    assert kept(store, 7) == set()


def test_what_was_handled_before_it_was_kept_stays_away(store):
    store.inbox.done(7, now=MORNING)
    assert store.inbox.get(7) is None


def test_tries_are_counted_from_the_first_on(store):
    kept(store, 7)
    assert store.inbox.get(7).tries == 1
    store.inbox.count_try(7)
    assert store.inbox.get(7).tries == 2


def test_what_was_done_of_it_is_known_until_it_is_done(store):
    kept(store, 7, 8)
    for what in ("told 11", "told 12"):
        store.inbox.mark(7, what)
    assert store.inbox.is_marked(7, "told 11")
    assert store.inbox.is_marked(7, "told 12")
    assert not store.inbox.is_marked(7, "told 13")
    assert not store.inbox.is_marked(8, "told 11")
    store.inbox.done(7, now=MORNING)
    assert not store.inbox.is_marked(7, "told 11")


def test_the_draft_that_it_ended_is_known_until_it_is_done(store):
    draft = Draft(id="1", op="2", flow="statement", step="range", chat_id=1, updated_at=MORNING)
    kept(store, 7, 8)
    store.inbox.note_ended(7, draft)
    assert (store.inbox.ended(7), store.inbox.ended(8)) == (draft, None)
    store.inbox.done(7, now=MORNING)
    assert store.inbox.ended(7) is None


def test_what_waits_to_be_told_was_not_begun_in_vain(store):
    kept(store, 7)
    store.inbox.count_try(7)
    store.inbox.waits_to_be_told(7)
    assert store.inbox.get(7).tries == 0
    store.inbox.count_try(7)
    assert [one.tries for one in store.inbox.waiting()] == [1]


def test_what_is_set_aside_waits_no_more_and_can_be_looked_at(store):
    store.inbox.keep([(7, CODE)], now=MORNING)
    store.inbox.set_aside(7, "A1B2C3", now=MORNING, keep_body=True)
    store.inbox.done(7, now=MORNING)
    assert waiting(store) == []
    assert (store.inbox.get(7).reference, store.inbox.get(7).body) == ("A1B2C3", CODE)


def test_of_what_may_be_a_code_nothing_stays(store):
    store.inbox.keep([(7, CODE)], now=MORNING)
    store.inbox.set_aside(7, "A1B2C3", now=MORNING, keep_body=False)
    assert waiting(store) == []
    assert (store.inbox.get(7).reference, store.inbox.get(7).body) == ("A1B2C3", None)


def test_what_is_old_is_forgotten_but_for_what_waits(store):
    kept(store, 1, 2, 3, 5)
    store.inbox.done(1, now=MORNING)
    store.inbox.set_aside(2, "A1B2C3", now=MORNING, keep_body=True)
    store.inbox.set_aside(5, "D4E5F6", now=MORNING + KEPT_FOR, keep_body=True)
    kept(store, 4, now=MORNING + KEPT_FOR)
    store.inbox.done(4, now=MORNING + KEPT_FOR)
    later = MORNING + KEPT_FOR + dt.timedelta(seconds=1)
    assert store.inbox.forget(now=later) == 2
    assert [store.inbox.get(id) is not None for id in (1, 2, 3, 4, 5)] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert store.inbox.forget(now=later) == 0


def test_a_body_is_kept_whatever_is_in_it(store):
    body = '{"message": {"text": "\\ud800 $gt {\\"a.b\\": 1} 2026-08-01"}}'
    store.inbox.keep([(7, body)], now=MORNING)
    assert store.inbox.get(7).body == body
