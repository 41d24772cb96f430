"""Lists that are longer than a screen."""

from handlers.screen import Choice, Rows

PAGE = 8
"""Rows on a page: what fits a small phone above the keyboard."""


def paged(page: int, count: int, size: int = PAGE) -> tuple[int, int]:
    """The page that is meant and there, and how many rows stand before it."""
    page = max(0, min(page, (count - 1) // size))
    return page, page * size


def number(text: str) -> int:
    """The number that stands in a button; 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def turn(verb: str, page: int, count: int, size: int = PAGE) -> Rows:
    """The row that turns pages of ``verb:<page>``; none when everything fits."""
    pages = max(1, -(-count // size))
    if pages == 1:
        return ()
    row = [Choice(f"{page + 1} / {pages}", f"{verb}:{page}")]
    if page > 0:
        row.insert(0, Choice("‹", f"{verb}:{page - 1}"))
    if page < pages - 1:
        row.append(Choice("›", f"{verb}:{page + 1}"))
    return (tuple(row),)
