"""The bundled fonts, parsed once, and which of them prints a character.

Every font file has 1000 units to the em (``tools/make_fonts.py``), so a glyph's advance is already
in the thousandths of the type size that a PDF counts in. A parsed font is only ever read, which
HarfBuzz allows from many threads at once.
"""

import string
import struct
from functools import cache, lru_cache
from pathlib import Path

import uharfbuzz as hb

FONTS = Path(__file__).parent / "fonts"

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Drawn for a character that no font has."""

# The file's name, the language that picks a script's local forms, whether there is a bold.
# A character is printed by the first font here that has it.
_SCRIPTS = (
    ("latin", "en", True),
    ("devanagari", "hi", True),
    ("gurmukhi", "pa", True),
    ("arabic", "ur", True),
    ("math", "en", False),
    ("symbols", "en", False),
    ("emoji", "en", False),
)


_COMMON = string.ascii_letters + string.digits + string.punctuation + " ₹·×–−’"

_SYMBOLIC = 4
"""A PDF's flag of a font whose characters are not those of standard Latin alone."""


class Face:
    """One font file. All measures are in thousandths of the type size.

    ``characters`` are the code points it has a glyph for, ``descriptor`` what a PDF says of it,
    ``common`` the glyphs of what stands on nearly every paper.
    """

    def __init__(self, path: Path, language: str) -> None:
        self.language = language
        self.face = hb.Face(hb.Blob.from_file_path(path))
        self.font = hb.Font(self.face)
        self.name = self.face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)
        self.characters = frozenset(self.face.unicodes)
        extents = self.font.get_font_extents("ltr")
        capital = self.font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
        box = struct.unpack_from(">4h", self.face.reference_table("head").data, 36)
        self.descriptor = (
            f"/Flags {_SYMBOLIC} /Ascent {extents.ascender} /Descent {extents.descender} "
            f"/CapHeight {capital} /FontBBox [{' '.join(map(str, box))}] /ItalicAngle 0 "
            f"/StemV {140 if path.stem.endswith('bold') else 85} /MissingWidth 0 "
        )
        common = self.characters.intersection(map(ord, _COMMON))
        self.common = frozenset(map(self.font.get_nominal_glyph, common))
        self._glyphs: dict[str, int] = {}
        self._kernings: dict[tuple[str, str], int] = {}
        self._widths: dict[int, int] = {}

    def glyph(self, character: str) -> int:
        """The glyph of one of its characters that stands by itself."""
        glyph = self._glyphs.get(character)
        if glyph is None:
            glyph = self._glyphs[character] = self.font.get_nominal_glyph(ord(character))
        return glyph

    def kerning(self, pair: tuple[str, str]) -> int:
        """How much farther than its own advance the second of two Latin characters stands."""
        kerning = self._kernings.get(pair)
        if kerning is None:
            buffer = hb.Buffer()
            buffer.add_str("".join(pair))
            buffer.guess_segment_properties()
            buffer.language = self.language
            hb.shape(self.font, buffer)
            first, _second = buffer.glyph_positions
            kerning = self._kernings[pair] = first.x_advance - self.width(self.glyph(pair[0]))
        return kerning

    def width(self, glyph: int) -> int:
        """The glyph's own advance, before any kerning."""
        width = self._widths.get(glyph)
        if width is None:
            width = self._widths[glyph] = int(self.font.get_glyph_h_advance(glyph))
        return width


@cache
def _face(name: str, language: str) -> Face:
    return Face(FONTS / f"{name}.ttf", language)


@cache
def faces(*, bold: bool) -> tuple[Face, ...]:
    """The faces of a weight, in the order in which they are asked for a character."""
    return tuple(
        _face(f"{script}-{'bold' if bold and has_bold else 'regular'}", language)
        for script, language, has_bold in _SCRIPTS
    )


@lru_cache(maxsize=8192)
def face_of(character: str, *, bold: bool) -> Face | None:
    """The face that prints this character, or None when no bundled font has it."""
    return next((face for face in faces(bold=bold) if ord(character) in face.characters), None)
