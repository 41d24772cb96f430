"""``otp-test`` where the answer is late; the rest is in ``tests/process/test_otp_test.py``."""

import pytest

from bot.delivery import gateway, trial
from tests.gateway_api import GatewayAccount
from tests.local_server import serving

PHONE = "+919876543210"
TOKEN = "AAs3cr3tgatewaytoken"  # noqa: S105 - of no gateway


@pytest.fixture
def late():
    """A Gateway that takes the code, and whose answer to that is lost."""
    account = GatewayAccount(TOKEN, reachable={PHONE})

    def respond(request):
        if request.path == "/sendVerificationMessage":
            server.answering.clear()
        return account(request)

    with serving(respond) as server:
        yield server


def test_what_may_have_arrived_is_to_be_looked_for_on_the_phone(
    late, monkeypatch, capsys, tmp_path
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELEGRAM_GATEWAY_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_GATEWAY_URL", f"http://{late.host}")
    monkeypatch.setattr(gateway, "SEND_WITHIN", 0.1)

    assert trial.main([PHONE]) == 1

    said = capsys.readouterr()
    assert "TELEGRAM_GATEWAY_TOKEN: may have arrived: no clear answer came" in said.out
    assert "Look at the phone" in said.err
