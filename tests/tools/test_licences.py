"""docs/licences.md is of what is installed."""

import re

from tools.licences import DOCUMENT, licence_of, needed


def listed():
    rows = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", DOCUMENT.read_text(), re.MULTILINE)
    return {name: (version, licence) for name, version, licence in rows if name != "library"}


def test_every_library_is_listed_with_its_licence():
    wanted = {name: (one.version, licence_of(one)) for name, one in needed().items()}
    assert wanted.items() <= listed().items(), "run: make licences"


def test_none_is_listed_of_which_nothing_is_known():
    assert all(licence not in ("?", "UNKNOWN") for _version, licence in listed().values())
