"""``python -m bot otp-test`` as people run it: who took the code, or what to change."""

import re

import pytest

from bot.settings import EXAMPLES
from tests.gateway_api import GatewayAccount
from tests.local_server import Answer, serving
from tests.process.live import Live
from tests.process.running import command

pytestmark = pytest.mark.process

PHONE = "+919876543210"
TOKEN = "AAs3cr3tgatewaytoken"  # noqa: S105 - of no gateway


@pytest.fixture
def account():
    return GatewayAccount(TOKEN, reachable={PHONE})


@pytest.fixture
def telegram(account):
    with serving(account) as server:
        yield {"TELEGRAM_GATEWAY_TOKEN": TOKEN, "TELEGRAM_GATEWAY_URL": f"http://{server.host}"}


@pytest.fixture
def gateway():
    with serving(lambda _: Answer()) as server:
        yield server


@pytest.fixture
def sms(gateway):
    return {"OTP_DELIVERY_URL": f"json://user:s3cr3t@{gateway.host}/sms/{{phone}}"}


async def test_the_gateway_that_took_it_is_named(tmp_path, account, telegram):
    ended = await command(tmp_path, "otp-test", PHONE, **telegram)

    assert (ended.code, ended.complained) == (0, "")
    first, second, *_ = ended.said.splitlines()
    (message,) = account.messages
    assert first == f"The test code {message['code']} goes to +91 …210. It signs nobody in."
    assert second == "TELEGRAM_GATEWAY_TOKEN: took it."


async def test_each_that_failed_is_said_with_what_to_do(tmp_path, account, telegram, sms):
    account.balance = 0
    ended = await command(tmp_path, "otp-test", PHONE, **telegram, **sms)

    assert (ended.code, ended.complained) == (0, "")
    _, first, second, _ = ended.said.splitlines()
    assert first.startswith("TELEGRAM_GATEWAY_TOKEN: failed: the balance there is too low; top it")
    assert second == "OTP_DELIVERY_URL: took it."


async def test_when_none_took_it_the_exit_code_is_1(tmp_path, account, telegram, sms, gateway):
    account.token = "AAanother"  # noqa: S105
    gateway.respond = lambda _: Answer(500)
    ended = await command(tmp_path, "otp-test", PHONE, **telegram, **sms)

    assert ended.code == 1
    _, first, second = ended.said.splitlines()
    assert first.startswith("TELEGRAM_GATEWAY_TOKEN: failed: it refuses the token")
    assert second.startswith("OTP_DELIVERY_URL: failed: Failed to send JSON POST notification")
    assert len(ended.complained.splitlines()) == 1
    assert "the admins would get it" in ended.complained
    assert "Change what is named above" in ended.complained


async def test_the_sms_tells_that_it_is_a_test(tmp_path, sms, gateway):
    await command(tmp_path, "otp-test", PHONE, **sms)
    assert re.fullmatch(r"\d{6} is a test of the sign-in codes .*", gateway.got[0].body["message"])


async def test_the_words_that_are_set_go_out_as_they_are(tmp_path, sms, gateway):
    await command(tmp_path, "otp-test", PHONE, **sms, OTP_BODY="{code} is your FIRM code. -FIRM")
    assert re.fullmatch(r"\d{6} is your FIRM code\. -FIRM", gateway.got[0].body["message"])


async def test_a_number_is_understood_as_in_the_bot(tmp_path, sms, gateway):
    ended = await command(tmp_path, "otp-test", "98765", "43210", **sms)
    assert ended.code == 0
    assert gateway.got[0].path == "/sms/919876543210"


async def test_it_works_while_the_bot_runs_on_the_same_data(tmp_path, telegram):
    async with Live(tmp_path) as live:
        ended = await command(tmp_path, "otp-test", PHONE, **live.bot.settings | telegram)
    assert ended.code == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("98765", "“98765” is not a phone number that exists"),
        ("ravi", "“ravi” is not a phone number"),
        ("+911123456789", "not a mobile number"),
    ],
)
async def test_a_number_that_is_none_is_one_line_with_an_example(tmp_path, sms, typed, words):
    ended = await command(tmp_path, "otp-test", typed, **sms)

    assert (ended.code, ended.said) == (1, "")
    assert len(ended.complained.splitlines()) == 1
    assert words in ended.complained
    assert "+91 81234 56789" in ended.complained


async def test_without_a_gateway_it_says_what_to_set(tmp_path):
    ended = await command(tmp_path, "otp-test", PHONE)

    assert (ended.code, ended.said) == (1, "")
    assert len(ended.complained.splitlines()) == 1
    for words in ("the admins", "TELEGRAM_GATEWAY_TOKEN", EXAMPLES["otp_delivery_url"]):
        assert words in ended.complained


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_GATEWAY_TOKEN", "hunter2 and more"),
        ("TELEGRAM_GATEWAY_URL", "hunter2"),
        ("OTP_DELIVERY_URL", "pigeon://hunter2@loft/{phone}"),
    ],
)
async def test_a_wrong_setting_is_named_and_not_quoted(tmp_path, name, value):
    ended = await command(tmp_path, "otp-test", PHONE, **{name: value})

    assert (ended.code, ended.said) == (1, "")
    assert len(ended.complained.splitlines()) == 1
    assert f"{name} is wrong" in ended.complained
    assert "hunter2" not in ended.complained


async def test_a_terminal_without_the_letters_gets_their_codes(tmp_path, sms):
    ended = await command(tmp_path, "otp-test", PHONE, **sms, PYTHONIOENCODING="ascii")
    assert ended.code == 0
    assert "+91 \\u2026210" in ended.said
