"""What the log never holds, whatever its level."""

import io
import json
import logging

import pytest

from bot.logs import JsonLine, start_logging


@pytest.fixture(autouse=True)
def levels_restored():
    before = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize(
    "name",
    [
        "telegram.ext.ExtBot",
        "telegram.ext.Application",
        "telegram.Bot",
        "pymongo.command",
        "httpx",
    ],
)
def test_libraries_that_write_whole_calls_do_not_at_debug(name, monkeypatch):
    monkeypatch.setattr(logging.root, "level", logging.DEBUG)
    start_logging("DEBUG")
    assert not logging.getLogger(name).isEnabledFor(logging.DEBUG)


def test_our_own_do(monkeypatch):
    monkeypatch.setattr(logging.root, "level", logging.DEBUG)
    start_logging("DEBUG")
    assert logging.getLogger("bot.app").isEnabledFor(logging.DEBUG)


class TestJsonLine:
    def said(self, *words, **named):
        record = logging.LogRecord("bot.app", logging.INFO, __file__, 1, *words, None)
        for name, value in named.items():
            setattr(record, name, value)
        return JsonLine().format(record)

    def test_an_event_is_one_line(self):
        line = self.said("%s runs\nhere", ("@गेहूँ_bot",), created=0.25)
        assert "\n" not in line
        assert json.loads(line) == {
            "time": "1970-01-01T00:00:00.250Z",
            "level": "INFO",
            "logger": "bot.app",
            "message": "@गेहूँ_bot runs\nhere",
        }

    def test_what_it_is_about_stands_in_fields_of_its_own(self):
        assert json.loads(self.said("done", (), about={"kind": "message"}))["kind"] == "message"

    def test_what_else_a_library_hangs_on_it_is_left_out(self):
        assert "hunter2" not in self.said("done", (), quoted="hunter2")

    def test_an_error_is_one_field(self):
        error = RuntimeError()
        said = json.loads(self.said("failed", (), exc_info=(RuntimeError, error, None)))
        assert said["exception"] == "RuntimeError"


@pytest.mark.parametrize(
    ("form", "terminal", "is_json"),
    [("auto", True, False), ("auto", False, True), ("text", False, False), ("json", True, True)],
)
def test_on_a_terminal_it_is_text_and_elsewhere_json(monkeypatch, form, terminal, is_json):
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: terminal)
    monkeypatch.setattr("sys.stderr", stream)
    # Here, as pytest has put its own there when the test begins.
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "level", logging.WARNING)
    start_logging("INFO", form)
    logging.getLogger("bot.app").info("It runs")
    assert stream.getvalue().startswith("{") is is_json
    assert "It runs" in stream.getvalue()
