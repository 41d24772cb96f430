import json
import logging
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from bot import delivery
from bot.delivery import Delivery, Otp, OtpDelivery, Outcome, check_template
from bot.errors import StartError

# Apprise loads all its plugins at the first use, and one of them imports imghdr.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

CODE = "483920"
PERSON = {"code": CODE, "phone": "+919876543210", "name": "Gurpreet <Singh>"}
TOKEN = "s3cr3tgatewaytoken"  # noqa: S105 - of no gateway


class Gateway(BaseHTTPRequestHandler):
    """An SMS gateway of a local HTTP server: keeps what it gets, answers as the test wants."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(SimpleNamespace(path=self.path, **json.loads(body)))
        self.server.wait.wait(5)
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def serving():
    with ThreadingHTTPServer(("127.0.0.1", 0), Gateway) as server:
        server.got, server.status, server.location = [], 200, None
        server.wait = threading.Event()
        server.wait.set()
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.wait.set()
            server.shutdown()
            thread.join()


@pytest.fixture
def gateway():
    with serving() as server:
        yield server


@pytest.fixture
def admins():
    return []


def url_of(server: HTTPServer, rest: str = "/sms/{phone}") -> str:
    return f"json://user:{TOKEN}@127.0.0.1:{server.server_port}{rest}"


def test_the_code_goes_to_the_digits_of_the_phone_with_the_usual_words(gateway, admins):
    chain = OtpDelivery.from_settings(url_of(gateway), None, admins.append)
    assert chain.deliver(**PERSON) == Delivery("apprise", Outcome.ACCEPTED)
    (sms,) = gateway.got
    assert sms.path == "/sms/919876543210"
    assert sms.message == (
        f"{CODE} is your sign-in code for the firm's books. "
        "It is valid 5 minutes. Do not share it."
    )
    assert admins == []


@pytest.mark.parametrize(
    ("body", "sent"), [("{code}", CODE), ("{code} {x} & <b> {code}", f"{CODE} {{x}} & <b> {CODE}")]
)
def test_the_words_are_the_configured_ones_to_the_letter(gateway, admins, body, sent):
    OtpDelivery.from_settings(url_of(gateway), body, admins.append).deliver(**PERSON)
    assert gateway.got[0].message == sent


def test_the_phone_can_stand_in_the_query_and_in_the_payload(gateway, admins):
    url = url_of(gateway, "/send?-to={phone}&:number={phone}")
    OtpDelivery.from_settings(url, None, admins.append).deliver(**PERSON)
    assert gateway.got[0].path == "/send?to=919876543210"
    assert gateway.got[0].number == "919876543210"


def test_codes_sent_one_after_the_other_do_not_wait(gateway, admins):
    chain = OtpDelivery.from_settings(url_of(gateway), None, admins.append)
    for code in ("111111", "222222", "333333"):
        chain.deliver(**{**PERSON, "code": code})
    assert [sms.message[:6] for sms in gateway.got] == ["111111", "222222", "333333"]


def test_without_a_url_the_admins_get_the_code_with_the_phone_masked(admins):
    chain = OtpDelivery.from_settings(None, None, admins.append)
    assert chain.deliver(**PERSON) == Delivery("admins", Outcome.ACCEPTED)
    (text,) = admins
    assert text.startswith("Gurpreet &lt;Singh&gt; (+91 ")
    assert text.endswith(f") wants to sign in: <code>{CODE}</code>")
    assert "9876543" not in text


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_a_gateway_that_refuses_hands_over_to_the_admins(gateway, admins, status):
    gateway.status = status
    chain = OtpDelivery.from_settings(url_of(gateway), None, admins.append)
    assert chain.deliver(**PERSON) == Delivery("admins", Outcome.ACCEPTED)
    assert len(gateway.got) == 1
    assert CODE in admins[0]


def test_a_gateway_that_is_not_there_hands_over_to_the_admins(admins):
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"json://127.0.0.1:{reserved.getsockname()[1]}/sms/{{phone}}"
        chain = OtpDelivery.from_settings(url, None, admins.append)
        assert chain.deliver(**PERSON).channel == "admins"


def test_a_late_answer_counts_as_sent_with_a_caution_and_nothing_is_sent_twice(
    gateway, admins, monkeypatch
):
    monkeypatch.setattr(delivery, "ANSWER_WITHIN", 0.3)
    gateway.wait.clear()
    chain = OtpDelivery.from_settings(url_of(gateway, "/sms/{phone}?retry=3"), None, admins.append)
    assert chain.deliver(**PERSON) == Delivery("apprise", Outcome.UNSURE)
    gateway.wait.set()
    assert len(gateway.got) == 1
    assert admins == []


@pytest.mark.parametrize("asked", ["", "?redirect=yes"])
def test_a_redirect_is_a_failure_and_the_code_does_not_follow_it(gateway, admins, asked):
    with serving() as stranger:
        gateway.status = 307
        gateway.location = f"http://127.0.0.1:{stranger.server_port}/"
        chain = OtpDelivery.from_settings(
            url_of(gateway, "/sms/{phone}" + asked), None, admins.append
        )
        assert chain.deliver(**PERSON).channel == "admins"
        assert stranger.got == []


def test_a_url_that_calls_itself_optional_cannot_hide_a_failure(gateway, admins):
    gateway.status = 500
    url = url_of(gateway, "/sms/{phone}?optional=yes&retry=2")
    assert (
        OtpDelivery.from_settings(url, None, admins.append).deliver(**PERSON).channel == "admins"
    )
    assert len(gateway.got) == 1


def test_when_nobody_takes_the_code_the_result_says_so(gateway):
    def nobody(_: str) -> None:
        raise ConnectionError

    gateway.status = 500
    chain = OtpDelivery.from_settings(url_of(gateway), None, nobody)
    assert chain.deliver(**PERSON) == Delivery(None, Outcome.FAILED)


def test_another_channel_can_go_first(admins):
    class Pigeon:
        name = "pigeon"

        def send(self, otp: Otp) -> Outcome:
            return Outcome.ACCEPTED if otp.code == CODE else Outcome.FAILED

    chain = OtpDelivery([Pigeon(), delivery.AdminsChannel(admins.append)])
    assert chain.deliver(**PERSON).channel == "pigeon"


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
    check_template(url)


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("json://sms.example.com/send", "no {phone}"),
        ("", "no {phone}"),
        ("{phone}", "no Apprise URL"),
        ("pigeon://sms.example.com/{phone}", "no Apprise URL"),
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
def test_a_url_that_reaches_nobody_stops_the_start_with_an_example(url, verdict):
    with pytest.raises(StartError) as stopped:
        check_template(url)
    line = str(stopped.value)
    assert verdict in line
    assert line.startswith("OTP_DELIVERY_URL is wrong")
    assert "e.g. twilio://" in line
    assert "\n" not in line


def test_the_error_at_the_start_does_not_repeat_the_url():
    with pytest.raises(StartError) as stopped:
        OtpDelivery.from_settings(f"pigeon://user:{TOKEN}@host/{{phone}}", None, print)
    assert TOKEN not in str(stopped.value)


@pytest.mark.parametrize("status", [200, 500])
def test_no_log_line_holds_a_code_a_token_a_body_or_a_phone(gateway, admins, caplog, status):
    gateway.status = status
    caplog.set_level(logging.DEBUG)
    OtpDelivery.from_settings(url_of(gateway), None, admins.append).deliver(**PERSON)
    assert caplog.records
    assert_discreet(caplog.text)


def test_nor_does_one_about_a_url_that_apprise_refuses(caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(StartError):
        OtpDelivery.from_settings(f"twilio://{TOKEN}:{TOKEN}@+919876543210/{{phone}}", None, print)
    assert_discreet(caplog.text)


def test_nor_does_one_about_a_channel_that_breaks(caplog):
    def broken(text: str) -> None:
        raise RuntimeError(text, TOKEN)

    caplog.set_level(logging.DEBUG)
    OtpDelivery.from_settings(None, None, broken).deliver(**PERSON)
    assert "admins failed (RuntimeError)" in caplog.text
    assert_discreet(caplog.text)


def test_what_apprise_quotes_is_masked_and_what_helps_is_kept(caplog):
    delivery.keep_secrets_out_of_logs()
    apprise = logging.getLogger("apprise")
    apprise.warning("Failed to send to %s: Unauthorized, error=401.", "+919876543210")
    apprise.warning("The auth token (%s) is invalid.", TOKEN)
    assert caplog.messages == [
        "Failed to send to … Unauthorized, error=401.",
        "The auth token (…) is invalid.",
    ]


def assert_discreet(text: str) -> None:
    for secret in (CODE, TOKEN, "9876543210", "Do not share it"):
        assert secret not in text
