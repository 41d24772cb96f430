"""After a restore the admins hear, once, of when the books are that everybody works on now."""

import datetime as dt

import pytest

from bot.audit_trail import event
from bot.desk import Who
from storage.errors import StoreUnavailable
from storage.models import EventKind
from tests.flows.mornings import tick

NAME = "restored"


@pytest.fixture
def restored(firm):
    """Books from the backup of two in the morning, the day before."""
    yesterday = firm.clock.today() - dt.timedelta(days=1)
    made_at = dt.datetime.combine(yesterday, dt.time(2, 30), firm.clock.zone)
    firm.store.filling.mark_restored(made_at.astimezone(dt.UTC))
    return firm


def told(phone) -> list[str]:
    return [one.text for one in phone.messages if "These are the books of" in one.text]


async def test_the_admin_hears_of_it_and_what_it_means(restored):
    await tick(restored, NAME)
    (said,) = told(restored.admin)
    yesterday = restored.clock.today() - dt.timedelta(days=1)
    assert f"{yesterday.day} {yesterday:%b %Y}, 02:30" in said
    assert "What was posted later is missing" in said
    assert "Numbers after the last one here are given again" in said


async def test_who_did_what_has_it_too(restored):
    made_at, now = restored.store.filling.restored(), restored.clock.now()
    restored.store.audit.note(event(now, EventKind.RESTORE, Who(0), id="restore:1", until=made_at))
    await restored.admin.send("/audit")
    await restored.admin.press("Who did what")
    yesterday = restored.clock.today() - dt.timedelta(days=1)
    said = f"all books were restored, from the backup of {yesterday.day} {yesterday:%b %Y}, 02:30"
    assert said in restored.admin.screen.text


async def test_the_day_is_said_of_todays_backup_too(firm):
    made_at = dt.datetime.combine(firm.clock.today(), dt.time(2, 30), firm.clock.zone)
    firm.store.filling.mark_restored(made_at.astimezone(dt.UTC))
    await tick(firm, NAME)
    assert f"{made_at.day} {made_at:%b %Y}, 02:30" in told(firm.admin)[0]


async def test_once(restored):
    await tick(restored, NAME)
    await tick(restored, NAME)
    assert restored.store.filling.restored() is None  # nor is it after the next start
    assert len(told(restored.admin)) == 1


async def test_books_that_were_not_restored_are_not_spoken_of(firm, partner):
    await tick(firm, NAME)
    assert told(firm.admin) == told(partner) == []


async def test_it_waits_until_an_admin_can_be_told(restored, caplog):
    await restored.admin.block()
    await tick(restored, NAME)
    assert restored.store.filling.restored() is not None

    await restored.admin.block(blocked=False)
    await tick(restored, NAME)
    assert len(told(restored.admin)) == 1
    assert "Traceback" not in caplog.text


async def test_and_while_the_store_is_away(restored, monkeypatch):
    with monkeypatch.context() as away:

        def unavailable():
            raise StoreUnavailable

        away.setattr(restored.store.filling, "restored", unavailable)
        await tick(restored, NAME)
    await tick(restored, NAME)
    assert len(told(restored.admin)) == 1
