import os
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import secret_key
from bot.errors import StartError
from bot.secret_key import load_secret_key


def test_a_key_is_made_once_and_survives_restarts(tmp_path):
    first = load_secret_key(None, tmp_path)
    assert re.fullmatch(rb"[0-9a-f]{64}", first)
    assert load_secret_key(None, tmp_path) == first
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


def test_a_key_that_is_there_is_only_read(tmp_path, monkeypatch):
    def read_only(*_):
        raise PermissionError

    key = load_secret_key(None, tmp_path)
    monkeypatch.setattr(secret_key.os, "open", read_only)
    assert load_secret_key(None, tmp_path) == key


def test_every_data_dir_has_a_key_of_its_own(tmp_path):
    assert load_secret_key(None, tmp_path / "a") != load_secret_key(None, tmp_path / "b")


def test_nobody_else_may_read_the_key(tmp_path):
    previous = os.umask(0)
    try:
        load_secret_key(None, tmp_path)
    finally:
        os.umask(previous)
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_key_restored_with_loose_permissions_is_closed_again(tmp_path):
    file = tmp_path / "secret.key"
    file.write_text("k" * 64)
    file.chmod(0o644)
    assert load_secret_key(None, tmp_path) == b"k" * 64
    assert file.stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: load_secret_key(None, tmp_path), range(24)))
    assert len(set(keys)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


def test_a_start_that_is_killed_half_way_leaves_no_half_key(tmp_path, monkeypatch):
    def killed(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(secret_key.os, "fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            load_secret_key(None, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert len(load_secret_key(None, tmp_path)) == 64


def test_a_configured_key_goes_before_the_file_and_leaves_none(tmp_path):
    assert load_secret_key("s" * 32, tmp_path) == b"s" * 32
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("short", ["", "hunter2", "s" * 31])
def test_a_short_configured_key_stops_the_start_and_is_not_repeated(short, tmp_path):
    with pytest.raises(StartError, match=r"SECRET_KEY is wrong .* e.g. ") as stopped:
        load_secret_key(short, tmp_path)
    assert not short or short not in str(stopped.value)


def test_a_damaged_file_stops_the_start_and_is_not_replaced(tmp_path):
    (tmp_path / "secret.key").write_text("half a k")
    with pytest.raises(StartError, match=r"secret.key is damaged"):
        load_secret_key(None, tmp_path)
    assert (tmp_path / "secret.key").read_text() == "half a k"


def test_a_data_dir_that_cannot_be_written_stops_the_start(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError, match=r"secret.key cannot be used .* DATA_DIR"):
        load_secret_key(None, tmp_path / "file")
