"""Payments: each shown once, newest first."""

import datetime as dt

from storage.models import Allocation, Payment

MORNING = dt.datetime(2026, 8, 1, 9, 0, tzinfo=dt.UTC)


def payment(id: str, seq: int, customer_id: str = "c1", amount: int = 500) -> Payment:
    return Payment(
        id=id,
        customer_id=customer_id,
        amount=amount,
        payment_date=MORNING.date(),
        allocations=[Allocation(invoice_id="i1", amount=amount)],
        reference="UPI 4242",
        created_by_user_id="u1",
        created_at=MORNING,
        seq=seq,
    )


def test_payments_of_a_customer_are_listed_newest_first(store):
    first, second, third = (payment(f"p{seq}", seq) for seq in (2, 9, 10))
    for shown in (second, third, first, payment("other", 1, "c2")):
        store.payments.bring_up_to(shown)

    assert store.payments.of_customer("c1", 0, 2) == [third, second]
    assert store.payments.of_customer("c1", 2, 2) == [first]
    assert store.payments.of_customer("nobody", 0, 2) == []


def test_a_payment_shown_again_is_the_same_one(store):
    shown = payment("p1", 1)
    store.payments.bring_up_to(shown)
    store.payments.bring_up_to(payment("p1", 1, amount=900))

    assert store.payments.of_customer("c1", 0, 5) == [shown]
