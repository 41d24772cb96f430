"""The languages that customers are written to in."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.desk import Desk
from bot.errors import InvalidInput
from bot.i18n import CUSTOMERS, _, speaking
from bot.text import shown
from storage.models import Customer, Language

NAMES = {
    Language.ENGLISH: "English",
    Language.HINDI: "हिन्दी",
    Language.PUNJABI: "ਪੰਜਾਬੀ",
    Language.URDU: "اردو",
}
"""As those who speak them call them."""

_SPOKEN = {
    **{name.casefold(): language for language, name in NAMES.items()},
    **{language.name.casefold(): language for language in Language},
    "हिंदी": Language.HINDI,
}


def parse_language(text: str) -> Language:
    """The language that was named.

    Raises:
        InvalidInput: it is none of ours.
    """
    language = _SPOKEN.get(text.strip().casefold())
    if language is None:
        raise InvalidInput(
            _("“{text}” is not among the languages. Tap one, or type for example: Hindi").format(
                text=shown(text)
            )
        )
    return language


@contextmanager
def writing_to(desk: Desk, customer: Customer | None) -> Iterator[None]:
    """Write for a customer inside the block: in their language, or else in the firm's."""
    own = customer.language if customer else None
    with speaking(own or desk.store.firm.get().language, CUSTOMERS):
        yield
