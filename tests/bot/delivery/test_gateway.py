"""Codes by Telegram's Gateway: what it is asked, and what each of its failures means."""

import gzip
import socket
from contextlib import contextmanager, suppress
from itertools import chain, repeat
from time import sleep

import pytest

from bot.delivery import NotSent, Otp, Outcome, gateway
from bot.delivery.gateway import GatewayChannel
from tests.gateway_api import GatewayAccount
from tests.local_server import Answer, serving

CODE = "483920"
PHONE = "+919876543210"
OTP = Otp(CODE, PHONE, "Gurpreet Singh")
TOKEN = "AAs3cr3tgatewaytoken"  # noqa: S105 - of no gateway

CHECK, SEND = "checkSendAbility", "sendVerificationMessage"


@pytest.fixture
def account():
    return GatewayAccount(TOKEN, reachable={PHONE})


@pytest.fixture
def server(account):
    with serving(account) as server:
        yield server


@pytest.fixture
def channel(server):
    return GatewayChannel(TOKEN, f"http://{server.host}")


@contextmanager
def refused(*words: str):
    """The send fails, and says why without a secret."""
    with pytest.raises(NotSent) as failed:
        yield
    why = str(failed.value)
    for word in words:
        assert word in why
    for secret in (CODE, PHONE[-10:], TOKEN, "\n"):
        assert secret not in why


def methods(server) -> list[str]:
    return [request.path.removeprefix("/") for request in server.got]


# It works


def test_our_own_code_arrives_and_is_good_for_five_minutes(account, channel):
    assert channel.send(OTP) is Outcome.ACCEPTED
    assert account.messages == [{"request_id": "request-1", "code": CODE, "ttl": 300}]


def test_the_send_names_the_question_so_that_one_fee_is_charged(account, channel, server):
    channel.send(OTP)
    assert methods(server) == [CHECK, SEND]
    assert account.balance == 100 - 1


def test_each_code_is_a_request_of_its_own(account, channel):
    assert [channel.send(OTP), channel.send(OTP)] == [Outcome.ACCEPTED, Outcome.ACCEPTED]
    assert [message["request_id"] for message in account.messages] == ["request-1", "request-2"]


def test_the_url_may_have_a_path():
    with serving(lambda _: Answer(404)) as server:
        with refused("404"):
            GatewayChannel(TOKEN, f"http://{server.host}/relay").send(OTP)
        assert server.got[0].path == "/relay/checkSendAbility"


# What the Gateway refuses


def test_a_token_that_it_refuses_is_to_be_copied_anew(server):
    with refused("refuses the token", "TELEGRAM_GATEWAY_TOKEN", "telegram.org/account/api"):
        GatewayChannel("AAanother", f"http://{server.host}").send(OTP)


def test_a_balance_that_is_too_low_is_to_be_topped_up(account, channel):
    account.balance = 0
    with refused("balance", "too low", "https://gateway.telegram.org/account/budget"):
        channel.send(OTP)


def test_a_person_without_telegram_is_not_reached_and_costs_nothing(account, channel, server):
    account.reachable.clear()
    with refused("nobody on Telegram"):
        channel.send(OTP)
    assert methods(server) == [CHECK]
    assert account.balance == 100


def test_a_number_that_does_not_exist_is_named_as_such(channel):
    with refused("phone number", "none that exists"):
        channel.send(Otp(CODE, "+0123", "Gurpreet Singh"))


@pytest.mark.parametrize("refusing", [(CHECK, 200), (CHECK, 400), (SEND, 200)])
@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("ACCESS_TOKEN_REQUIRED", "TELEGRAM_GATEWAY_TOKEN"),
        ("BALANCE_NOT_ENOUGH", "top it up"),
        ("PHONE_NUMBER_NOT_FOUND", "nobody on Telegram"),
        ("PHONE_NUMBER_NOT_AVAILABLE", "nobody on Telegram"),
        ("UNKNOWN_METHOD", "TELEGRAM_GATEWAY_URL"),
        ("FLOOD_WAIT_37", "asked too often, and takes no code for 37 s"),
        ("SENDER_NOT_VERIFIED", "it refuses: SENDER_NOT_VERIFIED"),
        (f"CODE {CODE} OF {PHONE} IS INVALID", "it refuses: an error without a name"),
        ("\ud800", "it refuses: an error without a name"),
        (None, "it refuses: an error without a name"),
    ],
)
def test_every_error_is_said_in_plain_words(account, channel, refusing, error, words):
    method, status = refusing
    account.failing[method] = Answer(status, {"ok": False, "error": error})
    with refused(words):
        channel.send(OTP)
    assert account.messages == []


# What is no answer

ACCEPTS = b'{"ok": true, "result": {"request_id": "request-1"}}'

