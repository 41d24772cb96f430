"""How the firm's papers look: sheets, margins, sizes (all in points) and colours."""

from dataclasses import dataclass

from storage.models import PaperForm

Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""

LEADING = 1.42
"""Baseline to baseline, as a multiple of the size: Devanagari and Naskh reach above and below."""

RISE = 1.05
"""From the top of a line to its baseline, as a multiple of the size."""

_MM = 72 / 25.4
_BLACK: Colour = (0, 0, 0)


@dataclass(frozen=True)
class Style:
    """One kind of sheet.

    ``height`` is the most that a page has. A ``narrow`` sheet has one column, and is cut off under
    what stands on it: it comes from a roll.
    """

    width: float
    height: float
    margin: float
    narrow: bool = False
    small: float = 8.0
    body: float = 9.5
    name: float = 11.5
    total: float = 14.0
    title: float = 15.0
    heading: float = 20.0
    space: float = 15.0
    ink: Colour = (0.11, 0.12, 0.14)
    grey: Colour = (0.42, 0.44, 0.47)
    hairline: Colour = (0.85, 0.86, 0.87)
    accent: Colour = (0.06, 0.36, 0.28)
    warning: Colour = (0.66, 0.20, 0.16)


A4 = Style(width=210 * _MM, height=297 * _MM, margin=50)

ROLL = Style(
    width=80 * _MM,
    # A page of a PDF may be 14 400 points long; viewers on phones give up long before.
    height=3000 * _MM,
    # Printers of 80 mm reach 72 of them.
    margin=4 * _MM,
    narrow=True,
    name=10.5,
    total=12.5,
    title=12.5,
    heading=14.0,
    space=8.0,
    # They have one colour, and print a grey as dots.
    ink=_BLACK,
    grey=_BLACK,
    hairline=_BLACK,
    accent=_BLACK,
    warning=_BLACK,
)
"""The paper of a receipt printer."""

STYLES = {PaperForm.A4: A4, PaperForm.ROLL: ROLL}
