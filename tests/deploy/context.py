"""What of the checkout an engine sees: all that ``.dockerignore`` lets in."""

import os
import re
from pathlib import Path

from tests.process.running import CHECKOUT


def let_in(root: Path = CHECKOUT) -> list[Path]:
    """Its files, as paths below ``root``."""
    rules = [
        (not line.startswith("!"), _pattern(line.removeprefix("!").strip("/")))
        for line in map(str.strip, (root / ".dockerignore").read_text().splitlines())
        if line and not line.startswith("#")
    ]
    found = list[Path]()
    for folder, folders, files in os.walk(root):
        here = Path(folder).relative_to(root)
        found += [here / name for name in files if not _is_kept_out(here / name, rules)]
        # An engine would look on for what is let in below; no rule of ours asks for that.
        folders[:] = [name for name in folders if not _is_kept_out(here / name, rules)]
    return sorted(found)


def _is_kept_out(path: Path, rules: list[tuple[bool, re.Pattern[str]]]) -> bool:
    """The last rule that speaks of the path, or of a folder that it is in, decides."""
    names = [path.as_posix(), *(folder.as_posix() for folder in path.parents)]
    out = False
    for keeps_out, pattern in rules:
        if any(pattern.fullmatch(name) for name in names):
            out = keeps_out
    return out


def _pattern(words: str) -> re.Pattern[str]:
    pieces = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", words)
    return re.compile("".join(pieces.get(part, re.escape(part)) for part in parts))
