"""A guard: the line that holds something, and the test that fails without it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """``text`` in ``path`` is what holds it, ``without`` takes its place, ``test`` then fails."""

    name: str
    path: str
    text: str
    without: str
    test: str

    def taken_from(self, source: str) -> str:
        """The file of the guard without it."""
        return source.replace(self.text, self.without)
