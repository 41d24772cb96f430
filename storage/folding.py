"""How text is compared: the form in which names are searched and told apart."""

import unicodedata


def fold(text: str) -> str:
    """One form for what people take for the same text: ``" ＲＡＭ   Singh"`` → ``"ram singh"``.

    Compatibility forms, case and spacing go; vowel signs and the joiners in Indic words stay, and
    so does punctuation. What a database cannot compare is dropped: lone halves of surrogate pairs,
    and NUL, which no pattern of MongoDB may hold.
    """
    comparable = text.encode("utf-8", "ignore").decode().replace("\0", "")
    return " ".join(unicodedata.normalize("NFKC", comparable).casefold().split())
