"""A firm with two partners, Ravi and Sita, who have not signed in yet."""

import pytest

from tests.bot.access.door import RAVI, SITA, add


@pytest.fixture
def firm(store):
    """On each kind of store."""
    add(store, "ravi", RAVI)
    add(store, "sita", SITA)
    return store


@pytest.fixture
def embedded_firm(embedded_store):
    """For what happens at once."""
    add(embedded_store, "ravi", RAVI)
    add(embedded_store, "sita", SITA)
    return embedded_store
