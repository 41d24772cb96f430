"""Text as people type it, made fit to keep, to compare, to quote back and to name a file by."""

import re
import unicodedata

from bot.errors import InvalidEmail, InvalidText
from bot.i18n import _
from storage.folding import JOINERS, visible
from storage.folding import fold_name as fold_name  # noqa: PLC0414 - offered from here too

MAX_STACKED_MARKS = 4
FILE_NAME_LIMIT = 60
EMAIL_LIMIT = 254  # RFC 5321, with the erratum on its path limit
LOCAL_PART_LIMIT = 64

_JOINED_SCRIPTS = "\u0600-\u06ff\u0750-\u077f\u0900-\u0dff"
_LOOSE_JOINER = re.compile(
    rf"(?<![{_JOINED_SCRIPTS}])[{JOINERS}]|[{JOINERS}](?![{_JOINED_SCRIPTS}])"
)
_DOMAIN_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(
    rf"([a-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*)"
    rf"@((?:{_DOMAIN_LABEL}\.)+[a-z]{{2,63}})",
    re.IGNORECASE | re.ASCII,
)


def tidy(text: str) -> str:
    """One line of visible text: NFC, single spaces, no control, bidi mark or zero-width character.

    A lone surrogate turns into U+FFFD, so that the result can always be encoded.
    """
    joined = _LOOSE_JOINER.sub("", text)
    seen = unicodedata.normalize("NFC", "".join(map(visible, joined)))
    return " ".join(_with_few_marks(seen).split())


def clean_line(text: str, *, field: str, limit: int = 80, example: str = "") -> str:
    """What a person typed as a line to keep, at most ``limit`` characters long.

    ``field`` is the translated word for what was asked, ``example`` a right answer.

    Raises:
        InvalidText: nothing visible is left, it is too long, or a character is broken.
    """
    example = example or _("Ramesh Traders")
    if any(map(_is_broken, text)):
        raise InvalidText(
            _(
                "The {field} has a broken character. Please type it again, for example: {example}"
            ).format(field=field, example=example)
        )
    line = tidy(text)
    if not any(unicodedata.category(character)[0] in "LNPS" for character in line):
        raise InvalidText(
            _(
                "The {field} is empty. Type at least one letter or digit, for example: {example}"
            ).format(field=field, example=example)
        )
    if len(line) > limit:
        raise InvalidText(
            _(
                "The {field} has {length} characters; at most {limit} fit. For example: {example}"
            ).format(field=field, length=len(line), limit=limit, example=example)
        )
    return line


def clean_lines(text: str, *, field: str, lines: int, limit: int = 80, example: str = "") -> str:
    """What a person typed as a few lines to keep, empty ones left out; else as ``clean_line``.

    Raises:
        InvalidText: there are more than ``lines``, or one of them cannot be kept.
    """
    typed = [line for line in text.splitlines() if tidy(line)] or [text]
    if len(typed) > lines:
        raise InvalidText(
            _(
                "The {field} has {count} lines; at most {lines} fit. Put two of them on one line."
            ).format(field=field, count=len(typed), lines=lines)
        )
    return "\n".join(clean_line(line, field=field, limit=limit, example=example) for line in typed)


def parse_email(text: str) -> str:
    """An email address; the domain in small letters, the rest as typed.

    Raises:
        InvalidEmail: it has not the form name@domain (RFC 5321, without quoting).
    """
    line = tidy(text)
    match = _EMAIL.fullmatch(line)
    if match is None or len(line) > EMAIL_LIMIT or len(match[1]) > LOCAL_PART_LIMIT:
        raise InvalidEmail(
            _("“{text}” is not an email address. Type it like ramesh@example.com").format(
                text=shown(text)
            )
        )
    return f"{match[1]}@{match[2].lower()}"


def safe_file_name(text: str, fallback: str) -> str:
    """A file name without extension: letters of any script, digits, ``-``, ``_``, dots, spaces.

    At most 60 characters, which any script keeps under the 255 bytes of common file systems.
    """
    name = "".join(character if _fits_a_file(character) else "-" for character in tidy(text))
    name = re.sub(r"\.+", ".", re.sub(r"\s*-[-\s]*", "-", name)).strip(" .-_")
    return name[:FILE_NAME_LIMIT].rstrip(" .-_") or fallback


def shown(text: str, limit: int = 40) -> str:
    """Typed text as it is quoted back in a message: tidy, and cut to ``limit`` characters."""
    line = tidy(text)
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _is_broken(character: str) -> bool:
    # Half a character: as it came, or as whoever passed it on has marked it.
    return character == "\N{REPLACEMENT CHARACTER}" or unicodedata.category(character) == "Cs"


def _with_few_marks(text: str) -> str:
    kept, stacked = [], 0
    for character in text:
        stacked = stacked + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if stacked <= MAX_STACKED_MARKS:
            kept.append(character)
    return "".join(kept)


def _fits_a_file(character: str) -> bool:
    return (
        character in "-_. " + JOINERS
        or character.isdecimal()
        or unicodedata.category(character)[0] in "LM"
    )
