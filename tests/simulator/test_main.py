"""``python -m simulator`` as a whole, with a small program in the bot's place."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

START = "import sys, simulator.__main__ as s; sys.exit(s.main(command=tuple(sys.argv[1:])))"
WAITING = """
import signal, sys, time
signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
print("bot is up", flush=True)
time.sleep(60)
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(tmp_path):
    running = []

    def start(bot=WAITING, **environment):
        given = {"PORT": str(free_port()), "DATA_DIR": str(tmp_path / "data")} | environment
        simulator = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", START, sys.executable, "-c", bot],
            env=os.environ | given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(simulator)
        return simulator, f"http://127.0.0.1:{given['PORT']}"

    yield start
    for simulator in running:
        if simulator.poll() is None:
            simulator.kill()
        simulator.communicate()


def wait_for_bot(simulator):
    lines = []
    for line in simulator.stdout:
        lines.append(line.strip())
        if lines[-1] == "bot is up":
            break
    return lines


def fetch(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})  # noqa: S310 - http only
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - loopback
        return json.loads(answer.read())


def stop(simulator, number=signal.SIGINT):
    simulator.send_signal(number)
    _out, errors = simulator.communicate(timeout=10)
    return simulator.returncode, errors


def test_it_says_where_to_look_and_shows_two_phones(start):
    simulator, root = start()
    assert wait_for_bot(simulator)[0] == f"Open {root}"
    state = fetch(f"{root}/api/state")
    assert [(phone["name"], phone["role"]) for phone in state["phones"]] == [
        ("Asha", "admin"),
        ("Ravi Kumar", "person"),
    ]
    assert stop(simulator) == (0, "")


def test_a_restart_shows_the_same_chats(start):
    simulator, root = start()
    wait_for_bot(simulator)
    ravi = fetch(f"{root}/api/state")["phones"][1]["user_id"]
    fetch(f"{root}/api/phones/{ravi}/send", {"text": "wheat 52 2425"})
    fetch(f"{root}/api/phones", {"name": "Meena Devi", "phone": "+919811122233"})
    before = fetch(f"{root}/api/state")
    assert stop(simulator, signal.SIGTERM) == (0, "")
    simulator, root = start()
    wait_for_bot(simulator)
    assert fetch(f"{root}/api/state") == before


def test_the_bots_error_ends_it_with_the_same_code_and_words(start):
    simulator, _root = start("import sys; sys.exit('DATA_DIR is wrong')")
    _out, errors = simulator.communicate(timeout=10)
    assert (simulator.returncode, errors) == (1, "DATA_DIR is wrong\n")


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_wrong_port_is_one_line(start, port):
    simulator, _root = start(PORT=port)
    out, errors = simulator.communicate(timeout=10)
    assert (simulator.returncode, out) == (1, "")
    assert errors == f"PORT is wrong: {port!r} is no port number, e.g. PORT=8000\n"


def test_a_port_in_use_is_one_line(start):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        simulator, _root = start(PORT=str(port))
        out, errors = simulator.communicate(timeout=10)
    assert (simulator.returncode, out) == (1, "")
    assert errors.startswith(f"Port {port} cannot be used (Address already in use).")
    assert errors.count("\n") == 1


def test_a_data_directory_that_cannot_be_written_is_one_line(start, tmp_path):
    (tmp_path / "taken").write_text("")
    simulator, _root = start(DATA_DIR=str(tmp_path / "taken"))
    out, errors = simulator.communicate(timeout=10)
    assert (simulator.returncode, out) == (1, "")
    assert errors.startswith(f"DATA_DIR {tmp_path}/taken cannot be used")
    assert errors.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux stops the bot of a killed parent")
def test_the_bot_does_not_outlive_a_simulator_that_is_killed(start):
    simulator, _root = start("import os; print(os.getpid(), flush=True)" + WAITING)
    bot = int(next(line for line in simulator.stdout if line.strip().isdigit()))
    simulator.kill()
    simulator.wait()
    for _ in range(100):
        time.sleep(0.02)
        if not alive(bot):
            return
    raise AssertionError("the bot is still there")


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
