"""Codes by an Apprise URL: what arrives at an HTTP gateway, and why something does not."""

import socket

import pytest

from bot.delivery import NotSent, Otp, Outcome, Refused, Unreached, apprise_url
from bot.delivery.apprise_url import AppriseChannel, check_template, send_text, without_secrets
from bot.errors import StartError
from tests.local_server import Answer, serving

# Apprise loads all its plugins at the first use, and one of them imports imghdr.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

CODE = "483920"
OTP = Otp(CODE, "+919876543210", "Gurpreet Singh")
TOKEN = "s3cr3tgatewaytoken"  # noqa: S105 - of no gateway


@pytest.fixture
def gateway():
    with serving(lambda _: Answer()) as server:
        yield server


def channel(server, rest: str = "/sms/{phone}", body: str | None = None) -> AppriseChannel:
    return AppriseChannel(f"json://user:{TOKEN}@{server.host}{rest}", body)


def why_not(channel: AppriseChannel) -> str:
    with pytest.raises(NotSent) as failed:
        channel.send(OTP)
    why = str(failed.value)
    for secret in (CODE, TOKEN, "9876543210", "Do not share it", "\n"):
        assert secret not in why
    return why


# What arrives


def test_the_code_goes_to_the_digits_of_the_phone_with_the_usual_words(gateway):
    assert channel(gateway).send(OTP) is Outcome.ACCEPTED
    (sms,) = gateway.got
    assert sms.path == "/sms/919876543210"
    assert sms.body["message"] == (
        f"{CODE} is your sign-in code for the firm's books. "
        "It is valid 5 minutes. Do not share it."
    )


@pytest.mark.parametrize(
    ("body", "sent"), [("{code}", CODE), ("{code} {x} & <b> {code}", f"{CODE} {{x}} & <b> {CODE}")]
)
def test_the_words_are_the_configured_ones_to_the_letter(gateway, body, sent):
    channel(gateway, body=body).send(OTP)
    assert gateway.got[0].body["message"] == sent


def test_the_phone_can_stand_in_the_query_and_in_the_payload(gateway):
    channel(gateway, "/send?-to={phone}&:number={phone}").send(OTP)
    assert gateway.got[0].path == "/send?to=919876543210"
    assert gateway.got[0].body["number"] == "919876543210"


def test_codes_sent_one_after_the_other_do_not_wait(gateway):
    sms = channel(gateway)
    for code in ("111111", "222222", "333333"):
        sms.send(Otp(code, OTP.phone, OTP.name))
    assert [one.body["message"][:6] for one in gateway.got] == ["111111", "222222", "333333"]


# What fails


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "error=400"),
        (401, "error=401"),
        (404, "error=404"),
        (429, "error=429"),
        (500, "error=500"),
        (503, "error=503"),
    ],
)
def test_a_gateway_that_refuses_says_why_and_is_asked_once(gateway, status, words):
    gateway.respond = lambda _: Answer(status)
    assert words in why_not(channel(gateway))
    assert len(gateway.got) == 1


def test_a_gateway_that_is_not_there_is_a_connection_error():
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"json://127.0.0.1:{reserved.getsockname()[1]}/sms/{{phone}}"
        assert "Connection error" in why_not(AppriseChannel(url))


def test_a_number_that_the_plugin_drops_is_a_failure_and_goes_to_nobody_else():
    sender = "+15005550006"
    dropping = AppriseChannel(f"twilio://AC{'a' * 32}:{'b' * 32}@{sender}/00{{phone}}00")
    assert "takes no such phone number" in why_not(dropping)


@pytest.mark.parametrize("asked", ["", "?redirect=yes"])
def test_a_redirect_is_a_failure_and_the_code_does_not_follow_it(gateway, asked):
    with serving(lambda _: Answer()) as stranger:
        gateway.respond = lambda _: Answer(307, headers={"Location": f"http://{stranger.host}/"})
        assert "error=307" in why_not(channel(gateway, "/sms/{phone}" + asked))
        assert stranger.got == []


def test_a_url_that_calls_itself_optional_cannot_hide_a_failure(gateway):
    gateway.respond = lambda _: Answer(500)
    assert "error=500" in why_not(channel(gateway, "/sms/{phone}?optional=yes&retry=2"))
    assert len(gateway.got) == 1


