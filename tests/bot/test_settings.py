"""A setting that is wrong is named, with an example, and never quoted."""

import datetime as dt
from pathlib import Path

import pytest

from bot.errors import StartError
from bot.hours import Hours
from bot.settings import EXAMPLES, load_settings


def load(**given):
    given = {"telegram_bot_token": EXAMPLES["telegram_bot_token"]} | given
    return load_settings(_env_file=None, **given)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("telegram_bot_token", "hunter2"),
        ("telegram_bot_token", "123456789:"),
        ("telegram_api_url", "ftp://hunter2"),
        ("telegram_api_url", "http://"),
        ("telegram_api_url", "http://hunter 2"),
        ("telegram_api_url", "http://hunter2:80810"),
        ("telegram_api_url", "http://hunter2:port"),
        ("telegram_api_url", "http://hunter2:0"),
        ("admin_ids", "hunter2"),
        ("admin_ids", "-100123"),
        ("admin_ids", "9" * 5000),
        ("mongodb_uri", "hunter2"),
        ("mongodb_uri", "https://name:hunter2@db.example.net"),
        ("timezone", "../hunter2"),
        ("timezone", "IST"),
        ("currency", "hunter2"),
        ("default_region", "+91"),
        ("reminder_time", "hunter2"),
        ("reminder_time", "9"),
        ("reminder_time", "24:00"),
        ("reminder_time", "9:30:5"),
        ("reminder_time", "09:00+05:30"),
        ("evening_time", "8pm"),
        ("otp_body", "hunter2"),
        ("customer_reminder_text", "{hunter2}"),
        ("customer_reminder_text", "hunter2 {"),
        ("customer_reminder_text", "hunter2 {}"),
        ("customer_reminder_text", "hunter2 {name.upper}"),
        ("customer_reminder_text", "hunter2 {amount:>9}"),
        ("customer_reminder_text", "hunter2 {name!r}"),
        ("customer_reminder_days", "hunter2"),
        ("customer_reminder_days", "0,3,"),
        ("customer_reminder_days", "3,0"),
        ("customer_reminder_days", "3,3"),
        ("customer_reminder_days", "-1"),
        ("customer_reminder_days", "366"),
        ("customer_reminder_hours", "hunter2"),
        ("customer_reminder_hours", "10:00"),
        ("customer_reminder_hours", "18:00-10:00"),
        ("customer_reminder_hours", "10:00-10:00"),
        ("customer_reminder_hours", "10:00-24:00"),
        ("log_level", "hunter2"),
    ],
)
def test_what_is_wrong_is_named_and_not_quoted(name, value):
    with pytest.raises(StartError) as refused:
        load(**{name: value})

    said = str(refused.value)
    assert said.startswith(f"{name.upper()} is wrong (")
    assert EXAMPLES[name] in said
    assert "hunter2" not in said
    assert len(said) < 300
    assert "\n" not in said


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_right(name):
    load(**{"secret_key": "x" * 32, name: EXAMPLES[name]})


@pytest.mark.parametrize(
    ("name", "value", "meant"),
    [
        ("admin_ids", "1, 2 3,", frozenset({1, 2, 3})),
        ("telegram_api_url", "http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("currency", "pkr", "PKR"),
        ("default_region", "pk", "PK"),
        ("reminder_time", "7:30", dt.time(7, 30)),
        ("reminder_time", "07:30:15", dt.time(7, 30, 15)),
        ("customer_reminder_days", " 0, 5 ,365", (0, 5, 365)),
        ("customer_reminder_days", "7", (7,)),
        ("customer_reminder_hours", "9:30 – 17:00", Hours(dt.time(9, 30), dt.time(17))),
        ("customer_reminder_text", "{{{name}}} owes", "{{{name}}} owes"),
        ("log_level", "debug", "DEBUG"),
    ],
)
def test_what_can_be_meant_is_understood(name, value, meant):
    assert getattr(load(**{name: value}), name) == meant


def test_a_file_env_that_is_no_utf_8_is_named(tmp_path, monkeypatch):
    (tmp_path / ".env").write_bytes("TIMEZONE=München\n".encode("latin-1"))
    monkeypatch.chdir(tmp_path)

    with pytest.raises(StartError, match=r"\.env is no UTF-8 text.*CURRENCY=INR"):
        load_settings()


def test_a_file_env_of_somebody_else_is_named(monkeypatch):
    def denied(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", denied)

    with pytest.raises(StartError, match=r"\.env may not be read.*chown"):
        load_settings()


def test_an_empty_value_is_none(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("MONGODB_URI=\nCURRENCY=\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    settings = load_settings(telegram_bot_token=EXAMPLES["telegram_bot_token"])

    assert (settings.mongodb_uri, settings.currency) == (None, "INR")
