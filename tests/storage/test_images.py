"""Images: every byte comes back, and the first one stays."""

import random

import pytest

from storage.errors import TooLarge
from storage.images import MAX_BYTES, Image


@pytest.mark.parametrize("size", [0, 1, 1_000_000])
def test_every_byte_comes_back(store, size):
    content = random.Random(size).randbytes(size)
    store.images.add("1", content, "image/jpeg", "u1")

    assert store.images.get("1") == Image(id="1", content=content, mime="image/jpeg", owner="u1")


def test_a_picture_that_is_not_there_is_none(store):
    assert store.images.get("1") is None


def test_the_same_id_keeps_the_first_picture(store):
    store.images.add("1", b"first", "image/jpeg", "u1")
    store.images.add("1", b"second", "image/png", "u2")

    assert store.images.get("1").content == b"first"


def test_more_than_five_megabytes_are_refused(store):
    with pytest.raises(TooLarge):
        store.images.add("1", bytes(MAX_BYTES + 1), "image/jpeg", "u1")

    assert store.images.get("1") is None


def test_the_largest_picture_fits(embedded_store):
    embedded_store.images.add("1", bytes(MAX_BYTES), "image/jpeg", "u1")

    assert len(embedded_store.images.get("1").content) == MAX_BYTES
