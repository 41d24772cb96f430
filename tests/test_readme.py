"""The README is true: its tables are what the code has."""

import datetime as dt
import re
from pathlib import Path

from bot.hours import Hours
from bot.settings import EXAMPLES, Settings, load_settings
from handlers.menu import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows(section: str) -> list[list[str]]:
    """The cells of the table rows under a heading."""
    body = README.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in body.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_partners_commands_are_what_the_bot_registers():
    listed = {name.strip("`/"): about for name, about in rows("For partners")}
    assert listed == {one.name: one.about() for one in COMMANDS if not one.admin}


def test_the_admins_commands_are_what_the_bot_registers():
    listed = {name.strip("`/"): about for name, about in rows("For the admin")}
    assert listed == {one.name: one.about() for one in COMMANDS if one.admin}


def test_every_setting_is_listed_with_its_default():
    def shown(field) -> str:
        if field.is_required():
            return "required"
        if field.default in (None, frozenset()):
            return ""
        value = field.default
        if isinstance(value, tuple) and not isinstance(value, Hours):
            value = ",".join(map(str, value))
        return f"`{value:%H:%M}`" if isinstance(value, dt.time) else f"`{value}`"

    listed = [(name.strip("`"), default, about) for name, default, about in rows("Settings")]
    assert listed == [
        (name.upper(), shown(field), field.description)
        for name, field in Settings.model_fields.items()
    ]


def test_every_setting_has_an_example_and_a_line_in_the_sample():
    sample = (ROOT / ".env.example").read_text(encoding="utf-8")
    in_sample = {name.lower() for name in re.findall(r"^([A-Z_]+)=", sample, re.MULTILINE)}
    assert set(EXAMPLES) == set(Settings.model_fields)
    assert in_sample == set(Settings.model_fields) - {"telegram_api_url", "telegram_gateway_url"}


def test_the_sample_is_understood_as_it_stands(monkeypatch):
    """With a token in it, as the README says."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", EXAMPLES["telegram_bot_token"])
    settings = load_settings(_env_file=ROOT / ".env.example")
    defaults = {
        name: field.default
        for name, field in Settings.model_fields.items()
        if name not in {"telegram_bot_token", "data_dir"}
    }
    assert {name: getattr(settings, name) for name in defaults} == defaults


def test_every_file_it_links_to_is_there():
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
