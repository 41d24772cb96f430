"""What the tests of the import share."""

import pytest

from tests.bot.importing.old_books import Import


@pytest.fixture
def importing(store, clock, tmp_path):
    """An import into an empty store of each kind."""
    return Import(store, clock, tmp_path)


@pytest.fixture
def planning(mongomock_store, clock, tmp_path):
    """Likewise, for what is decided before anything is written: one kind will do."""
    return Import(mongomock_store, clock, tmp_path)
