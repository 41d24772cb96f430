"""Customers' reminders: each is claimed by one, for good, unless nobody got it for certain."""

from storage.models import Reminding

ID, INVOICE = "64b7f0c2a1d3e4f5a6b7c8d9:d3", "64b7f0c2a1d3e4f5a6b7c8d9"


def claim(store, clock, id=ID) -> bool:
    was = store.customer_reminders.get(id)
    return store.customer_reminders.claim(id, INVOICE, was=was, now=clock.now())


def test_of_many_at_once_one_claims_it(store, clock, together):
    reminders = store.customer_reminders
    claims = together(lambda _: reminders.claim(ID, INVOICE, was=None, now=clock.now()), times=8)
    assert claims.count(True) == 1


def test_a_claim_never_ends(store, clock):
    assert claim(store, clock)
    clock.advance(days=400)
    assert not claim(store, clock)


def test_what_was_sent_is_not_claimed_nor_released_nor_refused(store, clock):
    claim(store, clock)
    store.customer_reminders.sent(ID, now=clock.now())
    store.customer_reminders.released(ID)
    store.customer_reminders.refused(ID, refusals=1, now=clock.now())

    kept = store.customer_reminders.get(ID)

    assert (kept.state, kept.refusals) == (Reminding.SENT, 0)
    assert not claim(store, clock)


def test_what_was_released_is_claimed_by_one(store, clock, together):
    claim(store, clock)
    store.customer_reminders.released(ID)
    was = store.customer_reminders.get(ID)

    claims = together(
        lambda _: store.customer_reminders.claim(ID, INVOICE, was=was, now=clock.now()), times=8
    )

    assert claims.count(True) == 1


def test_a_refusal_is_counted_and_stays_so_when_it_is_claimed_again(store, clock):
    claim(store, clock)
    store.customer_reminders.refused(ID, refusals=1, now=clock.now())
    claim(store, clock)

    kept = store.customer_reminders.get(ID)

    assert (kept.state, kept.refusals) == (Reminding.CLAIMED, 1)


def test_who_read_it_before_it_was_refused_cannot_claim_it(store, clock):
    claim(store, clock)
    store.customer_reminders.released(ID)
    before = store.customer_reminders.get(ID)
    claim(store, clock)
    store.customer_reminders.refused(ID, refusals=1, now=clock.now())

    assert not store.customer_reminders.claim(ID, INVOICE, was=before, now=clock.now())


def test_those_of_an_invoice_come_in_order(store, clock):
    for rung in (0, 3, 7):
        claim(store, clock, f"{INVOICE}:d{rung}")
        clock.advance(days=3)
    store.customer_reminders.claim("other:d0", "other", was=None, now=clock.now())

    found = store.customer_reminders.of_invoice(INVOICE)

    assert [one.id.rpartition(":")[2] for one in found] == ["d0", "d3", "d7"]
