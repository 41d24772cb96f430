"""Reminders: each occurrence is sent by one, once, even when its sender died."""

DIGEST = "2026-08-01:u1:digest"


def claim(store, clock, occurrence=DIGEST):
    return store.reminders.claim(occurrence, now=clock.now(), lease_seconds=60)


def test_an_occurrence_is_claimed_by_one(store, clock):
    assert claim(store, clock)
    assert not claim(store, clock)
    assert claim(store, clock, "2026-08-02:u1:digest")


def test_a_claim_ends_when_its_lease_does(store, clock):
    claim(store, clock)
    clock.advance(seconds=59)
    assert not claim(store, clock)

    clock.advance(seconds=1)
    assert claim(store, clock)
    assert not claim(store, clock)


def test_what_was_sent_is_never_claimed_again(store, clock):
    claim(store, clock)
    assert not store.reminders.is_sent(DIGEST)

    store.reminders.sent(DIGEST, now=clock.now())
    clock.advance(days=2)

    assert store.reminders.is_sent(DIGEST)
    assert not claim(store, clock)


def test_a_send_that_failed_for_certain_can_be_claimed_at_once(store, clock):
    claim(store, clock)
    store.reminders.released(DIGEST)

    assert claim(store, clock)


def test_what_was_sent_cannot_be_released(store, clock):
    claim(store, clock)
    store.reminders.sent(DIGEST, now=clock.now())
    store.reminders.released(DIGEST)

    assert store.reminders.is_sent(DIGEST)


def test_what_nobody_claimed_was_not_sent(store):
    assert not store.reminders.is_sent(DIGEST)


def test_of_many_at_once_one_gets_the_claim(embedded_store, clock, together):
    assert sum(together(lambda _: claim(embedded_store, clock), 12)) == 1

    clock.advance(minutes=5)
    assert sum(together(lambda _: claim(embedded_store, clock), 12)) == 1
