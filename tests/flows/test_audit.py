"""The books check, as the admin sees it: asked for, repaired, and every night."""

import datetime as dt
import logging
from types import SimpleNamespace

import pytest

from handlers import audit
from storage.errors import StoreUnavailable
from tests.flows.steps import walk

SELL = ("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", "[Nothing]", "[+15]")


@pytest.fixture
async def books(firm, partner):
    """One customer who owes for one invoice and has paid something on it."""
    await walk("/customer", "Ramesh Kumar", "[Save now]", *SELL, "[✓ Save invoice]")(partner)
    await walk("/payment", "[Ramesh Kumar]", "50000 cash", "[✓ Save payment]")(partner)
    return firm.store


@pytest.fixture
def admin(firm):
    return firm.admin


def change(store, collection, **fields):
    store._database[collection].update_many({}, {"$set": fields})


def ledger(store):
    return list(store._database["ledger"].find())


async def tick(firm):
    """What the scheduler does every half minute."""
    (job,) = firm.chat.application.job_queue.get_jobs_by_name("audit")
    await job.callback(SimpleNamespace(bot=firm.chat.application.bot))


def told(phone) -> list[str]:
    """What the admin was told without having asked."""
    return [
        one.text for one in phone.messages if one.from_bot and "/audit checks again" in one.text
    ]


def logged(caplog) -> list[tuple[int, str]]:
    return [
        (one.levelno, one.getMessage())
        for one in caplog.records
        if one.name == "handlers.edge.audit_tick"
    ]


SOUND = "The books: 1 customer, 2 entries, 0 differences"
WRONG = "Ramesh Kumar: The customer shows advance 0.07, not 0.00"


# Asked for.


async def test_sound_books_are_one_sentence(books, admin):
    await admin.send("/audit")

    assert admin.screen.text == "✅ 1 customer, 2 entries, 0 differences"
    assert admin.screen.buttons == ["📜 Who did what"]


async def test_it_says_at_once_that_it_checks(books, admin, monkeypatch):
    said = []
    check = audit.audit

    def checking(store):
        said.append(admin.screen.text)
        return check(store)

    monkeypatch.setattr(audit, "audit", checking)
    await admin.send("/audit")
    assert said == ["🔎 Checking the books…"]
    assert "0 differences" in admin.screen.text


async def test_books_without_anything(admin):
    await admin.send("/audit")
    assert admin.screen.text == "✅ 0 customers, 0 entries, 0 differences"


async def test_what_is_shown_wrong_is_repaired_from_the_ledger(books, admin):
    before = ledger(books)
    change(books, "customers", advance=7)
    change(books, "payments", amount=1)

    await admin.send("/audit")
    assert admin.screen.text.split("\n") == [
        "⚠️ 1 customer, 2 entries, 2 differences",
        "",
        "Shown otherwise than the ledger says",
        f"• {WRONG}",
        admin.screen.text.split("\n")[4],
    ]
    assert "shows amount 0.01, not 50,000.00" in admin.screen.text

    await admin.press("Repair the views")
    assert admin.screen.text.startswith(f"Repaired from the ledger\n• {WRONG}\n• Ramesh")
    assert admin.screen.text.endswith("✅ 1 customer, 2 entries, 0 differences")
    assert admin.screen.buttons == ["📜 Who did what"]
    assert books.payments.page(0, 1)[0].amount == 50_000_00
    assert ledger(books) == before


async def test_a_wrong_ledger_is_named_and_not_repaired(books, admin):
    (entry,) = books._database["ledger"].find({"kind": "payment"})
    books._database["ledger"].update_one({"_id": entry["_id"]}, {"$set": {"advance": 7}})

    await admin.send("/audit")
    assert "The ledger itself is wrong\n• Ramesh Kumar: Entry 2" in admin.screen.text
    assert "It is never repaired here" in admin.screen.text
    assert admin.screen.buttons == ["📜 Who did what"]


async def test_what_cannot_be_repaired_is_said_to_be_left(books, admin):
    stray = {**books._database["payments"].find_one(), "_id": "stray"}
    books._database["payments"].insert_one(stray)

    await admin.send("/audit")
    await admin.press("Repair the views")
    assert "Nothing was repaired." in admin.screen.text
    assert "cannot be put right from the ledger" in admin.screen.text
    assert "Payment stray is shown, and in no entry" in admin.screen.text
    assert admin.screen.buttons == ["📜 Who did what"]


async def test_two_taps_repair_once(books, admin):
    change(books, "customers", advance=7)
    await admin.send("/audit")
    first = admin.screen
    await admin.press("Repair the views")
    await admin.press_old(first, "Repair the views")
    assert "Nothing was repaired." in admin.screen.text
    assert books.customers.page(0, 1)[0].advance == 0


async def test_ever_so_many_differences_are_one_message(books, admin):
    payment = books._database["payments"].find_one()
    for number in range(30):
        stray = {**payment, "_id": f"{'<b>' * 60}{number}", "customer_id": "<x>" * 60}
        books._database["payments"].insert_one(stray)

    await admin.send("/audit")
    assert "30 differences" in admin.screen.text
    assert "… and 20 more" in admin.screen.text


