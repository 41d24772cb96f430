"""Texts as long as Telegram takes them: cut where a reader would, and nothing of them is dropped.

Telegram counts what is shown, without tags, and does so in UTF-16 units: two for an emoji, one for
each letter and sign of our scripts.
"""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from itertools import chain
from unicodedata import category, combining

from markupsafe import Markup
from telegram.constants import MessageLimit

LONGEST_TEXT = 4000
"""Units in one message, of Telegram's 4 096."""

LONGEST_CAPTION = int(MessageLimit.CAPTION_LENGTH)

_ATOM = re.compile(r"<[^>]*>|&#?\w+;|[ \n]|[^<& \n]+|[<&]")
"""What is never cut, but for a word that is too long by itself: a tag, an entity, a blank."""

_VIRAMA = 9
"""Unicode's combining class of the sign that joins an Indic letter to the next."""

_ZERO_WIDTH_JOINER = "\u200d"

_LONGEST_CLUSTER = 32
"""Units; what claims to be longer is no letter that anybody reads."""


def units(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def length(html: str) -> int:
    """Units that are shown of an HTML text."""
    return sum(map(_width, _ATOM.findall(html)))


def parts(html: Markup, most: int = LONGEST_TEXT) -> list[Markup]:
    """An HTML text as messages of at most ``most`` units, in order.

    Whole lines, as many as fit; a line that is too long by itself is cut between words, and a word
    between letters. Tags that stand open at a cut are closed there and opened again.
    """
    if units(html) <= most:
        return [html]
    rest = list(chain.from_iterable(_cuttable(atom, most) for atom in _ATOM.findall(html)))
    made, still_open = [], list[str]()
    while rest:
        end = _end(rest, most)
        taken, rest = rest[:end], rest[end:]
        source = [*still_open, *taken]
        still_open = _left_open(source)
        if any(not one.isspace() and _width(one) for one in taken):
            made.append(Markup("".join([*source, *_closing(still_open)])))  # noqa: S704 - it was one
    return made


def shortened(text: str, most: int) -> str:
    """A plain text of at most ``most`` units; where some is left out, it ends in an ellipsis.

    It is cut between words, if there is a gap in its second half.
    """
    if units(text) <= most:
        return text
    end = _fitting(text, most - 1)
    gap = text.rfind(" ", end // 2, end + 1)
    return text[: end if gap < 0 else gap].rstrip() + "…"


def _end(atoms: Sequence[str], most: int) -> int:
    """How many of the atoms the next message takes. Blanks at its end are not shown."""
    shown = after_line = after_word = 0
    for at, atom in enumerate(atoms):
        shown += _width(atom)
        if shown > most and not atom.isspace():
            return after_line or after_word or at
        if atom == "\n":
            after_line = at + 1
        elif atom == " ":
            after_word = at + 1
    return len(atoms)


def _cuttable(atom: str, most: int) -> Iterable[str]:
    """The atom, or a word that is longer than a message as pieces that are not."""
    if atom[0] in "<&":
        yield atom
        return
    while units(atom) > most:
        end = _fitting(atom, most)
        yield atom[:end]
        atom = atom[end:]
    yield atom


def _fitting(text: str, most: int) -> int:
    """How many characters of a longer text fit, letters with all their signs."""
    end = min(len(text), most)
    while (excess := units(text[:end]) - most) > 0:
        end -= (excess + 1) // 2
    whole = (at for at in range(end, max(end - _LONGEST_CLUSTER, 0), -1) if _is_gap(text, at))
    return next(whole, end)


def _is_gap(text: str, at: int) -> bool:
    """Whether one letter, as people see letters, ends before this character."""
    before, after = text[at - 1], text[at]
    return not (
        category(after).startswith("M")
        or _ZERO_WIDTH_JOINER in (before, after)
        or combining(before) == _VIRAMA
        or "\U0001f3fb" <= after <= "\U0001f3ff"  # the colour of a hand or a face
    )


def _width(atom: str) -> int:
    return 0 if atom.startswith("<") and len(atom) > 1 else units(unescape(atom))


def _left_open(atoms: Iterable[str]) -> list[str]:
    """The start tags among these whose end tags are still to come."""
    still_open = list[str]()
    for atom in atoms:
        if atom.startswith("</"):
            still_open.pop()
        elif atom.startswith("<") and len(atom) > 1:
            still_open.append(atom)
    return still_open


def _closing(still_open: Sequence[str]) -> list[str]:
    return [f"</{tag[1:-1].split()[0]}>" for tag in reversed(still_open)]
