"""The phone number of a contact card."""

from bot.phones import parse_phone, telegram_phone
from handlers.screen import Contact


def number_of(card: Contact) -> str:
    """As text to be read: only a card out of an address book may leave the country code out.

    Raises:
        InvalidPhone: it says it is a Telegram account's, and has no number of one.
    """
    return telegram_phone(card.phone) if card.telegram else card.phone


def phone_of(card: Contact, region: str, *, mobile: bool = False) -> str:
    """E.164. Without a country code it is one of ``region`` (ISO 3166).

    Raises:
        InvalidPhone: it is not one whole valid number; or ``mobile`` is asked for, and it is none.
    """
    return parse_phone(number_of(card), region, mobile=mobile)