async def test_an_admin_who_is_a_partner_goes_on_with_their_draft(firm, admin):
    await firm.add_partner("Asha", "+919811111111")
    await admin.share_contact()
    await admin.send(firm.code())
    await walk("/customer", "Mahesh")(admin)
    await admin.send("/audit")
    assert "0 differences" in admin.screen.text
    await walk("98765 43211")(admin)
    assert "mail" in admin.screen.text


async def test_nobody_else_may(books, partner):
    change(books, "customers", advance=7)
    await partner.send("/audit")
    assert "Only the admin can do this" in partner.screen.text
    partner.person.tap(partner.messages[1].kept.message, "repair")
    await partner.chat.pump()
    assert "Only the admin can do this" in partner.screen.text
    assert books.customers.page(0, 1)[0].advance == 7


# By itself.


async def test_after_a_start_one_line_in_the_log(firm, books, admin, caplog):
    caplog.set_level(logging.INFO)
    await tick(firm)
    await tick(firm)
    assert logged(caplog) == [(logging.INFO, SOUND)]
    assert told(admin) == []


async def test_once_it_is_made_the_store_is_not_asked_until_the_next_night(firm, monkeypatch):
    await tick(firm)
    monkeypatch.delattr(firm.store, "reminders")
    await tick(firm)


async def test_after_each_start_again(firm, books, caplog):
    caplog.set_level(logging.INFO)
    for _start in range(3):
        await tick(firm)
        await firm.chat.restart()
    assert logged(caplog) == [(logging.INFO, SOUND)] * 3


async def test_at_three_at_night_and_not_before(firm, books, caplog):
    caplog.set_level(logging.INFO)
    await tick(firm)
    night = dt.datetime.combine(dt.date(2026, 8, 2), dt.time(2, 59), firm.clock.zone)
    firm.clock.moment = night
    await tick(firm)
    assert len(logged(caplog)) == 1
    firm.clock.advance(minutes=1)
    await tick(firm)
    await tick(firm)
    assert len(logged(caplog)) == 2


async def test_a_start_before_three_counts_for_the_night_before(firm, books, caplog):
    caplog.set_level(logging.INFO)
    night = dt.datetime.combine(dt.date(2026, 8, 2), dt.time(1, 0), firm.clock.zone)
    firm.clock.moment = night
    await tick(firm)
    firm.clock.advance(hours=2)
    await tick(firm)
    assert len(logged(caplog)) == 2


async def test_what_is_different_is_told_once_a_night(firm, books, admin, caplog):
    change(books, "customers", advance=7)
    await tick(firm)
    await firm.chat.restart()
    firm.clock.advance(minutes=10)
    await tick(firm)
    (message,) = told(admin)
    assert f"• {WRONG}\n" in message
    counted = "The books: 1 customer, 2 entries, 1 difference"
    assert logged(caplog) == [(logging.WARNING, counted)] * 2, "no names and no amounts"
    firm.clock.advance(days=1)
    await tick(firm)
    assert len(told(admin)) == 2


async def test_who_could_not_be_told_is_told_after_the_next_start(firm, books, admin, caplog):
    change(books, "customers", advance=7)
    await admin.block()
    await tick(firm)
    assert "No admin could be told of it." in caplog.text
    await admin.block(blocked=False)
    await firm.chat.restart()
    await tick(firm)
    assert len(told(admin)) == 1


async def test_of_two_bots_on_one_store_one_checks_at_night(firm, books, admin, caplog):
    caplog.set_level(logging.INFO)
    change(books, "customers", advance=7)
    first = firm.chat.application
    await firm.chat._start()
    both = (first, firm.chat.application)
    for _night in range(2):
        for application in both:
            firm.chat.application = application
            await tick(firm)
        firm.clock.advance(days=1)
    await first.shutdown()
    assert len(logged(caplog)) == 3, "one each after the start, then one for both"
    assert len(told(admin)) == 2


async def test_not_beside_another_process_that_is_at_it(firm, books, caplog):
    caplog.set_level(logging.INFO)
    firm.store.reminders.claim("audit", now=firm.clock.now(), lease_seconds=120)
    await tick(firm)
    assert logged(caplog) == []
    firm.clock.advance(minutes=2)
    await tick(firm)
    assert logged(caplog) == [(logging.INFO, SOUND)]


async def test_while_the_store_is_away_it_waits(firm, books, caplog, monkeypatch):
    caplog.set_level(logging.INFO)

    def away():
        raise StoreUnavailable("The database does not answer.")

    with monkeypatch.context() as broken:
        broken.setattr(firm.store.inspection, "counts", away)
        await tick(firm)
    assert "checked again in a moment" in caplog.text
    await tick(firm)
    assert logged(caplog)[-1] == (logging.INFO, SOUND)


async def test_the_scheduler_drops_nothing_that_is_late(firm):
    (job,) = firm.chat.application.job_queue.get_jobs_by_name("audit")
    assert job.job.misfire_grace_time is None
    assert job.job.max_instances == 1
