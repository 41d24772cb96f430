"""A sheet of paper to set text on: fpdf2's document with our own type.

Everything is in points (1/72 inch) from the top left corner; ``y`` of a text is its baseline.
"""

import datetime as dt
from typing import Literal

from fpdf import FPDF
from fpdf.enums import PDFResourceType
from fpdf.image_parsing import preload_image

from bot.pdf.embedding import EmbeddedFont, Producer
from bot.pdf.faces import Face
from bot.pdf.shaping import Line, paragraphs, typeset

Align = Literal["left", "right"]
Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""


class Sheet(FPDF):  # type: ignore[misc]  # fpdf2's own types are not followed
    """One document; never shared between threads."""

    def __init__(self) -> None:
        super().__init__(unit="pt", format="A4")
        self.set_auto_page_break(auto=False)
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
        """Set one line with its left, or right, end at ``x``. ``bold`` is for a plain ``str``."""
        line = typeset(text, bold=bold) if isinstance(text, str) else text
        x += (line.indent if align == "left" else -line.width) * size / 1000
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

    def picture(self, x: float, y: float, jpeg: bytes, *, width: float, height: float) -> float:
        """Put a JPEG with its upper left corner there, at most so large; gives its height.

        It keeps its proportion, and is never larger than a point for a pixel. The file holds it as
        it is, so that it costs no more than its bytes.
        """
        _name, _image, pixels = preload_image(self.image_cache, jpeg)
        scale = min(width / pixels["w"], height / pixels["h"], 1.0)
        self.image(jpeg, x, y, pixels["w"] * scale, pixels["h"] * scale)
        return float(pixels["h"] * scale)

    def finished(self) -> bytes:
        """The file."""
        return bytes(self.output(output_producer_class=Producer))

    def _font(self, face: Face) -> EmbeddedFont:
        font = self.embedded.get(face)
        if font is None:
            font = self.embedded[face] = EmbeddedFont(face, len(self.embedded) + 1)
        self._resource_catalog.add(PDFResourceType.FONT, font.index, self.page)
        return font


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3g}" for value in values)
