"""The embedded store: private, cleaned up, and nothing acknowledged is lost by kill -9."""

import logging
import socket
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from pymongo import MongoClient
from pymongo.errors import AutoReconnect

from storage.database import open_store
from storage.embedded import embedded_server
from storage.errors import StoreUnwritable
from storage.models import Customer

WRITE_UNTIL_KILLED = """
import datetime as dt
import sys
from itertools import count
from pathlib import Path
from storage.database import open_store
from storage.models import Customer

now = dt.datetime(2026, 8, 1, 9, 0, tzinfo=dt.UTC)
with open_store(None, Path(sys.argv[1])) as store:
    for number in count():
        store.customers.add(Customer(id=f"c{number}", name="Ramesh"))
        store.customers.bring_up_to("c0", seq=number, outstanding=0, advance=0, used_at=now)
        print(number, flush=True)
"""


def threads_of_the_store():
    return [thread for thread in threading.enumerate() if thread.name == "embedded-store"]


def connected(uri):
    return MongoClient(uri, serverSelectionTimeoutMS=300)


@pytest.fixture
def short_path():
    """Short enough for a socket in it, whatever the test is called."""
    with tempfile.TemporaryDirectory() as path:
        yield Path(path)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_only_this_user_can_reach_it(short_path):
    with embedded_server(short_path):
        assert mode(short_path / "database") == 0o700
        assert mode(short_path / "database" / "mongo.sock") == 0o600


def test_the_socket_of_a_killed_process_is_replaced(short_path):
    (short_path / "database").mkdir()
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(short_path / "database" / "mongo.sock"))

    with embedded_server(short_path) as uri, connected(uri) as client:
        assert client["arhtiya"].command("ping")["ok"] == 1


def test_nothing_is_left_when_it_ends_but_the_data(tmp_path):
    with open_store(None, tmp_path) as store:
        store.customers.add(Customer(id="c1", name="Ramesh"))

    assert threads_of_the_store() == []
    assert names_in(tmp_path) == ["database", "lock"]
    assert names_in(tmp_path / "database") == ["admin.db", "arhtiya.db"]


def test_the_data_is_there_the_next_time(tmp_path):
    added = Customer(id="c1", name="Ramesh", phone="+919876543210")
    with open_store(None, tmp_path) as store:
        store.customers.add(added)

    with open_store(None, tmp_path) as store:
        assert store.customers.get("c1") == added


def test_a_client_that_stays_does_not_keep_it_from_ending(tmp_path):
    with embedded_server(tmp_path) as uri:
        client = connected(uri)
        client["arhtiya"].command("ping")

    with pytest.raises(AutoReconnect):
        client["arhtiya"].command("ping")
    client.close()
    assert threads_of_the_store() == []


def test_it_ends_with_an_error_inside_too(short_path):
    with pytest.raises(ZeroDivisionError), embedded_server(short_path):
        1 / 0  # noqa: B018 - the error inside

    assert threads_of_the_store() == []
    assert names_in(short_path / "database") == ["admin.db"]


def test_a_path_too_long_for_a_socket_gets_one_elsewhere(tmp_path):
    deep = tmp_path / ("market" * 20)
    deep.mkdir()

    with embedded_server(deep) as uri, connected(uri) as client:
        assert client["arhtiya"].command("ping")["ok"] == 1
        ((path, _port),) = client.topology_description.server_descriptions()
        assert path.startswith(tempfile.gettempdir())
        assert mode(Path(path)) == 0o600
        assert mode(Path(path).parent) == 0o700

    assert not Path(path).parent.exists()


@pytest.mark.parametrize("name", ["with space", "per%cent", "राम", "a?b#c@d"])
def test_any_folder_name_is_fine(tmp_path, name):
    with open_store(None, tmp_path / name) as store:
        store.ping()


def test_a_folder_in_the_way_is_one_line(tmp_path):
    (tmp_path / "database").write_text("in the way")

    with pytest.raises(StoreUnwritable, match="DATA_DIR"), embedded_server(tmp_path):
        pass


def test_a_damaged_file_is_one_line(tmp_path):
    (tmp_path / "database").mkdir()
    (tmp_path / "database" / "arhtiya.db").write_bytes(b"no database" * 1000)

    with (
        pytest.raises(StoreUnwritable, match="not a database") as caught,
        open_store(None, tmp_path),
    ):
        pass

    assert "\n" not in str(caught.value)
    assert threads_of_the_store() == []


def test_nothing_is_logged_in_the_middle_of_work(tmp_path, caplog, capfd):
    caplog.set_level(logging.INFO)
    with open_store(None, tmp_path) as store:
        store.customers.add(Customer(id="c1", name="Ramesh"))
        store.customers.search("ram")
        store.customers.count()

    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")


def test_every_acknowledged_write_survives_kill_9(tmp_path):
    command = [sys.executable, "-c", WRITE_UNTIL_KILLED, str(tmp_path)]
    acknowledged = -1
    for _ in range(2):  # the second one finds the first one's socket, lock and journal
        with subprocess.Popen(  # noqa: S603 - our own program
            command, stdout=subprocess.PIPE, text=True
        ) as writer:
            lines = (int(line) for line in writer.stdout)
            last = next(line for line in lines if line >= acknowledged + 60)
            writer.kill()
            acknowledged = max([last, *lines])

    with open_store(None, tmp_path) as store:
        assert store.customers.count() >= acknowledged + 1
        assert all(store.customers.get(f"c{number}") for number in range(acknowledged + 1))
        assert store.customers.get("c0").applied_seq >= acknowledged