NO_ANSWERS = [
    (Answer(500, b"<h1>oops</h1>"), "HTTP 500 Internal Server Error"),
    (Answer(504), "HTTP 504 Gateway Timeout"),
    (Answer(404, {"detail": "Not Found"}), "HTTP 404 Not Found"),
    (Answer(599), "HTTP 599"),
    (Answer(200, b"\xff\xfe not JSON"), "HTTP 200 OK"),
    (Answer(200, b"[" * 60_000), "HTTP 200 OK"),
    (Answer(200, gzip.compress(ACCEPTS), {"Content-Encoding": "gzip"}), "HTTP 200 OK"),
    (Answer(200, b"broken", {"Content-Encoding": "gzip"}), "HTTP 200 OK"),
    (Answer(200, b" " * gateway.READ_AT_MOST + ACCEPTS), "HTTP 200 OK"),
    (Answer(200, [1, 2]), "HTTP 200 OK"),
    (Answer(200, {"ok": True}), "HTTP 200 OK"),
    (Answer(200, {"ok": True, "result": {"request_id": 7}}), "HTTP 200 OK"),
    (Answer(200, {"ok": "yes", "result": {"request_id": "1"}}), "HTTP 200 OK"),
    (Answer(500, {"ok": True, "result": {"request_id": "1"}}), "HTTP 500"),
    (Answer(raw=[b"SMTP, not HTTP"]), "its answer was lost (RemoteProtocolError)"),
    (Answer(raw=[b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", ACCEPTS]), "was lost"),
]


@pytest.mark.parametrize(("answer", "words"), NO_ANSWERS)
def test_a_question_that_is_answered_with_something_else_is_a_failure(
    account, channel, server, answer, words
):
    account.failing[CHECK] = answer
    with refused(words):
        channel.send(OTP)
    assert methods(server) == [CHECK]


@pytest.mark.parametrize(("answer", "words"), NO_ANSWERS)
def test_a_send_that_is_answered_with_something_else_may_have_arrived(
    account, channel, caplog, answer, words
):
    account.failing[SEND] = answer
    assert channel.send(OTP) is Outcome.UNSURE
    assert "gateway may have sent one: " in caplog.text
    assert words in caplog.text


@pytest.mark.parametrize("method", [CHECK, SEND])
def test_nothing_follows_a_redirect(account, channel, method):
    with serving(account) as stranger:
        elsewhere = {"Location": f"http://{stranger.host}/{method}"}
        account.failing[method] = Answer(307, headers=elsewhere)
        with suppress(NotSent):
            assert channel.send(OTP) is Outcome.UNSURE
        assert stranger.got == []


def test_a_gateway_that_is_not_there_cannot_be_reached():
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{reserved.getsockname()[1]}"
        with refused("cannot be reached (ConnectError)"):
            GatewayChannel(TOKEN, url).send(OTP)


# What is late


def test_a_question_without_an_answer_is_a_failure(channel, server, monkeypatch):
    monkeypatch.setattr(gateway, "CHECK_WITHIN", 0.1)
    server.answering.clear()
    with refused("did not answer in time"):
        channel.send(OTP)
    assert methods(server) == [CHECK]


def test_a_send_without_an_answer_may_have_arrived_and_is_not_repeated(
    account, channel, server, monkeypatch
):
    monkeypatch.setattr(gateway, "SEND_WITHIN", 0.1)

    def late_after_the_question(request):
        if request.path.endswith(SEND):
            server.answering.clear()
        return account(request)

    server.respond = late_after_the_question
    assert channel.send(OTP) is Outcome.UNSURE
    assert methods(server) == [CHECK, SEND]


def dripping(*pieces: bytes):
    """An answer of which each piece comes in time, and which is over after ten seconds at last."""
    first, again, last = pieces
    for piece in chain([first], repeat(again, 500), [last]):
        yield piece
        sleep(0.02)


@pytest.mark.parametrize(
    "pieces",
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-Wait: yes\r\n", b"\r\n" + ACCEPTS),
        (b"HTTP/1.1 200 OK\r\n\r\n", b" ", ACCEPTS),
    ],
    ids=["headers", "body"],
)
def test_an_answer_that_drips_is_not_waited_for(account, channel, monkeypatch, pieces):
    monkeypatch.setattr(gateway, "SEND_WITHIN", 0.1)
    account.failing[SEND] = Answer(raw=dripping(*pieces))
    assert channel.send(OTP) is Outcome.UNSURE


def test_an_answer_without_end_is_not_read_on(account, channel):
    sent = []

    def without_end():
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while len(sent) < 10_000:
            sent.append(b" " * 65_536)
            yield sent[-1]

    account.failing[SEND] = Answer(raw=without_end())
    assert channel.send(OTP) is Outcome.UNSURE
    assert len(sent) < 1_000


def test_a_connection_that_breaks_after_the_send_may_have_carried_it(account, channel, server):
    def gone(request):
        if request.path.endswith(SEND):
            raise ConnectionAbortedError
        return account(request)

    server.respond = gone
    assert channel.send(OTP) is Outcome.UNSURE
