"""The embedded store's file: taken away, put back, and replaced by another one."""

import pytest

from storage.database import file_of_books, open_store
from storage.errors import StoreUnavailable


@pytest.fixture
def store(tmp_path):
    with open_store(None, tmp_path) as store:
        yield store


@pytest.fixture
def file(tmp_path):
    return file_of_books(tmp_path)


def test_where_it_was_opened_it_answers_from_the_first_start_on(store, file):
    assert file.exists()
    store.ping()
    store.check_ours()


@pytest.mark.parametrize("asked", ["ping", "check_ours"])
def test_taken_away_it_is_no_store_though_it_takes_what_is_written(store, file, asked):
    file.rename(file.with_name("elsewhere.db"))
    store.drafts.get("nobody")
    with pytest.raises(StoreUnavailable, match=r"arhtiya\.db is not the file any more"):
        getattr(store, asked)()


def test_nor_with_another_in_its_place(store, file):
    file.rename(file.with_name("elsewhere.db"))
    file.write_bytes(file.with_name("elsewhere.db").read_bytes())
    with pytest.raises(StoreUnavailable):
        store.ping()


def test_put_back_it_is_the_store_again(store, file):
    elsewhere = file.rename(file.with_name("elsewhere.db"))
    with pytest.raises(StoreUnavailable):
        store.ping()
    elsewhere.rename(file)
    store.ping()
    store.check_ours()
