"""An amount in words, as it stands on a cheque and at the foot of an invoice.

Rupees and taka are said by lakhs and crores, above 99 crore in crores still: "Nine Thousand Nine
Hundred Ninety Nine Crore". Money that is written by thousands is said by thousands too, with its
ISO code in front and its cents as a fraction, since their name is not known here.
"""

from bot.i18n import N_, _, ngettext
from storage.types import MAX_PAISE

# Translators: the numbers from 0 to 99, with "/" between them: exactly one hundred.
_BELOW_A_HUNDRED = N_(
    "Zero/One/Two/Three/Four/Five/Six/Seven/Eight/Nine/"
    "Ten/Eleven/Twelve/Thirteen/Fourteen/Fifteen/Sixteen/Seventeen/Eighteen/Nineteen/"
    "Twenty/Twenty One/Twenty Two/Twenty Three/Twenty Four/"
    "Twenty Five/Twenty Six/Twenty Seven/Twenty Eight/Twenty Nine/"
    "Thirty/Thirty One/Thirty Two/Thirty Three/Thirty Four/"
    "Thirty Five/Thirty Six/Thirty Seven/Thirty Eight/Thirty Nine/"
    "Forty/Forty One/Forty Two/Forty Three/Forty Four/"
    "Forty Five/Forty Six/Forty Seven/Forty Eight/Forty Nine/"
    "Fifty/Fifty One/Fifty Two/Fifty Three/Fifty Four/"
    "Fifty Five/Fifty Six/Fifty Seven/Fifty Eight/Fifty Nine/"
    "Sixty/Sixty One/Sixty Two/Sixty Three/Sixty Four/"
    "Sixty Five/Sixty Six/Sixty Seven/Sixty Eight/Sixty Nine/"
    "Seventy/Seventy One/Seventy Two/Seventy Three/Seventy Four/"
    "Seventy Five/Seventy Six/Seventy Seven/Seventy Eight/Seventy Nine/"
    "Eighty/Eighty One/Eighty Two/Eighty Three/Eighty Four/"
    "Eighty Five/Eighty Six/Eighty Seven/Eighty Eight/Eighty Nine/"
    "Ninety/Ninety One/Ninety Two/Ninety Three/Ninety Four/"
    "Ninety Five/Ninety Six/Ninety Seven/Ninety Eight/Ninety Nine"
)
_HUNDREDS = ((1_000, N_("Thousand")), (100, N_("Hundred")))
_BY_LAKHS = ((1_00_00_000, N_("Crore")), (1_00_000, N_("Lakh")), *_HUNDREDS)
_BY_THOUSANDS = ((1_000_000_000, N_("Billion")), (1_000_000, N_("Million")), *_HUNDREDS)

_MAIN_UNIT = {
    "INR": N_("Rupees {amount}"),
    "PKR": N_("Rupees {amount}"),
    "NPR": N_("Rupees {amount}"),
    "LKR": N_("Rupees {amount}"),
    "BDT": N_("Taka {amount}"),
}


def amount_in_words(paise: int, currency: str = "INR") -> str:
    """``Rupees One Lakh Twenty Five Thousand and Fifty Paise Only``; ``currency`` is ISO 4217.

    Raises:
        ValueError: the amount is negative or above ``MAX_PAISE``, which no stored one is.
    """
    if not 0 <= paise <= MAX_PAISE:
        raise ValueError(f"{paise} paise: words are for 0 to {MAX_PAISE}")
    whole, part = divmod(paise, 100)
    named = _MAIN_UNIT.get(currency)
    if named is None:
        amount = f"{currency} {_spoken(whole, _BY_THOUSANDS)}"
    else:
        amount = _(named).format(amount=_spoken(whole, _BY_LAKHS))
    if part == 0:
        return _("{amount} Only").format(amount=amount)
    return _("{amount} and {part} Only").format(amount=amount, part=_part(part, currency))


def _spoken(number: int, units: tuple[tuple[int, str], ...]) -> str:
    words = []
    rest = number
    for size, name in units:
        count, rest = divmod(rest, size)
        if count:
            words += [_spoken(count, units), _(name)]
    if rest or not words:
        words.append(_(_BELOW_A_HUNDRED).split("/")[rest])
    return " ".join(words)


def _part(part: int, currency: str) -> str:
    said = _(_BELOW_A_HUNDRED).split("/")[part]
    match currency:
        case "INR":
            return ngettext("{count} Paisa", "{count} Paise", part).format(count=said)
        case "PKR" | "NPR":
            return _("{count} Paisa").format(count=said)
        case "BDT":
            return _("{count} Poisha").format(count=said)
        case "LKR":
            return ngettext("{count} Cent", "{count} Cents", part).format(count=said)
    return f"{part:02}/100"
