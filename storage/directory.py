"""Customers' names and phones in memory, where a part of either is found at once.

No index finds the middle of a word. So a search read every customer who was not found before, and
most of all for a name that nobody has: every new customer's, as it is typed for the first time.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

LAST = "\U0010ffff"
"""Sorts after every other character."""


class Listed(NamedTuple):
    """A customer as they are looked for. They sort by name; ``phone`` is empty without one."""

    name_key: str
    id: str
    phone: str


class Directory:
    """Everybody, in the order of their names. Not for several threads at once."""

    def __init__(self, everybody: Iterable[Listed]) -> None:
        self._everybody = sorted(everybody)
        self._by_id = {one.id: one for one in self._everybody}
        self._lines: tuple[_Lines, _Lines] | None = None

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, id: str) -> Listed | None:
        return self._by_id.get(id)

    def put(self, one: Listed) -> None:
        """List somebody, or list them anew."""
        before = self._by_id.get(one.id)
        if before == one:
            return
        if before is not None:
            del self._everybody[bisect_left(self._everybody, before)]
        insort(self._everybody, one)
        self._by_id[one.id] = one
        self._lines = None

    def named(self, key: str) -> Iterator[str]:
        """The ids of those whose name starts with this, then of all who have it in it, by name."""
        start = bisect_left(self._everybody, (key,))
        end = bisect_left(self._everybody, (key + LAST,))
        yield from (one.id for one in self._everybody[start:end])
        names, _phones = self._searchable()
        yield from (self._everybody[place].id for place in names.containing(key))

    def with_phone(self, digits: str) -> Iterator[str]:
        """The ids of those in whose phone these digits stand, by name."""
        _names, phones = self._searchable()
        return (self._everybody[place].id for place in phones.containing(digits))

    def _searchable(self) -> tuple["_Lines", "_Lines"]:
        if self._lines is None:
            self._lines = (
                _Lines([one.name_key for one in self._everybody]),
                _Lines([one.phone for one in self._everybody]),
            )
        return self._lines


class _Lines:
    """Many short texts as one, in which looking for a part is one call a hit.

    None of them holds a line's end, nor what is looked for: ``storage/folding.py``.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "\n".join(lines)
        self._ends = list(accumulate(len(line) + 1 for line in lines))

    def containing(self, part: str) -> Iterator[int]:
        """The places of the lines in which this stands, in order."""
        at = self._text.find(part)
        while at >= 0:
            place = bisect_right(self._ends, at)
            yield place
            at = self._text.find(part, self._ends[place])
