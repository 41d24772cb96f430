"""The unit of systemd, as far as it can be tried where systemd is not the first process."""

import configparser
import shlex
import shutil
import signal
import subprocess
import sys

import pytest

from tests.deploy.started import ByCommand, LiveBy
from tests.process.running import CHECKOUT

UNIT = CHECKOUT / "deploy" / "arhtiya-bot.service"

PYTHON = "/opt/arhtiya-bot/.venv/bin/python"

EXPOSED = 20
"""Of 100, as ``systemd-analyze security`` counts what it could still do; 14 when written."""


def service():
    unit = configparser.RawConfigParser(strict=False, allow_no_value=True)
    unit.optionxform = str
    unit.read(UNIT)
    return unit["Service"]


LIKE_SYSTEMD = """
import ctypes, os, sys
PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN = 65, 1
ctypes.CDLL(None).prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""As of Linux 6.3 ``MemoryDenyWriteExecute`` is this; an older kernel does not know it."""


def started(folder, settings):
    """Its settings are in the file ``.env`` of its folder, and nowhere else."""
    assert service()["MemoryDenyWriteExecute"] == "yes"
    (folder / ".env").write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
    given = shlex.split(service()["ExecStart"].replace(PYTHON, sys.executable))
    own = dict(part.split("=") for part in shlex.split(service()["Environment"]))
    child = ByCommand(folder, settings, sys.executable, "-c", LIKE_SYSTEMD, *given, **own)
    child.settings = {}
    return child


@pytest.mark.process
async def test_what_it_starts_is_the_bot_with_the_settings_beside_its_data(tmp_path):
    async with LiveBy(tmp_path, started) as live:
        await live.admin.send("/start", sees="You are the admin")
        assert (tmp_path / "data" / "database").is_dir()
        await live.admin.send("/backup", sees="Backup:")
        live.bot.signal(signal.SIGTERM)
        assert await live.bot.ended() == 0


def test_its_folder_is_the_one_it_may_write():
    assert service()["WorkingDirectory"] == f"/var/lib/{service()['StateDirectory']}"
    assert service()["ProtectSystem"] == "strict"


SCRIPT = CHECKOUT / "deploy" / "arhtiya-bot"


def by_script(tmp_path, uid, *given):
    """Run the script in other folders, with a root and a user who are none."""
    tools, data = tmp_path / "tools", tmp_path / "data"
    tools.mkdir()
    data.mkdir()
    said = 'echo "in $(pwd) with $(umask) as $2:"; shift 3; exec "$@"'
    for name, does in {"id": f"echo {uid}", "runuser": said}.items():
        (tools / name).write_text(f"#!/bin/sh\n{does}\n")
        (tools / name).chmod(0o755)
    script = SCRIPT.read_text()
    for fixed, other in {service()["WorkingDirectory"]: data, PYTHON: sys.executable}.items():
        assert script.count(str(fixed)) == 1
        script = script.replace(str(fixed), str(other))
    return subprocess.run(
        ["sh", "-c", script, "arhtiya-bot", *given],
        env={"PATH": f"{tools}:/usr/bin:/bin", "PYTHONPATH": str(CHECKOUT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_commands_run_as_its_user_in_its_folder(tmp_path):
    done = by_script(tmp_path, 0, "health", "and more")
    assert done.stdout == f"in {tmp_path}/data with 0077 as {service()['User']}:\n"
    assert done.stderr == "arhtiya-bot: health takes nothing after it: python -m bot health\n"
    assert done.returncode == 1


def test_whoever_is_not_root_hears_how(tmp_path):
    done = by_script(tmp_path, 1000, "health")
    assert (done.returncode, done.stdout) == (1, "")
    assert "sudo arhtiya-bot health" in done.stderr


@pytest.mark.deploy
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_systemd_understands_it_and_finds_little_exposed(tmp_path):
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace(PYTHON, sys.executable))
    understood = analyzed("verify", unit)
    assert (understood.returncode, understood.stderr) == (0, "")
    secure = analyzed("security", "--offline=true", f"--threshold={EXPOSED}", unit)
    assert secure.returncode == 0, secure.stdout


def analyzed(*words):
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)
