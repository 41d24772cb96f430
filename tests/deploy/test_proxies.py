"""The proxies before web mode, by their own check; where they are installed."""

import os
import shutil
import subprocess

import pytest

from tests.process.running import CHECKOUT

pytestmark = pytest.mark.deploy

DEPLOY = CHECKOUT / "deploy"


def needs(program):
    missing = shutil.which(program) is None
    return pytest.mark.skipif(missing, reason=f"there is no {program}")


def checked(*command, **environment):
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@needs("caddy")
def test_caddy_takes_its_file(tmp_path):
    file = str(DEPLOY / "Caddyfile")
    checked(
        *("caddy", "validate", "--config", file, "--adapter", "caddyfile"),
        PUBLIC_URL="https://books.example.net",
        XDG_DATA_HOME=str(tmp_path),
        XDG_CONFIG_HOME=str(tmp_path),
    )
    assert checked("caddy", "fmt", file) == (DEPLOY / "Caddyfile").read_text()


@needs("nginx")
def test_nginx_takes_its_file(tmp_path):
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; include {DEPLOY}/nginx.conf; }}\n"
    )
    checked("nginx", "-t", "-c", str(whole), "-p", str(tmp_path))
