"""``python -m bot health``: of a bot that polls, and of one in web mode."""

import os
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bot.__main__ import main
from bot.health import ALIVE, SWEEP_WITHIN, mark_alive, mark_ended
from bot.settings import EXAMPLES
from tests.process.called import PUBLIC, free_port


@pytest.fixture(autouse=True)
def settings(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # where no .env is
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", EXAMPLES["telegram_bot_token"])
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def said(capsys):
    code = main(["health"])
    told = capsys.readouterr()
    assert len((told.out + told.err).splitlines()) == 1
    return code, told.out + told.err


def test_one_that_swept_just_now_works(tmp_path, capsys):
    mark_alive(tmp_path)
    assert said(capsys) == (0, "ok\n")


def test_one_that_has_not_for_long_does_not(tmp_path, capsys):
    mark_alive(tmp_path)
    old = time.time() - SWEEP_WITHIN - 1  # noqa: TID251 - a file's time is the machine's
    os.utime(tmp_path / ALIVE, (old, old))
    code, words = said(capsys)
    assert code == 1
    assert "last looked through what is due 301 s ago" in words


def test_where_none_ever_ran_none_works(tmp_path, capsys):
    code, words = said(capsys)
    assert code == 1
    assert f"No bot is at work in {tmp_path}" in words


def test_after_its_end_none_works(tmp_path, capsys):
    mark_alive(tmp_path)
    mark_ended(tmp_path)
    assert said(capsys)[0] == 1
    mark_ended(tmp_path)  # it never began, say


def test_a_folder_that_may_not_be_read_is_said(tmp_path, capsys, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file"))
    code, words = said(capsys)
    assert code == 1
    assert "cannot be told (Not a directory)" in words


def test_a_folder_that_takes_nothing_stops_no_sweep(tmp_path):
    mark_alive(tmp_path / "not there")


class Site(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self):
        body = b'{"status": "..."}'
        self.send_response(type(self).status if self.path == "/healthz" else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def site(monkeypatch):
    with HTTPServer(("127.0.0.1", 0), type("Site", (Site,), {})) as server:
        Thread(target=server.serve_forever, args=(0.01,)).start()
        monkeypatch.setenv("PUBLIC_URL", PUBLIC)
        monkeypatch.setenv("PORT", str(server.server_port))
        yield server.RequestHandlerClass
        server.shutdown()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 - it is what one sets
def test_in_web_mode_it_is_asked(site, monkeypatch, capsys, host):
    monkeypatch.setenv("WEB_HOST", host)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # has no part in it
    assert said(capsys) == (0, "ok\n")


def test_in_web_mode_its_own_word_counts(site, tmp_path, capsys):
    mark_alive(tmp_path)
    site.status = 503
    code, words = said(capsys)
    assert code == 1
    assert "/healthz answers 503" in words


def test_in_web_mode_silence_is_told(monkeypatch, tmp_path, capsys):
    mark_alive(tmp_path)
    port = free_port()
    monkeypatch.setenv("PUBLIC_URL", PUBLIC)
    monkeypatch.setenv("PORT", str(port))
    code, words = said(capsys)
    assert code == 1
    assert f"Nothing answers at 127.0.0.1:{port} (ConnectionRefusedError)" in words


def test_a_setting_that_is_wrong_is_named(monkeypatch, capsys):
    monkeypatch.setenv("PORT", "0")
    code, words = said(capsys)
    assert code == 1
    assert "PORT is wrong" in words


def test_it_takes_nothing_after_it(capsys):
    assert main(["health", "now"]) == 1
    assert "python -m bot health" in capsys.readouterr().err
