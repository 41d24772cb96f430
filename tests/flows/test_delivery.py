"""Where a code comes to, as the partner reads it: by the first channel that takes it."""

import pytest

from tests.flows.conftest import PARTNER
from tests.gateway_api import GatewayAccount
from tests.local_server import Answer, serving

TOKEN = "AAs3cr3tgatewaytoken"  # noqa: S105 - of no gateway


class Sms:
    """An SMS gateway. ``texts`` is what arrived."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.failing = False

    def __call__(self, request) -> Answer:
        if self.failing:
            return Answer(500)
        self.texts.append(request.body["message"])
        return Answer()


@pytest.fixture
def sms():
    return Sms()


@pytest.fixture
async def account(firm, sms):
    """Of a firm whose codes go by Telegram's Gateway, and by SMS where that fails."""
    account = GatewayAccount(TOKEN, reachable={PARTNER[1]})
    with serving(account) as gateway, serving(sms) as by_sms:
        firm.settings = {
            "telegram_gateway_token": TOKEN,
            "telegram_gateway_url": f"http://{gateway.host}",
            "otp_delivery_url": f"json://{by_sms.host}/sms/{{phone}}",
        }
        await firm.chat.restart()
        yield account


@pytest.fixture
async def ravi(firm, account):
    await firm.add_partner(*PARTNER)
    return firm.chat.phone(*PARTNER)


async def test_the_gateways_code_comes_in_telegram_and_signs_in(firm, account, sms, ravi):
    await ravi.share_contact()
    assert "look for the chat Verification Codes" in ravi.screen.text
    await ravi.send(account.messages[-1]["code"])
    assert "Welcome, Ravi Kumar" in ravi.screen.text
    assert sms.texts == []


async def test_without_money_for_the_gateway_it_comes_by_sms(firm, account, sms, ravi):
    account.balance = 0
    await ravi.share_contact()
    assert "A code is on its way to +91 …210. Type the 6 digits here." in ravi.screen.text
    await ravi.send(sms.texts[-1].partition(" ")[0])
    assert "Welcome" in ravi.screen.text


async def test_without_any_of_them_the_admin_reads_it_out(firm, account, sms, ravi):
    account.failing["checkSendAbility"] = Answer(500)
    sms.failing = True
    await ravi.share_contact()
    assert "The admin of your firm has your code" in ravi.screen.text
    await ravi.send(firm.code())
    assert "Welcome" in ravi.screen.text
