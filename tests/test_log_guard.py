"""The guard sees what it is there to see: a leak is planted in every place that a record has."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import sign_in
from bot.phones import mask_phone
from bot.settings import EXAMPLES, load_settings
from storage.models import Customer
from tests.log_guard import GUARD

log = logging.getLogger("a.library")


@pytest.fixture
def code():
    return sign_in.new_code()


def assert_caught(*secrets: str):
    """The test would have failed; it does not, because the leak is taken back."""
    with pytest.raises(AssertionError, match="the log has a secret") as failed:
        GUARD.check()
    for secret in secrets:
        assert secret in str(failed.value)


def test_a_code_in_the_message(code):
    log.debug(f"sent {code}")  # noqa: G004
    assert_caught(code, "a.library", __file__)


def test_a_code_among_the_arguments(code):
    log.debug("sent %s", {"body": f"<code>{code}</code>"})
    assert_caught(code)


def test_a_code_among_the_fields(code):
    log.debug("sent", extra={"about": {"body": code}})
    assert_caught(code)


def test_a_code_in_an_exception_or_its_cause(code):
    broken = RuntimeError("it broke")
    broken.__cause__ = ValueError(code)
    log.error("an update failed", exc_info=broken)
    assert_caught(code)


def test_a_code_in_a_record_of_another_thread(code):
    with ThreadPoolExecutor() as pool:
        pool.submit(log.info, "sent %s", code).result()
    assert_caught(code)


def test_a_session_token():
    sign_in.token_digest(b"k" * 32, "a-session-token")
    log.info("signed in with a-session-token-")
    assert_caught("a-session-token")


@pytest.fixture
def phone():
    """One that a code was made for."""
    number = "+919876543210"
    sign_in.code_digest(
        b"k" * 32, "123456", telegram_user_id=1, chat_id=1, phone=number, challenge="a"
    )
    return number


@pytest.mark.parametrize(
    "written",
    ["+919876543210", "9876543210", "+91 98765 43210", "098765-43210", "+91 (98765) 43210"],
)
def test_a_whole_phone_in_a_record_of_the_bots_own(phone, written):
    logging.getLogger("handlers.sign_in").info("asked for a code: %s", written)
    assert_caught(written)


def test_a_masked_phone_is_no_leak_nor_one_that_a_library_quotes(phone):
    logging.getLogger("bot.delivery").info("asked for a code: %s", mask_phone(phone))
    log.debug("sent to %s", phone)
    GUARD.check()


@pytest.fixture
def customer(mongomock_store):
    """The name of one who was added."""
    added = Customer(id="1", name="Ramesh Kumar", name_key="ramesh kumar")
    return mongomock_store.customers.add(added).name


def test_a_customers_name_in_a_record_of_the_bots_own(customer):
    logging.getLogger("handlers.edge").warning("may not have come: 26-27-00001 %s.pdf", customer)
    assert_caught(customer)


def test_a_customers_name_that_a_library_quotes_is_no_leak(customer):
    log.debug("sent to %s", customer)
    GUARD.check()


@pytest.mark.parametrize("name", ["telegram_bot_token", "telegram_gateway_token"])
def test_a_secret_setting_once_it_is_read(name):
    settings = load_settings(
        _env_file=None, **{"telegram_bot_token": "1:another", name: EXAMPLES[name]}
    )
    log.info("POST https://api.example.net/bot%s", getattr(settings, name).get_secret_value())
    assert_caught(EXAMPLES[name])


def test_what_is_quiet_at_any_level_is_no_leak(code):
    logging.getLogger("httpx").info("POST https://api.example.net/%s", code)
    logging.getLogger("apprise").warning("%s was not sent", code)
    GUARD.check()


def test_digits_that_happen_to_be_within_others_are_no_leak(code):
    log.debug("1%s, %s2, x%s", code, code, code)
    GUARD.check()


def test_what_another_test_made_is_nobodys_secret_any_more(code):
    GUARD.check()
    log.debug("sent %s", code)
    GUARD.check()


def test_what_a_process_said_of_its_secret_settings():
    GUARD.watch_settings({"SECRET_KEY": "a key of thirty-two characters", "CURRENCY": "INR"})
    with pytest.raises(AssertionError, match="told a secret"):
        GUARD.check_text("Traceback: b'a key of thirty-two characters'")
    GUARD.check_text("CURRENCY is INR")


def test_an_example_that_is_shown_to_people_is_no_secret():
    GUARD.watch_settings({"TELEGRAM_BOT_TOKEN": EXAMPLES["telegram_bot_token"]})
    GUARD.check_text(f"TELEGRAM_BOT_TOKEN is missing; e.g. {EXAMPLES['telegram_bot_token']}")
