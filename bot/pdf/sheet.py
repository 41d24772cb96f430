"""A sheet of paper to set text on: fpdf2's document with our own type.

Everything is in points (1/72 inch) from the top left corner; ``y`` of a text is its baseline.
"""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from fpdf import FPDF
from fpdf.enums import PDFResourceType
from fpdf.image_parsing import preload_image

from bot.pdf.embedding import EmbeddedFont, Producer
from bot.pdf.faces import Face
from bot.pdf.shaping import Line, paragraphs, typeset
from bot.pdf.style import Colour, Style

Align = Literal["left", "center", "right"]

_SHARE = {"left": 0.0, "center": 0.5, "right": 1.0}
"""How much of a line's width is left of its place."""


class Sheet(FPDF):  # type: ignore[misc]  # fpdf2's own types are not followed
    """One document; never shared between threads."""

    def __init__(self, style: Style) -> None:
        super().__init__(unit="pt", format=(style.width, style.height))
        self.style = style
        self.set_auto_page_break(auto=False)
        self.set_compression(False)  # the producer packs, faster
        self.alias_nb_pages(None)
        self.embedded: dict[Face, EmbeddedFont] = {}

    def describe(self, title: str, author: str, *, language: str, created: dt.datetime) -> None:
        """The document's own data, which a viewer shows and a search finds it by."""
        self.set_title(" ".join(paragraphs(title)))
        self.set_author(" ".join(paragraphs(author)))
        self.set_lang(language)
        self.set_creation_date(created)

    def write_text(
        self,
        x: float,
        y: float,
        text: str | Line,
        size: float,
        *,
        bold: bool = False,
        colour: Colour = (0, 0, 0),
        align: Align = "left",
    ) -> None:
        """Set one line with its left end, middle or right end at ``x``; ``bold`` if it is text."""
        line = typeset(text, bold=bold) if isinstance(text, str) else text
        indent = line.indent if align == "left" else 0
        x += (indent - line.width * _SHARE[align]) * size / 1000
        operators = []
        for run in line.runs:
            font = self._font(run.face)
            operators.append(f"/F{font.index} {size:.2f} Tf {font.operators(run, size)}")
        self._out(
            f"BT {_numbers(*colour)} rg {x:.2f} {self.h - y:.2f} Td {' '.join(operators)} ET"
        )

    def rule(self, x: float, y: float, width: float, *, thick: float, colour: Colour) -> None:
        """A horizontal line from ``x``, centred on ``y``."""
        self._out(
            f"{thick:.2f} w {_numbers(*colour)} RG {x:.2f} {self.h - y:.2f} m {x + width:.2f} "
            f"{self.h - y:.2f} l S"
        )

    def frame(
        self, x: float, y: float, width: float, height: float, *, thick: float, colour: Colour
    ) -> None:
        """A rectangle's outline, ``y`` at its top."""
        self._out(
            f"{thick:.2f} w {_numbers(*colour)} RG {x:.2f} {self.h - y - height:.2f} "
            f"{width:.2f} {height:.2f} re S"
        )

    def cells(self, x: float, y: float, side: float, runs: Iterable[tuple[int, int, int]]) -> None:
        """Black squares of a grid whose upper left corner is there, each with this side.

        A run is its row, its first column, and how many columns it fills.
        """
        path = " ".join(f"{column} {-row - 1} {count} 1 re" for row, column, count in runs)
        self._out(f"q {side:.4f} 0 0 {side:.4f} {x:.2f} {self.h - y:.2f} cm 0 g {path} f Q")

    def picture(self, x: float, y: float, jpeg: bytes, *, width: float, height: float) -> None:
        """Put a JPEG with its upper left corner there, in this size.

        The file holds it as it is, so that it costs no more than its bytes.
        """
        self.image(jpeg, x, y, width, height)

    def pixels(self, jpeg: bytes) -> tuple[int, int]:
        """The width and height of a JPEG."""
        _name, _image, info = preload_image(self.image_cache, jpeg)
        return info["w"], info["h"]

    def cut(self, height: float) -> None:
        """Cut the page off at so much from its top, once all is drawn on it."""
        page = self.pages[self.page]
        page.contents[:0] = f"1 0 0 1 0 {height - self.h:.2f} cm\n".encode("ascii")
        page.set_dimensions(self.style.width, height)

    def finished(self) -> bytes:
        """The file."""
        return bytes(self.output(output_producer_class=Producer))

    def _font(self, face: Face) -> EmbeddedFont:
        font = self.embedded.get(face)
        if font is None:
            font = self.embedded[face] = EmbeddedFont(face, len(self.embedded) + 1)
        self._resource_catalog.add(PDFResourceType.FONT, font.index, self.page)
        return font


@lru_cache(maxsize=64)
def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3g}" for value in values)
