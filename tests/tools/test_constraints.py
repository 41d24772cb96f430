"""constraints.txt pins all that is installed here for us, at the version that it has here."""

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from tools.licences import PRODUCT

CONSTRAINTS = Path(__file__).parents[2] / "constraints.txt"


def normal(name):
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed(name, extras, found):
    """What this needs with these extras, and what that needs; of it all, what is here."""
    for line in distribution(name).requires or ():
        one = Requirement(line)
        asked = normal(one.name), frozenset(one.extras)
        wanted = one.marker is None or any(
            one.marker.evaluate({"extra": extra}) for extra in ("", *extras)
        )
        if wanted and asked not in found:
            try:
                found[asked] = distribution(one.name).version
            except PackageNotFoundError:
                continue  # of an extra that is not installed
            installed(one.name, one.extras, found)
    return found


def test_all_that_is_installed_is_pinned():
    extras = distribution(PRODUCT).metadata.get_all("Provides-Extra")
    here = {name: version for (name, _), version in installed(PRODUCT, extras, {}).items()}
    lines = CONSTRAINTS.read_text(encoding="utf-8").split()
    pinned = {normal(name): version for name, version in (line.split("==") for line in lines)}

    assert here.items() <= pinned.items()
    assert {"pytest", "uvicorn", "et-xmlfile", "h11"} <= here.keys()
    assert len(pinned) == len(lines), "one is pinned twice"
