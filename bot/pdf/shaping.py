"""Text to glyphs: one line of any mix of scripts and directions, ready to be drawn.

A line is cut into runs of one face and one direction, which are put into the order they stand in
on paper (Unicode's bidirectional algorithm) and shaped by HarfBuzz. Each glyph keeps the text
it stands for, so that the PDF can be searched, and copied from, as it was typed.

Widths are in thousandths of the type size: one line serves every size.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

import uharfbuzz as hb
from fpdf.bidi import BidiParagraph, auto_detect_base_direction
from fpdf.enums import TextDirection

from bot.pdf.faces import REPLACEMENT, Face, face_of, faces

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[\t\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Joiners, marks of direction, variation selectors: with any font, HarfBuzz draws nothing.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_LETTER_BY_LETTER = {"liga": False, "dlig": False}
"""Readers disagree on how to turn a glyph of several letters around, such as that of Allah."""

_PLAIN = re.compile("[ -~₹·×–−]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


class Shift(NamedTuple):
    """How far a glyph is drawn to the right of the pen, and above the baseline."""

    right: int
    up: int


class Run(NamedTuple):
    """Glyphs of one face, left to right as drawn.

    A glyph is its number in the face and the text that a copy of it gives. ``shifts`` has one more
    entry than ``glyphs``, for the pen's end; it is empty when every glyph follows the one before
    at that one's own width.
    """

    face: Face
    glyphs: tuple[tuple[int, str], ...]
    shifts: tuple[Shift, ...]
    width: int


class Line(NamedTuple):
    """Runs left to right as drawn; ``width`` is the sum of theirs.

    ``indent`` is what a line of a paragraph read from the right leaves free at its left.
    """

    runs: tuple[Run, ...]
    width: int
    indent: int = 0


def paragraphs(text: str) -> list[str]:
    """The lines as typed, with every kind of space a plain one, and without what is no text."""
    plain = _SURROGATES.sub(REPLACEMENT, _SPACES.sub(" ", text))
    return _LINE_ENDS.split(plain)


@lru_cache(maxsize=4096)
def typeset(text: str, *, bold: bool = False, from_right: bool | None = None) -> Line:
    """Set one line. ``text`` is one of :func:`paragraphs`, or a piece of one.

    ``from_right`` is the direction of the paragraph; None takes the text's own.
    """
    runs = tuple(_runs(text, bold=bold, from_right=from_right))
    return Line(runs, sum(run.width for run in runs))


def reads_from_right(text: str) -> bool:
    """Whether the first letter that has a direction is of a script read from the right."""
    rtl = TextDirection.RTL
    return bool(_RIGHT_TO_LEFT.search(text)) and auto_detect_base_direction(text) is rtl


class _Stretch(NamedTuple):
    """Characters ``start`` to ``end`` of the text, of one face and one embedding level."""

    start: int
    end: int
    face: Face
    level: int


def _runs(text: str, *, bold: bool, from_right: bool | None) -> Iterator[Run]:
    if not text:
        return
    latin = faces(bold=bold)[0]
    if not from_right and _PLAIN.fullmatch(text):
        yield _set_plain(text, latin)
        return
    chosen = _faces(text, bold=bold)
    levels = _levels(text, from_right=reads_from_right(text) if from_right is None else from_right)
    keys = list(zip((id(face) for face in chosen), levels, strict=True))
    stretches = []
    for _, group in groupby(range(len(text)), key=keys.__getitem__):
        places = list(group)
        stretches.append(_Stretch(places[0], places[-1] + 1, chosen[places[0]], levels[places[0]]))
    for stretch in _as_read(stretches):
        yield _shape(text[stretch.start : stretch.end], stretch.face, stretch.level)


def _set_plain(text: str, face: Face) -> Run:
    """Latin letters and figures, which do no more than keep their distance to the next one.

    A tenth of the time that HarfBuzz takes, from what it said of each pair; most of a paper is
    such text.
    """
    glyphs = tuple((face.glyph(character), character) for character in text)
    width = sum(face.width(glyph) for glyph, _ in glyphs)
    moved = list(accumulate(map(face.kerning, pairwise(text)), initial=0))
    if not any(moved):
        return Run(face, glyphs, (), width)
    shifts = tuple(Shift(right, 0) for right in [*moved, moved[-1]])
    return Run(face, glyphs, shifts, width + moved[-1])


def _faces(text: str, *, bold: bool) -> list[Face]:
    """The face of each character. Spaces, marks and punctuation stay with the letter before."""
    default = current = faces(bold=bold)[0]
    chosen = []
    for character in text:
        if not (_follows(character) and ord(character) in current.characters):
            unknown = current if _INVISIBLE.match(character) else default
            current = face_of(character, bold=bold) or unknown
        chosen.append(current)
    return chosen


def _follows(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "MPZ" or category == "Cf"


def _levels(text: str, *, from_right: bool) -> list[int]:
    if not from_right and not _RIGHT_TO_LEFT.search(text):
        return [0] * len(text)
    direction = TextDirection.RTL if from_right else TextDirection.LTR
    try:
        paragraph = BidiParagraph(text, direction, preserve_bn_chars=True)
    except RecursionError:
        # It calls itself for each sign without a direction: hundreds in a row are no text.
        return [int(from_right)] * len(text)
    paragraph.get_reordered_characters()  # resets the levels of the spaces at the line's end
    return [character.embedding_level for character in paragraph.get_characters()]


def _as_read(stretches: list[_Stretch]) -> list[_Stretch]:
    """Rule L2: from the highest level down to the first, reverse what is at or above it."""
    highest = max((stretch.level for stretch in stretches), default=0)
    for level in range(highest, 0, -1):
        ordered: list[_Stretch] = []
        for turned, group in groupby(stretches, key=lambda stretch: stretch.level >= level):
            together = list(group)
            ordered += together[::-1] if turned else together
        stretches = ordered
    return stretches


def _shape(text: str, face: Face, level: int) -> Run:
    from_right = level % 2 == 1
    buffer = hb.Buffer()
    buffer.add_str("".join(_drawn(character, face) for character in text))
    buffer.guess_segment_properties()
    # The guess takes the language from the machine's locale; the page must not depend on that.
    buffer.language = face.language
    buffer.direction = "rtl" if from_right else "ltr"
    hb.shape(face.font, buffer, _LETTER_BY_LETTER if from_right else None)
    glyphs = [info.codepoint for info in buffer.glyph_infos]
    clusters = [info.cluster for info in buffer.glyph_infos]
    places = [
        (place.x_advance, place.x_offset, place.y_offset) for place in buffer.glyph_positions
    ]
    shares = _shares(text, clusters, from_right=from_right)
    width = sum(advance for advance, _, _ in places)
    return Run(face, tuple(zip(glyphs, shares, strict=True)), _shifts(face, glyphs, places), width)


def _shifts(
    face: Face, glyphs: list[int], places: list[tuple[int, int, int]]
) -> tuple[Shift, ...]:
    widths = [face.width(glyph) for glyph in glyphs]
    if places == [(width, 0, 0) for width in widths]:
        return ()
    shifts = []
    behind = 0  # how far a pen that only knows the widths is left of where HarfBuzz has it
    for width, (advance, right, up) in zip(widths, places, strict=True):
        shifts.append(Shift(behind + right, up))
        behind += advance - width
    return (*shifts, Shift(behind, 0))


def _drawn(character: str, face: Face) -> str:
    drawable = ord(character) in face.characters or _INVISIBLE.match(character)
    return character if drawable else REPLACEMENT


def _shares(text: str, clusters: list[int], *, from_right: bool) -> list[str]:
    """Spread each cluster's characters over its glyphs, so that reading the glyphs gives the text.

    ``clusters`` holds, for each glyph, where its cluster begins in the text. Which glyph of a
    cluster gets which character does not matter to a reader of all of them; a glyph without any
    would be read as rubbish by some.
    """
    if len(clusters) == len(set(clusters)) == len(text):
        return [text[cluster] for cluster in clusters]
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    shares: list[str] = []
    for start, group in groupby(clusters):
        count = sum(1 for _ in group)
        letters = text[start : ends[start]]
        surplus = max(len(letters) - count + 1, 1)
        own = [letters[:surplus], *letters[surplus:]]
        own += [""] * (count - len(own))
        shares += own[::-1] if from_right else own
    return shares
