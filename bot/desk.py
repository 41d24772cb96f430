"""What every use case and flow may reach for, put together once by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.delivery import OtpDelivery
from bot.drawing import Draw, draw_here
from bot.errors import NotAllowed
from bot.i18n import _
from bot.settings import Settings
from storage.models import User
from storage.store import Store


@dataclass(frozen=True)
class Desk:
    """Built in ``bot/app.py`` alone; tests bring a store and a clock of their own.

    ``bot_username`` is a function because Telegram tells the name only once the bot has started.
    ``draw`` makes the papers: ``desk.draw(render_invoice, invoice, firm=firm)``. ``draw_long``
    makes what takes minutes, while papers are drawn.
    """

    store: Store
    clock: Clock
    settings: Settings
    secret_key: bytes
    delivery: OtpDelivery
    bot_username: Callable[[], str]
    draw: Draw = draw_here
    draw_long: Draw = draw_here

    def deep_link(self, payload: str) -> str:
        """A link that opens the chat with the bot and hands it ``/start payload``."""
        return f"https://t.me/{self.bot_username()}?start={payload}"


@dataclass(frozen=True)
class Who:
    """The person behind an update, as the access gate found them on this very update."""

    telegram_id: int
    user: User | None = None
    admin: bool = False
    name: str = ""
    """As Telegram names them."""

    @property
    def owner(self) -> str:
        """Under what id their draft is kept: a partner's own, on whichever Telegram account."""
        return self.user.id if self.user else str(self.telegram_id)

    @property
    def partner(self) -> User:
        """The signed-in partner.

        Raises:
            NotAllowed: they are none, or not signed in.
        """
        if self.user is None:
            raise NotAllowed(_("Sign in as a partner to keep the books: share your phone number."))
        return self.user

    def check(self, *, admin: bool) -> None:
        """Let only an admin pass, or only a signed-in partner.

        Raises:
            NotAllowed: they are none.
        """
        if not admin:
            self.partner  # noqa: B018 - asking is the check
        elif not self.admin:
            raise NotAllowed(_("Only the admin can do this."))
