"""Text down the page and on to the next: what every kind of paper is laid out with."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.pdf.sheet import Align, Colour, Sheet
from bot.pdf.style import BODY, INK, LEADING, MARGIN, RISE
from bot.pdf.wrapping import wrap


@dataclass(frozen=True, order=True)
class Place:
    """A page and the top (points) of what comes next on it; the later one is the greater."""

    page: int
    y: float


class Flow:
    """A sheet and the place on it. ``head`` draws what stands at the top of later pages."""

    def __init__(self, sheet: Sheet, head: Callable[[], None]) -> None:
        self.sheet = sheet
        self._head = head
        self.repeat: Callable[[], None] | None = None
        """Drawn again, under the head, on a new page: the head of the table that goes on."""
        sheet.add_page()
        self.y = MARGIN

    @property
    def left(self) -> float:
        return MARGIN

    @property
    def right(self) -> float:
        return float(self.sheet.w) - MARGIN

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def bottom(self) -> float:
        return float(self.sheet.h) - MARGIN - 20

    @property
    def place(self) -> Place:
        return Place(self.sheet.page, self.y)

    def go(self, place: Place) -> None:
        """Go on from a place that was reached before."""
        self.sheet.page, self.y = place.page, place.y

    def need(self, height: float) -> None:
        """Go to the next page unless so much still fits on this one."""
        if self.y + height <= self.bottom:
            return
        self.y = MARGIN
        if self.sheet.page < self.sheet.pages_count:
            self.sheet.page += 1
            return
        self.sheet.add_page()
        self._head()
        if self.repeat:
            self.repeat()

    def rule(self, x: float, width: float, *, thick: float, colour: Colour) -> None:
        """A line across the width, here."""
        self.sheet.rule(x, self.y, width, thick=thick, colour=colour)

    def picture(self, jpeg: bytes, x: float, *, width: float, height: float) -> None:
        """A JPEG with its left edge at ``x``, at most so large."""
        self.need(height)
        self.y += self.sheet.picture(x, self.y, jpeg, width=width, height=height)

    def block(
        self,
        text: str,
        x: float,
        width: float,
        *,
        size: float = BODY,
        bold: bool = False,
        colour: Colour = INK,
        align: Align = "left",
    ) -> None:
        """Set text from ``x`` (its left or right edge) in lines of ``width``."""
        for line in wrap(text, width * 1000 / size, bold=bold):
            self.need(size * LEADING)
            self.sheet.write_text(x, self.y + size * RISE, line, size, colour=colour, align=align)
            self.y += size * LEADING
