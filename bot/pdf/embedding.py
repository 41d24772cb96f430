"""Fonts into the PDF: only the glyphs that a document draws, cut out by HarfBuzz.

fpdf2 parses every font anew for each document and cuts it with fontTools, which takes many times
as long as drawing the page. Here the parsed faces are shared by all documents, and fpdf2 is handed
the finished font objects through its ``output_producer_class``.
"""

import hashlib
import struct
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import uharfbuzz as hb
from fpdf.output import OutputProducer
from fpdf.syntax import PDFObject

from bot.pdf.faces import Face
from bot.pdf.shaping import Run, Shift

if TYPE_CHECKING:
    from bot.pdf.sheet import Sheet

# What a viewer needs to draw outlines by glyph number, and nothing else.
_UNUSED_TABLES = ("cmap", "name", "post", "OS/2", "GDEF", "GPOS", "GSUB")

_READ_AS_SPACE = 40
"""From here on (thousandths of the size) a gap after a glyph is a part of its width instead.

Readers take a gap for a space: where the pen goes back under a consonant to set कु or कृ, and forth
again, कृषि was copied as two words.
"""


class EmbeddedFont:
    """One face in one document: the codes given to the glyphs drawn so far.

    A code stands for a glyph *and* the characters it is read as, because one glyph may be read
    differently in different words.
    """

    def __init__(self, face: Face, index: int) -> None:
        self.face = face
        self.index = index
        self._codes: dict[tuple[int, str] | tuple[int, str, int], str] = {}
        self._drawn: list[tuple[int, str, int]] = []
        """In the order of their codes: the glyph, what it is read as, its width here."""

    def operators(self, run: Run, size: float) -> str:
        """The PDF operators that draw a run of this face at this size (points) from the pen on."""
        known = self._codes
        if not run.shifts:
            codes = [known.get(glyph) or self._code(glyph) for glyph in run.glyphs]
            return f"<{''.join(codes)}> Tj"
        parts: list[str] = []
        pen = Shift(0, 0)
        for glyph, shift, after in zip(run.glyphs, run.shifts, run.shifts[1:], strict=False):
            if shift.up != pen.up:
                parts.append(f"]TJ {shift.up * size / 1000:.2f} Ts [")
            if shift.right != pen.right:
                parts.append(f"{pen.right - shift.right}")
            gap = after.right - shift.right
            if gap >= _READ_AS_SPACE:
                parts.append(f"<{known.get((*glyph, gap)) or self._code(glyph, gap)}>")
                pen = after._replace(up=shift.up)
            else:
                parts.append(f"<{known.get(glyph) or self._code(glyph)}>")
                pen = shift
        end = run.shifts[-1]
        if end.up != pen.up:
            parts.append(f"]TJ {end.up * size / 1000:.2f} Ts [")
        if end.right != pen.right:
            parts.append(f"{pen.right - end.right}")
        return f"[{''.join(parts).replace('><', '')}]TJ"

    def _code(self, glyph: tuple[int, str], gap: int = 0) -> str:
        number, text = glyph
        self._drawn.append((number, text, self.face.width(number) + gap))
        code = self._codes[(*glyph, gap) if gap else glyph] = f"{len(self._drawn):04X}"
        return code

    def cut(self) -> "Cut":
        """The font file with this document's glyphs; with all common ones, if they are enough."""
        drawn = frozenset(glyph for glyph, _text, _width in self._drawn)
        common = self.face.common
        return _keep(self.face, common) if drawn <= common else _cut(self.face, drawn)

    def glyphs(self, cut: "Cut") -> bytes:
        """The map from codes to the glyphs of the cut file."""
        numbers = (cut.numbers[glyph] for glyph, _text, _width in self._drawn)
        return struct.pack(f">{len(self._drawn) + 1}H", 0, *numbers)

    @property
    def widths(self) -> str:
        return f"[1 [{' '.join(str(width) for _glyph, _text, width in self._drawn)}]]"

    def to_unicode(self) -> bytes:
        """The CMap that searching and copying go by."""
        entries = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex()}>"
            for code, (_glyph, text, _width) in enumerate(self._drawn, 1)
        ]
        blocks = (
            "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar"))
            for block in (entries[start : start + 100] for start in range(0, len(entries), 100))
        )
        return "\n".join(
            (
                "/CIDInit /ProcSet findresource begin",
                "12 dict begin",
                "begincmap",
                "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
                "/CMapName /Adobe-Identity-UCS def",
                "/CMapType 2 def",
                "1 begincodespacerange",
                "<0000> <FFFF>",
                "endcodespacerange",
                *blocks,
                "endcmap",
                "CMapName currentdict /CMap defineresource pop",
                "end",
                "end",
            )
        ).encode("ascii")


