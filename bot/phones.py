"""Phone numbers: read as people type them, kept as E.164 (``+919876543210``), printed, masked."""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from bot.errors import InvalidPhone
from bot.i18n import _
from bot.numerals import plain
from bot.text import shown

_INTERNATIONAL = re.compile(r"\+?[1-9](?:[ -]?[0-9]){6,14}")
_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def parse_phone(text: str, region: str, *, mobile: bool = False) -> str:
    """The number as E.164. Without a country code it is one of ``region`` (ISO 3166).

    Raises:
        InvalidPhone: it is not one whole valid number, has letters or an extension, or ``mobile``
            is asked for and it is a landline.
    """
    typed = plain(text)
    # The library would read letters as keys (98765ABCDE) and cut an extension off.
    if not re.fullmatch(r"\+?[\d ().-]+", typed, re.ASCII):
        raise InvalidPhone(
            _(
                "“{text}” is not a phone number. Type one number, with digits alone and no "
                "extension, like {example}."
            ).format(text=shown(text), example=_example(region))
        )
    try:
        number = phonenumbers.parse(typed, region)
    except NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise InvalidPhone(
            _(
                "“{text}” is not a phone number that exists: a digit may be missing, wrong or too "
                "many. Type it like {example}; one of another country with + and its code."
            ).format(text=shown(text), example=_example(region))
        )
    if mobile and phonenumbers.number_type(number) not in _MOBILE:
        raise InvalidPhone(
            _(
                "“{text}” is not a mobile number, and the sign-in code has to reach a mobile. "
                "Type one like {example}."
            ).format(text=shown(text), example=_example(region))
        )
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def telegram_phone(number: str) -> str:
    """The E.164 form of a Telegram account's own number, as its contact card has it.

    Such a number is international even where the card leaves out the plus, so it must not be read
    as one of the firm's country: 65 8123 4567 of Singapore would pass for one of India.

    Raises:
        InvalidPhone: it has an extension, letters, too few digits or too many.
    """
    if not _INTERNATIONAL.fullmatch(number):
        raise InvalidPhone(
            _(
                "This card has no number like {example}. Share your own with the button below."
            ).format(example=_example("IN"))
        )
    return f"+{_digits(number)}"


@lru_cache(maxsize=1024)
def format_phone(e164: str) -> str:
    """``+91 98765 43210``."""
    try:
        number = phonenumbers.parse(e164)
    except NumberParseException:
        return e164
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def mask_phone(e164: str) -> str:
    """``+91 …210``: enough for its owner to know it, too little for anyone else to call it."""
    code = format_phone(e164).partition(" ")[0]
    return f"{code} …{e164[-3:]}" if code != e164 else f"…{e164[-3:]}"


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", plain(text))


def _example(region: str) -> str:
    number = phonenumbers.example_number_for_type(region, PhoneNumberType.MOBILE)
    if number is None:
        return "+91 98765 43210"
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
