"""The firm's profile: one document, which nobody overwrites unseen."""

import datetime as dt

import pytest

from storage.errors import Outpaced
from storage.models import AuditEvent, EventKind, FirmProfile, NumberStyle

MOMENT = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)


def test_it_is_empty_until_it_is_written(store):
    firm = store.firm.get()

    assert firm == FirmProfile(id="firm")
    assert (firm.name, firm.number_style, firm.first_month) == (None, NumberStyle.DASHED, 4)


def test_all_of_it_is_there_again(store):
    change = AuditEvent(id="op", kind=EventKind.SETTING, at=MOMENT, telegram_user_id=7)
    written = store.firm.save(
        FirmProfile(
            id="firm",
            name="Singh & Sons",
            address="Shop 14\nKhanna",
            phone="+919876543210",
            gstin="03AAJFS1234K1ZC",
            upi_id="singhandsons@okicici",
            logo_id="64b000000000000000000001",
            number_prefix="KGM",
            number_style=NumberStyle.JOINED,
            first_month=7,
            due_days=15,
            last_change=change,
        )
    )

    assert written.rev == 1
    assert store.firm.get() == written


def test_a_later_state_replaces_the_one_it_was_made_from(store):
    first = store.firm.save(FirmProfile(id="firm", name="Singh", address="Khanna"))

    store.firm.save(first.model_copy(update={"address": None}))

    assert store.firm.get() == FirmProfile(id="firm", name="Singh", rev=2)


@pytest.mark.parametrize("saves", [0, 1], ids=["the first", "a later one"])
def test_of_two_made_from_the_same_state_the_second_is_outpaced(store, saves):
    for number in range(saves):
        store.firm.save(store.firm.get().model_copy(update={"due_days": number}))
    seen = store.firm.get()

    store.firm.save(seen.model_copy(update={"name": "Singh"}))
    with pytest.raises(Outpaced):
        store.firm.save(seen.model_copy(update={"name": "Kaur"}))

    assert store.firm.get().name == "Singh"


def test_of_many_at_once_each_state_is_followed_by_one(embedded_store, together):
    def save(number: int) -> bool:
        try:
            embedded_store.firm.save(FirmProfile(id="firm", due_days=number))
        except Outpaced:
            return False
        return True

    assert sum(together(save, 6)) == 1
    assert embedded_store.firm.get().rev == 1
