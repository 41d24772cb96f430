"""The proxies before web mode, by their own check, and before a bot that is away."""

import contextlib
import os
import shutil
import subprocess
import time

import httpx
import pytest

from handlers.web.webhook import SECRET_HEADER
from tests.process.called import free_port
from tests.process.running import CHECKOUT, bare_environment

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


SECRET = "what-telegram-shows"  # noqa: S105 - of this test
ADDRESSES = ("/telegram/the-path", "/i/the-token.pdf", "/img/the-token")


@contextlib.contextmanager
def at_work(folder, port, *command, **environment):
    """The proxy, until it has answered that there is no bot; gives what it wrote, afterwards."""
    log = folder / "log"
    said = []
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, stdout=file, stderr=file, env=bare_environment(folder) | environment
        )
        until = time.monotonic() + 20
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as site:
                while not answers(site):
                    assert time.monotonic() < until, log.read_text()
                    time.sleep(0.05)
                for path in ADDRESSES:
                    answer = site.post(path, headers={SECRET_HEADER: SECRET})
                    assert answer.status_code == 502
            yield said
        finally:
            process.terminate()
            process.wait(20)
    said.append(log.read_text())


def answers(site):
    try:
        site.get("/")
    except httpx.TransportError:
        return False
    return True


def told(said, *files):
    text = "".join([*said, *(file.read_text() for file in files)])
    return [word for word in (SECRET, "the-path", "the-token") if word in text]


@needs("caddy")
def test_caddy_keeps_the_secrets_to_itself_while_the_bot_is_away(tmp_path):
    port = free_port()
    file = tmp_path / "Caddyfile"
    text = (DEPLOY / "Caddyfile").read_text()
    file.write_text(text.replace("{\n", "{\n\tadmin off\n", 1))
    with at_work(
        *(tmp_path, port, "caddy", "run", "--config", str(file), "--adapter", "caddyfile"),
        PATH=os.environ["PATH"],
        PUBLIC_URL=f"http://127.0.0.1:{port}",
        BOT=f"127.0.0.1:{free_port()}",
    ) as said:
        pass
    assert "refused" in said[0]
    assert told(said) == []


@needs("nginx")
def test_nginx_keeps_the_secrets_to_itself_while_the_bot_is_away(tmp_path):
    port, errors = free_port(), tmp_path / "errors"
    errors.touch()
    text = (DEPLOY / "nginx.conf").read_text()
    for fixed, other in {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "listen [::]:80;": "",
        "127.0.0.1:8000": f"127.0.0.1:{free_port()}",
        "/var/log/nginx/error.log": str(errors),
    }.items():
        assert text.count(fixed) == 1
        text = text.replace(fixed, other)
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"daemon off; pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log {tmp_path}/access;\n{text}\n}}\n"
    )
    command = ("nginx", "-c", str(whole), "-p", str(tmp_path))
    with at_work(tmp_path, port, *command, PATH=os.environ["PATH"]) as said:
        pass
    assert told(said, errors, tmp_path / "access") == []
