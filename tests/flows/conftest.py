"""A firm in a chat: an admin, a partner, and the bot, all in this process."""

from collections.abc import AsyncIterator
from pathlib import Path

import mongomock
import pytest

from bot.app import build_application
from bot.settings import load_settings
from handlers.edge import patience, receive
from storage.models import Draft, User
from storage.store import Store
from tests.chat import Chat, Phone
from tests.hurry import Hurry
from tests.ledger.dying import MortalDatabase

PARTNER = ("Ravi Kumar", "+919876543210")


class Firm:
    """The bot over one store, with the people who write to it."""

    def __init__(self, store: Store, clock, data_dir: Path) -> None:
        self.store = store
        self.clock = clock
        self.data_dir = data_dir
        self.chat = Chat(self._application)
        self.admin = self.chat.phone("Asha", "+919811111111")
        self.admin_ids = str(self.admin.person.user_id)
        self.settings: dict[str, str] = {}

    def _application(self, request):
        settings = load_settings(
            _env_file=None,
            telegram_bot_token=self.chat.telegram.token,
            data_dir=self.data_dir,
            admin_ids=self.admin_ids,
            **self.settings,
        )
        return build_application(settings, self.store, request, self.clock)

    async def add_partner(self, name: str, number: str) -> User:
        await self.admin.send(f"/adduser {name} {number}")
        await self.admin.press("✓ Add")
        user = self.store.users.by_phone(number)
        assert user is not None
        return user

    async def signed_in(self, name: str, number: str) -> Phone:
        """A partner's phone, added by the admin and signed in with the code the admin read out."""
        await self.add_partner(name, number)
        phone = self.chat.phone(name, number)
        await phone.send("/start")
        await phone.share_contact()
        await phone.send(self.code())
        assert "Welcome" in phone.transcript()
        return phone

    def owner(self, phone: Phone) -> str:
        """Under what id this person's draft is kept: as a partner, or else as the admin."""
        user = self.store.users.by_telegram_user(phone.person.user_id)
        return user.id if user else str(phone.person.user_id)

    def draft_of(self, phone: Phone) -> Draft | None:
        """What this person is in the middle of."""
        return self.store.drafts.get(self.owner(phone))

    def put_back(self, owner: str, draft: Draft | None) -> None:
        """Have ``owner`` in the middle of exactly this once more, or of nothing."""
        drafts = self.store.drafts._documents
        drafts.delete_one({"_id": owner})
        if draft is not None:
            drafts.insert_one(draft.stored())

    def code(self) -> str:
        """The newest sign-in code that the admin was told."""
        said = next(one.text for one in reversed(self.admin.messages) if "sign in:" in one.text)
        return said.rsplit(" ", 1)[1]


@pytest.fixture
def mortal() -> MortalDatabase:
    """The database of :func:`firm`, which dies at a chosen write."""
    return MortalDatabase(mongomock.MongoClient()["arhtiya"])


@pytest.fixture
def mongomock_store(mortal: MortalDatabase) -> Store:
    store = Store(mortal)
    store.prepare()
    return store


@pytest.fixture
async def firm(mongomock_store: Store, clock, tmp_path: Path, monkeypatch) -> AsyncIterator[Firm]:
    monkeypatch.setattr(receive, "PAUSES", (0, 0, 0))
    firm = Firm(mongomock_store, clock, tmp_path)
    async with firm.chat:
        await firm.admin.send("/start")
        yield firm


@pytest.fixture
async def partner(firm: Firm) -> Phone:
    return await firm.signed_in(*PARTNER)


@pytest.fixture
def hurry(firm, monkeypatch):
    """Whatever the bot waits for before it tries again takes no time."""
    hurry, limiter = Hurry(), firm.chat.application.bot.rate_limiter
    monkeypatch.setattr(patience, "sleep", hurry.sleep)
    limiter._now, limiter._sleep = hurry.now, hurry.sleep
    return hurry


@pytest.fixture
def running(firm):
    """A bot that is not told to stop, and so waits for what is away."""
    firm.chat.application._running = True
    yield
    firm.chat.application._running = False