def test_a_late_answer_may_have_arrived_and_nothing_is_sent_twice(gateway, monkeypatch):
    monkeypatch.setattr(apprise_url, "ANSWER_WITHIN", 0.3)
    gateway.answering.clear()
    assert channel(gateway, "/sms/{phone}?retry=3").send(OTP) is Outcome.UNSURE
    gateway.answering.set()
    assert len(gateway.got) == 1


# Whether anybody may have got it


def failing(server) -> NotSent:
    with pytest.raises(NotSent) as failed:
        send_text(f"json://{server.host}/{{phone}}", OTP.phone, "a text")
    return failed.value


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 429])
def test_of_a_refusal_it_is_certain_that_nobody_got_it(gateway, status):
    gateway.respond = lambda _: Answer(status)
    assert type(failing(gateway)) is Refused


@pytest.mark.parametrize("status", [301, 302, 303, 308, 408, 409, 500, 502, 503, 504])
def test_of_a_gateway_that_breaks_it_is_not(gateway, status):
    gateway.respond = lambda _: Answer(status)
    assert type(failing(gateway)) is NotSent


def test_of_an_answer_that_was_lost_it_is_not(gateway):
    gateway.respond = lambda _: Answer(raw=[])
    assert type(failing(gateway)) is NotSent
    assert len(gateway.got) == 1


def test_of_a_gateway_that_is_not_there_it_is():
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"json://127.0.0.1:{reserved.getsockname()[1]}/{{phone}}"
        with pytest.raises(Unreached):
            send_text(url, OTP.phone, "a text")


def test_of_a_number_that_the_plugin_drops_it_is():
    dropping = f"twilio://AC{'a' * 32}:{'b' * 32}@+15005550006/00{{phone}}00"
    with pytest.raises(Refused):
        send_text(dropping, OTP.phone, "a text")


def test_what_apprise_quotes_is_masked_and_what_helps_is_kept():
    assert (
        without_secrets(f"Failed to send to {OTP.phone}: Unauthorized, error=401. Token ({TOKEN})")
        == "Failed to send to … Unauthorized, error=401. Token (…)"
    )


# A URL that cannot work stops the start


@pytest.mark.parametrize(
    "url",
    [
        "json://sms.example.com/send/{phone}",
        "jsons://sms.example.com/send?-to={phone}",
        f"twilio://AC{'a' * 32}:{'b' * 32}@+15005550006/{{phone}}",
        f"msg91://{'t' * 20}@{'a' * 24}/{{phone}}?:body=OTP&:type=",
        f"vonage://{'a' * 8}:{'b' * 16}@15005550006/{{phone}}",
        "clickatell://apikey/{phone}",
        "sns://AHIAJGNT76XIMXDBIJYA/bu1dHSdO22pfaaVywmNsdljF4C07D3bndi9PQJ9/us-east-2/{phone}",
        f"whatsapp://template:{'c' * 40}@12345/{{phone}}?:body=1",
    ],
)
def test_the_usual_gateways_are_usable(url):
    check_template(url, "OTP_DELIVERY_URL")


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("json://sms.example.com/send", "no {phone}"),
        ("", "no {phone}"),
        ("{phone}", "no Apprise URL"),
        (f"pigeon://user:{TOKEN}@sms.example.com/{{phone}}", "no Apprise URL"),
        ("json://", "no {phone}"),
        ("json://[::1/{phone}", "no Apprise URL"),
        # Apprise takes these without complaint; nothing, or more than one, would go out.
        (f"twilio://AC{'a' * 32}:{'b' * 32}@+15005550006/00{{phone}}00", "exactly one number"),
        (
            f"vonage://{'a' * 8}:{'b' * 16}@15005550006/15005550007?x={{phone}}",
            "exactly one number",
        ),
        (f"vonage://{'a' * 8}:{'b' * 16}@15005550006/{{phone}}/15005550007", "exactly one number"),
        ("json://sms.example.com/send#{phone}", "exactly one number"),
    ],
)
def test_a_url_that_reaches_nobody_is_named_with_an_example_and_not_quoted(url, verdict):
    with pytest.raises(StartError) as stopped:
        check_template(url, "OTP_DELIVERY_URL")
    line = str(stopped.value)
    assert verdict in line
    assert line.startswith("OTP_DELIVERY_URL is wrong")
    assert "e.g. twilio://" in line
    assert "\n" not in line
    assert TOKEN not in line
