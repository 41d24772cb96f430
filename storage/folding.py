"""How names are compared: the key under which they are searched and told apart."""

import unicodedata

JOINERS = "\u200c\u200d"
"""ZWNJ and ZWJ: inside a word of an Indic or Arabic script they choose the shape of a letter."""

# Letters and symbols by category, but blank on every screen.
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# Small letters after decomposition; the Unicode "confusables" that pass for Latin in a name.
_LOOK_ALIKES = str.maketrans(
    "авеһкмносртухѕіјԁԛԝցոս" + "αβεζηικμνορςτυχ" + "ıɑɡ",
    "abehkmhocptyxsijdqwgnu" + "abezhikmvopctyx" + "iag",
)


def fold_name(text: str) -> str:
    """The key under which names that a reader cannot tell apart are the same.

    Case, width, spacing and invisible characters are folded, and Cyrillic and Greek letters that
    pass for Latin ones. The key is for comparing only; nobody sees it. It holds no control
    character and no lone surrogate, so that every database takes it.
    """
    letters = unicodedata.normalize("NFKD", text).casefold()
    shown = "".join(visible(letter) for letter in letters if letter not in JOINERS)
    latin = unicodedata.normalize("NFKD", shown).translate(_LOOK_ALIKES)
    return " ".join(unicodedata.normalize("NFKC", latin).split())


def visible(character: str) -> str:
    """What a reader sees of a character: a space for a blank, nothing for an invisible one."""
    if character.isspace() or character in _BLANKS:
        return " "
    category = unicodedata.category(character)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    return "" if category in ("Cc", "Cf") and character not in JOINERS else character
