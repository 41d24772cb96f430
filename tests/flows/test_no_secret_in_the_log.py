"""The guard of ``tests/log_guard.py`` knows every secret of a sign-in, and every customer."""

import secrets

from tests.flows.steps import with_customer
from tests.log_guard import GUARD


async def test_the_code_the_session_and_the_bots_token_are_watched_for(firm, monkeypatch):
    monkeypatch.setattr(secrets, "token_urlsafe", lambda *_: "of-this-session")
    await firm.signed_in("Ravi Kumar", "+919876543210")

    for secret in (firm.code(), "of-this-session", firm.chat.telegram.token):
        assert GUARD.holds_secret(f"it is {secret}.")
    assert GUARD.holds_phone("it is +91 98765 43210.")
    assert not GUARD.holds_secret("Ravi Kumar signed in")


async def test_customers_are_watched_for(firm, partner):
    await with_customer(firm, partner)
    assert GUARD.holds_person("it is Ramesh Kumar.")
    assert not GUARD.holds_person("it is a customer.")