class Cut(NamedTuple):
    """A font file with some glyphs of a face, packed; ``numbers`` are theirs in it."""

    name: str
    length: int
    packed: bytes
    numbers: dict[int, int]


def _cut(face: Face, glyphs: frozenset[int]) -> Cut:
    request = hb.SubsetInput()
    request.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    request.glyph_set.update(glyphs)
    request.drop_table_tag_set.update(
        int.from_bytes(tag.encode(), "big") for tag in _UNUSED_TABLES
    )
    plan = hb.SubsetPlan(face.face, request)
    numbers = plan.old_to_new_glyph_mapping
    file = plan.execute().blob.data
    # Six capital letters, the same for the same glyphs, are what a cut font's name begins with.
    tag = "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(file).digest()[:6])
    return Cut(
        f"/{tag}+{face.name}", len(file), _pack(file), {one: numbers[one] for one in glyphs}
    )


_keep = cache(_cut)
"""For what papers can share: to cut the Latin fonts anew takes a tenth of an invoice's time."""


def _pack(content: bytes) -> bytes:
    # Level 6 takes twice as long for a twentieth less.
    return zlib.compress(content, level=1)


class _Piece(PDFObject):  # type: ignore[misc]  # fpdf2's own types are not followed
    """An object of the file whose text is known: fpdf2 would ask each attribute what it is."""

    def __init__(self, entries: str, packed: bytes = b"") -> None:
        super().__init__()
        if packed:
            entries += f"/Filter /FlateDecode /Length {len(packed)}"
        self._entries = entries
        self._packed = packed

    def serialize(self, *_: Any, **__: Any) -> bytes:
        stream = b"\nstream\n%b\nendstream" % self._packed if self._packed else b""
        return b"%d 0 obj\n<<%b>>%b\nendobj" % (self.id, self._entries.encode("ascii"), stream)


class Producer(OutputProducer):  # type: ignore[misc]  # fpdf2's own types are not followed
    """fpdf2's writer of the file, with the fonts of a :class:`~bot.pdf.sheet.Sheet`."""

    fpdf: "Sheet"

    def _add_pages(self, *args: Any) -> list[Any]:
        pages: list[Any] = super()._add_pages(*args)
        for page in pages:
            plain = page.contents
            page.contents = packed = _Piece("", _pack(plain.content_stream()))
            packed.id = plain.id
            self.pdf_objs[self.pdf_objs.index(plain)] = packed
        return pages

    def _add_fonts(self, *_: Any) -> dict[int, _Piece]:
        return {font.index: self._add_font(font) for font in self.fpdf.embedded.values()}

    def _add_font(self, font: EmbeddedFont) -> _Piece:
        cut = font.cut()
        name = cut.name
        outlines = self._add(f"/Length1 {cut.length} ", cut.packed)
        codes = self._add("", _pack(font.glyphs(cut)))
        reading = self._add("", _pack(font.to_unicode()))
        descriptor = self._add(
            f"/Type /FontDescriptor /FontName {name} {font.face.descriptor}"
            f"/FontFile2 {outlines.ref}"
        )
        inner = self._add(
            f"/Type /Font /Subtype /CIDFontType2 /BaseFont {name} /DW 0 /W {font.widths}"
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>>"
            f"/FontDescriptor {descriptor.ref} /CIDToGIDMap {codes.ref}"
        )
        return self._add(
            f"/Type /Font /Subtype /Type0 /BaseFont {name} /Encoding /Identity-H"
            f"/DescendantFonts [{inner.ref}] /ToUnicode {reading.ref}"
        )

    def _add(self, entries: str, packed: bytes = b"") -> _Piece:
        piece = _Piece(entries, packed)
        self._add_pdf_obj(piece, "fonts")
        return piece
