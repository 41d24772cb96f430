"""Admins: a link makes one person the admin, once."""


def test_nobody_is_admin_before_a_link_was_claimed(store):
    store.admins.offer("hash")

    assert store.admins.claimed() == set()


def test_the_first_to_open_the_link_is_admin(store):
    store.admins.offer("hash")

    assert store.admins.claim("hash", 5_000_000_001)
    assert not store.admins.claim("hash", 8)
    assert store.admins.claimed() == {5_000_000_001}


def test_opening_the_link_twice_is_being_admin_once(store):
    store.admins.offer("hash")

    assert store.admins.claim("hash", 7)
    assert store.admins.claim("hash", 7)
    assert store.admins.claimed() == {7}


def test_another_link_makes_nobody_admin(store):
    store.admins.offer("hash")

    assert not store.admins.claim("other", 7)
    assert store.admins.claimed() == set()


def test_a_new_link_replaces_the_one_that_nobody_opened(store):
    store.admins.offer("old")
    store.admins.offer("new")

    assert not store.admins.claim("old", 7)
    assert store.admins.claim("new", 7)


def test_a_new_link_takes_nothing_from_those_who_are_admin(store):
    store.admins.offer("old")
    store.admins.claim("old", 7)
    store.admins.offer("new")
    store.admins.claim("new", 8)

    assert store.admins.claimed() == {7, 8}


def test_of_many_who_open_the_link_at_once_one_is_admin(embedded_store, together):
    embedded_store.admins.offer("hash")

    assert sum(together(lambda number: embedded_store.admins.claim("hash", number), 12)) == 1
    assert len(embedded_store.admins.claimed()) == 1
