"""Writes docs/licences.md: under what licence each library is that the product runs on.

``make licences`` after a change of the dependencies; a test tells when that was forgotten.
"""

import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

DOCUMENT = Path(__file__).parents[1] / "docs" / "licences.md"

PRODUCT = "arhtiya-bot"

SPDX = {
    "Apache License 2.0": "Apache-2.0",
    "Apache-2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "LGPL": "LGPL-2.1-or-later",
    "PSFL": "PSF-2.0",
    "The MIT License (MIT)": "MIT",
}
"""Older packages' words for what has an identifier by now. Theirs are in their licence files."""

HEAD = """\
# Licences of what it runs on

Written by `make licences` from what the packages say of themselves. Each is used as it is
published, by `import`, and is no part of this repository; the fonts that are have their licences
[beside them](../bot/pdf/fonts).

Four ask for something in return. **fpdf2**, **python-telegram-bot** (LGPL-3.0) and
**python-stdnum** (LGPL-2.1 or later) may be used by software under any licence, as long as whoever
gets that can put another version of the library in its place, and a changed library is given on
under its own licence. **certifi** (MPL-2.0) is a list of certificates: a changed file of it stays
under the MPL.

| library | version | licence |
|---|---|---|
"""


Packages = dict[str, Distribution]


def needed(name: str = PRODUCT, found: Packages | None = None) -> Packages:
    """What this package needs to run here, and what that needs, by name."""
    found = {} if found is None else found
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        key = requirement.name.lower().replace("_", "-")
        if key not in found and _applies(requirement):
            found[key] = distribution(requirement.name)
            _with_extras(requirement, found)
    return found


def _with_extras(requirement: Requirement, found: Packages) -> None:
    needed(requirement.name, found)
    for line in distribution(requirement.name).requires or ():
        extra = Requirement(line)
        key = extra.name.lower().replace("_", "-")
        if key not in found and any(_applies(extra, one) for one in requirement.extras):
            found[key] = distribution(extra.name)
            needed(extra.name, found)


def _applies(requirement: Requirement, extra: str = "") -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def licence_of(package: Distribution) -> str:
    """As an SPDX expression, where the package says enough for one."""
    said = package.metadata
    if expression := said.get("License-Expression"):
        return expression
    classifiers = said.get_all("Classifier") or ()
    of_licence = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License")]
    words = said.get("License") or (of_licence or [_title(package)])[0]
    return SPDX.get(words, words)


def _title(package: Distribution) -> str:
    """The first line of its licence, which says more than nothing."""
    files = package.metadata.get_all("License-File") or ()
    texts = (package.read_text(f"licenses/{name}") for name in files)
    return next((text.splitlines()[0] for text in texts if text), "?")


def document() -> str:
    """The whole of docs/licences.md."""
    rows = (
        f"| {name} | {package.version} | {licence_of(package)} |\n"
        for name, package in sorted(needed().items())
    )
    return HEAD + "".join(rows)


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT.name} is written.\n")
