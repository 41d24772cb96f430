"""The chain: who is tried, in which order, what the admins read out, and what the log says."""

import io
import logging

import pytest
from pydantic import SecretStr

from bot.delivery import AdminsChannel, Attempt, NotSent, Otp, OtpDelivery, Outcome, gateways
from bot.errors import StartError
from bot.settings import EXAMPLES, load_settings
from tests.gateway_api import GatewayAccount
from tests.local_server import Answer, serving

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

CODE = "483920"
PHONE = "+919876543210"
PERSON = {"code": CODE, "phone": PHONE, "name": "Gurpreet <Singh>"}
TOKEN = "AAs3cr3tgatewaytoken"  # noqa: S105 - of no gateway
PASSWORD = "s3cr3tpassword"  # noqa: S105

ACCEPTED, UNSURE, FAILED = Outcome.ACCEPTED, Outcome.UNSURE, Outcome.FAILED


@pytest.fixture
def account():
    return GatewayAccount(TOKEN, reachable={PHONE})


@pytest.fixture
def telegram(account):
    with serving(account) as server:
        yield server


@pytest.fixture
def sms():
    with serving(lambda _: Answer()) as server:
        yield server


@pytest.fixture
def admins():
    return []


@pytest.fixture
def settings(telegram, sms):
    """Both gateways are set."""
    return load_settings(
        _env_file=None,
        telegram_bot_token=EXAMPLES["telegram_bot_token"],
        telegram_gateway_token=TOKEN,
        telegram_gateway_url=f"http://{telegram.host}",
        otp_delivery_url=f"json://user:{PASSWORD}@{sms.host}/sms/{{phone}}",
    )


@pytest.fixture
def chain(settings, admins):
    return OtpDelivery([*gateways(settings), AdminsChannel(admins.append)])


def tried(delivery) -> list[tuple[str, Outcome]]:
    return [(attempt.channel, attempt.outcome) for attempt in delivery.attempts]


# The order


def test_telegrams_gateway_goes_first_and_what_it_takes_nobody_else_gets(chain, account, sms):
    delivery = chain.deliver(**PERSON)
    assert tried(delivery) == [("gateway", ACCEPTED)]
    assert (delivery.channel, delivery.outcome) == ("gateway", ACCEPTED)
    assert account.messages[0]["code"] == CODE
    assert sms.got == []


def test_then_the_sms_gateway(chain, account, sms, admins):
    account.balance = 0
    delivery = chain.deliver(**PERSON)
    assert tried(delivery) == [("gateway", FAILED), ("apprise", ACCEPTED)]
    assert delivery.channel == "apprise"
    assert CODE in sms.got[0].body["message"]
    assert admins == []


def test_the_admins_come_last(chain, account, sms, admins):
    account.balance = 0
    sms.respond = lambda _: Answer(500)
    delivery = chain.deliver(**PERSON)
    assert tried(delivery) == [("gateway", FAILED), ("apprise", FAILED), ("admins", ACCEPTED)]
    assert CODE in admins[0]


def test_each_failure_says_why(chain, account, sms):
    account.balance = 0
    sms.respond = lambda _: Answer(500)
    too_low, broken, _ = chain.deliver(**PERSON).attempts
    assert "balance" in too_low.why
    assert "error=500" in broken.why


def test_what_may_have_arrived_goes_nowhere_else(settings, admins):
    class Pigeon:
        name = "pigeon"

        def send(self, otp: Otp) -> Outcome:
            return UNSURE if otp.code == CODE else FAILED

    chain = OtpDelivery([Pigeon(), *gateways(settings), AdminsChannel(admins.append)])
    delivery = chain.deliver(**PERSON)
    assert tried(delivery) == [("pigeon", UNSURE)]
    assert (delivery.channel, delivery.outcome) == ("pigeon", UNSURE)


def test_when_nobody_takes_the_code_the_result_says_so():
    delivery = OtpDelivery([]).deliver(**PERSON)
    assert (delivery.channel, delivery.outcome) == (None, FAILED)


@pytest.mark.parametrize(
    ("unset", "left"),
    [
        ({"telegram_gateway_token"}, ["apprise"]),
        ({"otp_delivery_url"}, ["gateway"]),
        ({"telegram_gateway_token", "otp_delivery_url"}, []),
    ],
)
def test_what_is_not_set_is_not_tried(settings, unset, left):
    fewer = settings.model_copy(update=dict.fromkeys(unset))
    assert [channel.name for channel in gateways(fewer)] == left


# The admins' chat


def test_the_admins_get_the_code_with_the_phone_masked_and_what_to_do_with_it(admins):
    AdminsChannel(admins.append).send(Otp(**PERSON))
    (text,) = admins
    assert text == (
        "Call them back on their number, and read it out only to a voice that you know. "
        "It is good for 5 minutes.\n"
        f"Gurpreet &lt;Singh&gt; (+91 …210) wants to sign in: <code>{CODE}</code>"
    )


def test_no_admin_reached_is_a_failure():
    def nobody(_: str) -> None:
        raise ConnectionError

    with pytest.raises(NotSent, match=r"no admin was reached \(ConnectionError\)"):
        AdminsChannel(nobody).send(Otp(**PERSON))


def test_an_admin_may_still_get_what_telegram_took_too_long_to_send():
    def slow(_: str) -> None:
        raise TimeoutError

    assert AdminsChannel(slow).send(Otp(**PERSON)) is UNSURE


# The log


@pytest.fixture
def written():
    """What the process would write to its log at ``LOG_LEVEL=DEBUG``."""
    handler = logging.StreamHandler(io.StringIO())
    logging.root.addHandler(handler)
    yield handler.stream.getvalue
    logging.root.removeHandler(handler)


def lines(written) -> list[str]:
    text = written()
    for secret in (CODE, TOKEN, PASSWORD, PHONE[-10:], "Do not share it"):
        assert secret not in text
    return text.splitlines()


def test_a_code_that_was_taken_is_one_line_with_the_phone_masked(chain, written):
    chain.deliver(**PERSON)
    assert lines(written) == ["Sign-in code for +91 …210: gateway accepted"]


def test_each_failure_is_a_line_with_its_cause(chain, account, sms, written):
    account.balance = 0
    sms.respond = lambda _: Answer(500)
    chain.deliver(**PERSON)
    first, second, third = lines(written)
    assert first.startswith("Sign-in codes: gateway failed: the balance there is too low")
    assert second.startswith("Sign-in codes: apprise failed: Failed to send JSON")
    assert third == "Sign-in code for +91 …210: admins accepted"


def test_a_channel_that_breaks_is_named_without_what_it_said(written):
    class Broken:
        name = "broken"

        def send(self, otp: Otp) -> Outcome:
            raise RuntimeError(otp.code, otp.phone, TOKEN)

    delivery = OtpDelivery([Broken()]).deliver(**PERSON)
    assert delivery.attempts == (Attempt("broken", FAILED, "it broke (RuntimeError)"),)
    assert lines(written) == [
        "Sign-in codes: broken failed: it broke (RuntimeError)",
        "Sign-in code for +91 …210: no channel took it",
    ]


def test_a_url_that_apprise_refuses_is_not_in_the_log(settings, written):
    wrong = SecretStr(f"twilio://{PASSWORD}:{PASSWORD}@+919876543210/{{phone}}")
    with pytest.raises(StartError, match="OTP_DELIVERY_URL is wrong"):
        gateways(settings.model_copy(update={"otp_delivery_url": wrong}))
    assert lines(written) == []
