"""Text down the page and on to the next: what every kind of paper is laid out with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.pdf.shaping import Line
from bot.pdf.sheet import Align, Sheet
from bot.pdf.style import LEADING, RISE, Colour
from bot.pdf.wrapping import wrap

GUTTER = 30.0
"""Between two columns."""

_FOLIO = 20.0
"""The room at the foot of a page for its number."""


@dataclass(frozen=True, order=True)
class Place:
    """A page and the top (points) of what comes next on it; the later one is the greater."""

    page: int
    y: float


class Flow:
    """A sheet, the place on it, and the column that is being filled.

    ``head`` draws what stands at the top of later pages.
    """

    def __init__(self, sheet: Sheet, head: Callable[["Flow"], None]) -> None:
        self.sheet = sheet
        self.style = sheet.style
        self._head = head
        self.repeat: Callable[[], None] | None = None
        """Drawn again, under the head, on a new page: the head of the table that goes on."""
        self.left = self.style.margin
        self.right = self.style.width - self.style.margin
        self._lowest: dict[int, float] = {}
        sheet.add_page()
        self.y = self.style.margin

    @property
    def y(self) -> float:
        """The top of what comes next."""
        return self._y

    @y.setter
    def y(self, y: float) -> None:
        self._y = y
        self._lowest[self.sheet.page] = max(self.lowest, y)

    @property
    def lowest(self) -> float:
        """How far down this page anything was reached."""
        return self._lowest.get(self.sheet.page, 0)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def bottom(self) -> float:
        return self.style.height - self.style.margin - _FOLIO

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
        if self.sheet.page < self.sheet.pages_count:
            self.go(Place(self.sheet.page + 1, self.style.margin))
            return
        self.sheet.add_page()
        self.y = self.style.margin
        with self.column(self.style.margin, self.style.width - self.style.margin):
            self._head(self)
            if self.repeat:
                self.repeat()

    @contextmanager
    def column(self, left: float, right: float) -> Iterator[None]:
        """Fill a part of the width."""
        before = self.left, self.right
        self.left, self.right = left, right
        yield
        self.left, self.right = before

    def beside(
        self, first: Callable[[], None], second: Callable[[], None], *, second_width: float = 0
    ) -> None:
        """Fill two columns side by side; one under the other where the sheet is narrow.

        ``second_width`` is that of the column at the right; 0 halves the width.
        """
        if self.style.narrow:
            first()
            self.y += self.style.space
            second()
            return
        split = second_width or (self.width - GUTTER) / 2
        start = self.place
        with self.column(self.left, self.right - split - GUTTER):
            first()
        end = self.place
        self.go(start)
        with self.column(self.right - split, self.right):
            second()
        self.go(max(self.place, end))

    def rule(self, *, thick: float, colour: Colour) -> None:
        """A line across the column, here."""
        self.sheet.rule(self.left, self.y, self.width, thick=thick, colour=colour)

    def picture(self, jpeg: bytes, *, width: float, height: float, align: Align = "left") -> float:
        """A JPEG in its proportion, at most so large and a point for a pixel; gives its width."""
        wide, high = self.sheet.pixels(jpeg)
        scale = min(width / wide, height / high, 1.0)
        self.need(height)
        x = self.edge(align, wide * scale)
        self.sheet.picture(x, self.y, jpeg, width=wide * scale, height=high * scale)
        self.y += high * scale
        return wide * scale

    def block(
        self,
        text: str,
        *,
        size: float = 0,
        bold: bool = False,
        colour: Colour | None = None,
        align: Align = "left",
    ) -> None:
        """Set text in lines of the column's width; of itself in the body's size and colour."""
        size = size or self.style.body
        colour = colour or self.style.ink
        for line in wrap(text, self.width * 1000 / size, bold=bold):
            self.line(line, size, colour=colour, align=align)

    def line(self, line: Line, size: float, *, colour: Colour, align: Align = "left") -> None:
        """Set one line, on the next page where this one is full."""
        self.need(size * LEADING)
        baseline = self.y + size * RISE
        self.sheet.write_text(self.edge(align), baseline, line, size, colour=colour, align=align)
        self.y += size * LEADING

    def edge(self, align: Align, width: float = 0) -> float:
        """Where in the column something of this width begins; of none, where it is aligned."""
        spare = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * (self.width - width)
        return self.left + spare
