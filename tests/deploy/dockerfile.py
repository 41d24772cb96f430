"""What the Dockerfile says, read as an engine reads it: stages of instructions."""

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from tests.process.running import CHECKOUT

CARRIED_OUT = {"FROM", "RUN", "COPY", "ENV", "WORKDIR"}
TELLING = {"LABEL", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "CMD"}
KNOWN = CARRIED_OUT | TELLING
"""What ``tests/deploy/image.py`` carries out, or has no need to."""


@dataclass
class Instruction:
    word: str
    options: dict[str, str]
    """E.g. ``{"from": "build"}`` of ``COPY --from=build``."""
    rest: str

    @property
    def arguments(self) -> list[str]:
        """Of the form in brackets, or of one in words."""
        if self.rest.startswith("["):
            return list(json.loads(self.rest))
        return shlex.split(self.rest)


@dataclass
class Stage:
    base: str
    name: str | None
    instructions: list[Instruction] = field(default_factory=list)

    def last(self, word: str) -> Instruction:
        return [one for one in self.instructions if one.word == word][-1]


def read(path: Path = CHECKOUT / "Dockerfile") -> list[Stage]:
    """Its stages, in order."""
    stages = list[Stage]()
    lines = [line for line in path.read_text().splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        if not line.strip():
            continue
        word, _, rest = line.partition(" ")
        assert word in KNOWN, f"{word} is not tried yet: tests/deploy/image.py"
        options = dict[str, str]()
        while found := re.match(r"--([a-z-]+)=(\S+)\s+", rest):
            options[found[1]] = found[2]
            rest = rest[found.end() :]
        if word == "FROM":
            base, *named = rest.split()
            stages.append(Stage(base, named[1] if named else None))
        else:
            stages[-1].instructions.append(Instruction(word, options, rest.strip()))
    return stages
