"""Text into lines of a width, which is in thousandths of the type size like all of a line's."""

import unicodedata
from collections.abc import Callable, Iterator

from bot.pdf.shaping import Line, paragraphs, reads_from_right, typeset

_VIRAMA = 9
"""The combining class of the sign that binds a consonant to the next one."""


def wrap(text: str, width: float, *, bold: bool = False) -> list[Line]:
    """Set text in lines no wider than ``width``: as typed, then at spaces, then inside words.

    A single cluster wider than the width stands alone on its line.
    """
    return [
        line
        for paragraph in paragraphs(text)
        for line in _wrap_paragraph(paragraph.strip(), width, bold=bold)
    ]


def _wrap_paragraph(text: str, width: float, *, bold: bool) -> list[Line]:
    whole = typeset(text, bold=bold)
    if whole.width <= width:
        return [whole]
    from_right = reads_from_right(text)
    pieces = _pieces(text, width, bold=bold, from_right=from_right)
    lines = [typeset(piece, bold=bold, from_right=from_right) for piece in pieces]
    if not from_right:
        return lines
    widest = max(line.width for line in lines)
    return [line._replace(indent=widest - line.width) for line in lines]


def _pieces(text: str, width: float, *, bold: bool, from_right: bool) -> Iterator[str]:
    def fits(piece: str) -> bool:
        return typeset(piece, bold=bold, from_right=from_right).width <= width

    space = typeset(" ", bold=bold).width
    kept, about = "", 0
    for word in text.split():
        longer = f"{kept} {word}" if kept else word
        about += space + typeset(word, bold=bold).width
        # Words are known by now, and kerning at their spaces does not come to a twentieth: to set
        # each beginning of a line, only to measure it, took as long as to set all other text.
        if about <= width * 0.95 or fits(longer):
            kept = longer
            continue
        if kept:
            yield kept
        kept = word
        while (end := _fitting(kept, fits)) < len(kept):
            yield kept[:end]
            kept = kept[end:]
        about = typeset(kept, bold=bold).width
    if kept:
        yield kept


def _fitting(word: str, fits: Callable[[str], bool]) -> int:
    """How many characters of a word fit, cut between letters; at least one letter."""
    cuts = [index for index in range(1, len(word)) if not _joined(*word[index - 1 : index + 1])]
    cuts.append(len(word))
    low, high = 0, 1
    while high < len(cuts) and fits(word[: cuts[high]]):
        low, high = high, 2 * high
    high = min(high, len(cuts))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(word[: cuts[middle]]) else (low, middle)
    return cuts[low]


def _joined(before: str, after: str) -> bool:
    """Whether the two make one letter, so that no line may end between them."""
    category = unicodedata.category(after)
    return category[0] == "M" or category == "Cf" or unicodedata.combining(before) == _VIRAMA
