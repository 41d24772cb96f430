"""Fonts into the PDF: only the glyphs that a document draws, cut out by HarfBuzz.

fpdf2 parses every font anew for each document and cuts it with fontTools, which takes many times
as long as drawing the page. Here the parsed faces are shared by all documents, and fpdf2 is handed
the finished font objects through its ``output_producer_class``.
"""

import hashlib
import struct
from typing import TYPE_CHECKING, Any

import uharfbuzz as hb
from fpdf.enums import FontDescriptorFlags
from fpdf.fonts import PDFFontDescriptor
from fpdf.output import (
    CIDSystemInfo,
    OutputProducer,
    PDFContentStream,
    PDFFont,
    PDFFontStream,
)
from fpdf.syntax import Name, PDFArray

from bot.pdf.faces import Face
from bot.pdf.shaping import Run, Shift

if TYPE_CHECKING:
    from bot.pdf.sheet import Sheet

# What a viewer needs to draw outlines by glyph number, and nothing else.
_UNUSED_TABLES = ("cmap", "name", "post", "OS/2", "GDEF", "GPOS", "GSUB")


class EmbeddedFont:
    """One face in one document: the codes given to the glyphs drawn so far.

    A code stands for a glyph *and* the characters it is read as, because one glyph may be read
    differently in different words.
    """

    def __init__(self, face: Face, index: int) -> None:
        self.face = face
        self.index = index
        self._codes: dict[tuple[int, str], int] = {}

    def operators(self, run: Run, size: float) -> str:
        """The PDF operators that draw a run of this face at this size (points) from the pen on."""
        codes = [self._codes.setdefault(glyph, len(self._codes) + 1) for glyph in run.glyphs]
        if not run.shifts:
            return f"<{''.join(f'{code:04X}' for code in codes)}> Tj"
        parts: list[str] = []
        shifted = Shift(0, 0)
        for shift, code in zip(run.shifts, [*codes, None], strict=True):
            if shift.up != shifted.up:
                parts.append(f"]TJ {shift.up * size / 1000:.2f} Ts [")
            if shift.right != shifted.right:
                parts.append(f"{shifted.right - shift.right}")
            if code is not None:
                parts.append(f"<{code:04X}>")
            shifted = shift
        return f"[{''.join(parts).replace('><', '')}]TJ"

    def subset(self) -> tuple[bytes, bytes]:
        """The font file with this document's glyphs alone, and the map from codes into it."""
        request = hb.SubsetInput()
        request.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        request.glyph_set.update(glyph for glyph, _ in self._codes)
        request.drop_table_tag_set.update(
            int.from_bytes(tag.encode(), "big") for tag in _UNUSED_TABLES
        )
        plan = hb.SubsetPlan(self.face.face, request)
        numbers = plan.old_to_new_glyph_mapping
        glyphs = (numbers[glyph] for glyph, _ in self._codes)
        return plan.execute().blob.data, struct.pack(f">{len(self._codes) + 1}H", 0, *glyphs)

    @property
    def widths(self) -> str:
        return f"[1 [{' '.join(str(self.face.width(glyph)) for glyph, _ in self._codes)}]]"

    def to_unicode(self) -> bytes:
        """The CMap that searching and copying go by."""
        entries = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex()}>"
            for (_, text), code in self._codes.items()
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


class Producer(OutputProducer):  # type: ignore[misc]  # fpdf2's own types are not followed
    """fpdf2's writer of the file, with the fonts of a :class:`~bot.pdf.sheet.Sheet`."""

    fpdf: "Sheet"

    def _add_fonts(self, *_: Any) -> dict[int, PDFFont]:
        return {font.index: self._add_font(font) for font in self.fpdf.embedded.values()}

    def _add_font(self, font: EmbeddedFont) -> PDFFont:
        file, glyphs = font.subset()
        name = f"{_tag(file)}+{font.face.name}"
        outer = PDFFont(subtype="Type0", base_font=name, encoding="Identity-H")
        inner = PDFFont(subtype="CIDFontType2", base_font=name, d_w=0, w=font.widths)
        descriptor = _descriptor(font.face, name)
        outer.descendant_fonts = PDFArray([inner])
        outer.to_unicode = PDFContentStream(font.to_unicode(), compress=True)
        inner.c_i_d_system_info = CIDSystemInfo()
        inner.font_descriptor = descriptor
        inner.c_i_d_to_g_i_d_map = PDFContentStream(glyphs, compress=True)
        descriptor.font_file2 = PDFFontStream(file)
        for part in (
            outer,
            inner,
            outer.to_unicode,
            inner.c_i_d_system_info,
            inner.c_i_d_to_g_i_d_map,
            descriptor,
            descriptor.font_file2,
        ):
            self._add_pdf_obj(part, "fonts")
        return outer


def _tag(file: bytes) -> str:
    """Six capital letters, as the name of a cut font begins with, the same for the same glyphs."""
    return "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(file).digest()[:6])


def _descriptor(face: Face, name: str) -> PDFFontDescriptor:
    descriptor = PDFFontDescriptor(
        ascent=face.ascent,
        descent=face.descent,
        cap_height=face.cap_height,
        flags=FontDescriptorFlags.SYMBOLIC,
        font_b_box="[{} {} {} {}]".format(*face.box),
        italic_angle=0,
        stem_v=face.stem,
        missing_width=0,
    )
    descriptor.font_name = Name(name)
    return descriptor
