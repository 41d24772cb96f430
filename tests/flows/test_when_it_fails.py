"""What a person sees, and what the log keeps, when something does not work."""

import logging
import re
from contextlib import contextmanager

import pytest
from pymongo.errors import AutoReconnect, OperationFailure, ServerSelectionTimeoutError

from handlers import customers
from simulator.faults import disconnected, flood, lost_answer, server_error
from tests.flows.pictures import jpeg
from tests.flows.steps import PARTNER_STEPS, walk, with_customer

# The library announces another type for its own attribute, which nothing here reads.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

SECRETS = ("Ramesh", "+919876543211", "9876543211", "Ravi")
AWAY = (
    "The books cannot be reached just now. Nothing is lost: "
    "what you sent is answered as soon as they are back."
)


@contextmanager
def store_away(firm, monkeypatch):
    """A database that does not answer: the access gate is the first to ask it, on every update."""

    def silent(*args, **named):
        raise ServerSelectionTimeoutError("mongodb://ramesh:secret@db: timed out")

    with monkeypatch.context() as patch:
        patch.setattr(firm.store.sign_ins._sign_ins, "find_one", silent)
        yield


@contextmanager
def killed_after_the_commit(firm, monkeypatch):
    """Nothing after the ledger's insert is written."""

    def silent(*args, **named):
        raise AutoReconnect("connection closed")

    with monkeypatch.context() as patch:
        patch.setattr(firm.store.invoices, "bring_up_to", silent)
        yield


def broken(*args, **named):
    """Fails with words that quote the books, as a driver's errors do."""
    try:
        {}[SECRETS[1]]
    except KeyError as error:
        raise ValueError(SECRETS) from error


async def test_an_error_is_a_reference_in_the_chat_and_in_the_log(
    firm, partner, caplog, monkeypatch
):
    monkeypatch.setattr(customers, "listing", broken)
    await partner.send("/customers")
    assert "Something went wrong on our side" in partner.screen.text
    reference = re.search(r"\b[0-9A-F]{6}\b", partner.screen.text)[0]
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    said = record.getMessage()
    assert said.startswith(f"[{reference}]")
    assert str(partner.person.user_id) in said
    assert "ValueError" in said
    assert "KeyError" in said
    assert "in broken" in said


async def test_the_log_of_an_error_holds_nothing_of_the_books(firm, partner, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG, logger="handlers")
    caplog.set_level(logging.DEBUG, logger="bot")
    await walk("/customer", "Ramesh Kumar")(partner)
    monkeypatch.setattr(firm.store.customers, "alike", broken)
    await partner.send("98765 43211")
    assert "Something went wrong" in partner.screen.text
    formatter = logging.Formatter()
    log = "\n".join(formatter.format(record) for record in caplog.records)
    assert "ValueError" in log
    assert not [secret for secret in SECRETS if secret in log]


