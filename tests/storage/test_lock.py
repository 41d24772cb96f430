"""The lock: one process at a time on one DATA_DIR, and clear words for the second."""

import stat
import subprocess
import sys

import pytest

from storage.errors import StoreLocked, StoreUnwritable
from storage.lock import locked

HOLD = """
import sys, time
from pathlib import Path
from storage.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_one_is_refused_in_one_line_that_says_what_to_do(tmp_path):
    with locked(tmp_path), pytest.raises(StoreLocked) as caught, locked(tmp_path):
        pass

    assert str(tmp_path) in str(caught.value)
    assert "DATA_DIR" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_it_is_free_again_afterwards(tmp_path):
    for _ in range(2):
        with locked(tmp_path):
            pass


def test_two_folders_are_two_locks(tmp_path):
    with locked(tmp_path / "a"), locked(tmp_path / "b"):
        pass


def test_a_killed_process_holds_nothing(tmp_path):
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreLocked), locked(tmp_path):
            pass
        holder.kill()

    with locked(tmp_path):
        pass


def test_a_new_folder_is_its_users_alone(tmp_path):
    folder = tmp_path / "new" / "data"

    with locked(folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "lock").stat().st_mode) == 0o600


@pytest.mark.parametrize("impossible", ["file/data", "file", "x" * 300])
def test_an_impossible_folder_is_one_line_that_names_it(tmp_path, impossible):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StoreUnwritable) as caught, locked(tmp_path / impossible):
        pass

    assert str(tmp_path / impossible) in str(caught.value)
    assert "DATA_DIR" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_that_cannot_be_written_is_one_line_that_names_it(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    # Not by chmod: the superuser, who runs tests in many a container, may write everywhere.
    monkeypatch.setattr("storage.lock.os.open", refuse)

    with pytest.raises(StoreUnwritable, match="Permission denied"), locked(tmp_path):
        pass