async def test_whoever_cannot_be_told_at_once_is_told_after_the_next_start(
    firm, partner, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(customers, "listing", broken)
        firm.chat.telegram.faults.plan("sendMessage", flood(60))
        await partner.send("/customers")
        assert "Something went wrong" not in partner.transcript()
        await firm.chat.restart()
    assert "Something went wrong" in partner.screen.text


async def test_an_update_whose_end_cannot_be_noted_stays_in_the_inbox(firm, partner, monkeypatch):
    def refused(*args, **named):
        raise OperationFailure("some other trouble")

    with monkeypatch.context() as patch:
        patch.setattr(firm.store.inbox, "done", refused)
        await partner.send("/customers")
    assert len(firm.store.inbox.waiting()) == 1
    await firm.chat.restart()
    assert not firm.store.inbox.waiting()


async def test_a_database_that_another_program_holds_is_waited_for(firm, partner, monkeypatch):
    def held(*args, **named):
        raise OperationFailure("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(firm.store.sign_ins._sign_ins, "find_one", held)
        await partner.send("/customers")
    assert partner.screen.text == AWAY
    await firm.chat.restart()
    assert "There is no customer yet" in partner.screen.text


async def test_after_an_error_the_draft_goes_on(firm, partner, monkeypatch):
    await walk("/customer", "Ramesh Kumar")(partner)
    with monkeypatch.context() as patch:
        patch.setattr(firm.store.customers, "alike", broken)
        await partner.send("98765 43211")
    await partner.send("98765 43211")
    assert "Email" in partner.screen.text


async def test_the_admin_is_told_once_of_each_cause_and_nothing_but_where_to_look(
    firm, partner, monkeypatch
):
    said = len(firm.admin.messages)
    monkeypatch.setattr(customers, "listing", broken)
    await partner.send("/customers")
    await partner.send("/customers")
    (told,) = firm.admin.messages[said:]
    (reference,) = re.findall(r"\b[0-9A-F]{6}\b", told.text)
    assert reference in "".join(message.text for message in partner.messages)
    assert not [secret for secret in SECRETS if secret in told.text]


async def test_a_store_that_is_away_is_one_sentence(firm, partner, caplog, monkeypatch):
    with store_away(firm, monkeypatch):
        for text in ("/customers", "Ramesh", "/start"):
            await partner.send(text)
            assert partner.screen.text == AWAY
    assert "Traceback" not in caplog.text
    assert "secret" not in caplog.text
    await partner.send("/customers")
    assert "There is no customer yet" in partner.screen.text


async def test_a_draft_goes_on_when_the_store_is_back(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await walk("/invoice", "[Ramesh Kumar]", "wheat")(partner)
    with store_away(firm, monkeypatch):
        await partner.send("52")
        assert partner.screen.text == AWAY
    await partner.send("52")
    assert "Price of one wheat" in partner.screen.text


async def test_the_buttons_stay_while_the_store_is_away(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    with store_away(firm, monkeypatch):
        await partner.press("✓ Save invoice")
        assert partner.screen.text == AWAY
    await partner.press("✓ Save invoice")
    assert firm.store.invoices.count() == 1
    assert partner.screen.document.content.startswith(b"%PDF-")


async def test_a_store_that_goes_away_just_after_the_commit_posts_once(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    with killed_after_the_commit(firm, monkeypatch):
        await partner.press("✓ Save invoice")
    await partner.press("✓ Save invoice")
    assert firm.store.invoices.count() == 1
    (customer,) = firm.store.customers.recent(5)
    head = firm.store.ledger.head(customer.id)
    assert (head.seq, head.after) == (1, 126_100_00)
    assert customer.total_outstanding_balance == 126_100_00
    assert partner.screen.document.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    "how", ["[✕ Cancel]", "[✎ Paid]", "[✓ Save invoice]", "/cancel", "/menu", "/invoice", "500"]
)
async def test_what_was_saved_when_the_bot_was_killed_is_said_before_anything_else(
    firm, partner, monkeypatch, how
):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    with killed_after_the_commit(firm, monkeypatch):
        await partner.press("✓ Save invoice")
    await walk(how)(partner)
    said = [message.text for message in partner.messages]
    assert len([text for text in said if "Invoice 26-27/00001 saved" in text]) == 1
    assert [message for message in partner.messages if "document" in message.kept.message]
    draft = firm.draft_of(partner)
    assert (draft is None) == (how != "/invoice")
    assert firm.store.invoices.count() == 1
    (customer,) = firm.store.customers.recent(5)
    assert customer.total_outstanding_balance == 126_100_00


async def test_what_was_not_saved_when_the_bot_was_killed_stands_at_its_summary(
    firm, partner, monkeypatch
):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    with monkeypatch.context() as patch:
        patch.setattr(firm.store.ledger, "append", broken)
        await partner.press("✓ Save invoice")
    await partner.press("✓ Save invoice")
    assert "out of date" in partner.answers[-1].text
    await partner.press("✓ Save invoice")
    assert firm.store.invoices.count() == 1


async def test_a_code_can_be_typed_again_when_the_store_is_back(firm, monkeypatch):
    await firm.add_partner("Ravi Kumar", "+919876543210")
    phone = firm.chat.phone("Ravi", "+919876543210")
    await phone.share_contact()
    with store_away(firm, monkeypatch):
        await phone.send(firm.code())
        assert phone.screen.text == AWAY
    await phone.send(firm.code())
    assert "Welcome" in phone.screen.text


@pytest.mark.parametrize("fault", [server_error(), disconnected(), lost_answer()])
async def test_a_picture_that_does_not_come_through_is_asked_for_again(firm, partner, fault):
    await PARTNER_STEPS["customer photo"](partner)
    firm.chat.telegram.faults.plan("getFile", fault)
    await partner.send_photo(jpeg())
    assert "did not come through. Please send it again" in partner.screen.text
    await partner.send_photo(jpeg())
    assert "Photo: yes" in partner.screen.text


async def test_a_file_too_large_is_refused_before_it_is_downloaded(partner):
    await PARTNER_STEPS["customer photo"](partner)
    await partner.send_document(b"\xff\xd8\xff" + bytes(11 * 1024**2), "poster.jpg")
    assert "at most 10 MB" in partner.screen.text


# The library announces another type for its own attribute, which nothing here reads.
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_telegram_in_a_hurry_is_waited_for(firm, partner):
    firm.chat.telegram.faults.plan("sendMessage", flood(1))
    await partner.send("/customers")
    assert "There is no customer yet" in partner.screen.text


async def test_a_message_that_may_have_arrived_is_not_sent_twice(firm, partner):
    firm.chat.telegram.faults.plan("sendMessage", lost_answer())
    await partner.send("/customers")
    texts = [message.text for message in partner.messages]
    assert len([text for text in texts if "There is no customer yet" in text]) == 1


async def test_an_invoice_whose_paper_did_not_go_out_is_saved_and_its_paper_comes_later(
    firm, partner
):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    firm.chat.telegram.faults.plan("sendDocument", server_error())
    await partner.press("✓ Save invoice")
    assert "What was saved is safe" in partner.screen.text
    await partner.press("PDF again")
    assert partner.screen.document.content.startswith(b"%PDF-")
    assert firm.store.invoices.count() == 1


async def test_whoever_blocks_the_bot_before_the_answer_makes_no_noise(firm, partner, caplog):
    partner.person.send("/customers")
    firm.chat.telegram.updates.allowed = ["message"]
    partner.person.block()
    await firm.chat.pump()
    assert firm.store.users.by_phone("+919876543210").reachable is False
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_a_tap_too_old_to_be_answered_still_does_its_work(firm, partner):
    await partner.send("/customer")
    await walk("/customer", "Ramesh Kumar")(partner)
    question = partner.screen
    partner.person.tap(question.kept.message, question.button_rows[0][0]["callback_data"])
    firm.chat.telegram.taps.clear()
    await firm.chat.pump()
    assert "Email" in partner.screen.text


async def test_a_button_of_a_message_that_was_deleted_still_does_its_work(firm, partner):
    await walk("/customer", "Ramesh Kumar")(partner)
    question = partner.screen
    partner.person.chat.delete(question.id)
    partner.person.tap(question.kept.message, question.button_rows[0][0]["callback_data"])
    await firm.chat.pump()
    assert "Email" in partner.screen.text


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageText", "sendChatAction"])
@pytest.mark.parametrize("fault", [server_error(), lost_answer()])
async def test_a_call_that_only_adorns_keeps_back_neither_receipt_nor_paper(
    firm, partner, method, fault
):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    firm.chat.telegram.faults.plan(method, fault)
    await partner.press("✓ Save invoice")
    assert [one for one in partner.messages if "Invoice 26-27/00001 saved" in one.text]
    assert partner.screen.document.content.startswith(b"%PDF-")


async def test_a_code_that_cannot_be_deleted_signs_in_all_the_same(firm):
    await firm.add_partner("Ravi Kumar", "+919876543210")
    phone = firm.chat.phone("Ravi", "+919876543210")
    await phone.share_contact()
    firm.chat.telegram.faults.plan("deleteMessage", server_error())
    await phone.send(firm.code())
    assert "Welcome" in phone.screen.text


async def test_lists_that_lag_behind_the_ledger_catch_up_by_themselves(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    with killed_after_the_commit(firm, monkeypatch):
        await partner.press("✓ Save invoice")
    assert firm.store.invoices.count() == 0
    (job,) = firm.chat.application.job_queue.get_jobs_by_name("catch-up")
    await job.callback(None)
    assert firm.store.invoices.count() == 1
