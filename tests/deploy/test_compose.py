"""compose.yaml: its names are the bot's own, and nothing in it has more than it needs."""

import re
import subprocess
import sys

import pytest
import yaml

from bot.settings import Settings
from tests.process.running import CHECKOUT

FILE = CHECKOUT / "compose.yaml"

COMPOSE = yaml.safe_load(FILE.read_text())
SERVICES = COMPOSE["services"]

OF_MONGODB = {"MONGODB_PASSWORD", "MONGODB_ROOT_PASSWORD", "BOOKS_VOLUME"}
"""What ``.env`` has besides the bot's settings."""

each = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)


def test_what_it_sets_for_the_bot_are_settings():
    given = set(SERVICES["bot"]["environment"]) - OF_MONGODB
    assert {name.lower() for name in given} <= set(Settings.model_fields)


def test_what_it_takes_from_the_file_is_known():
    taken = set(re.findall(r"\$\{(\w+)", FILE.read_text()))
    assert {name.lower() for name in taken - OF_MONGODB} <= set(Settings.model_fields)


def test_a_restore_gets_an_empty_mongodb_by_another_name_and_an_update_the_same_one():
    assert "books:/data/db" in SERVICES["mongodb"]["volumes"]
    named = COMPOSE["volumes"]["books"]["name"]
    assert named == f"${{BOOKS_VOLUME:-{COMPOSE['name']}_books}}"  # as compose itself names it


def test_the_bot_never_sees_the_password_of_mongodbs_root():
    assert SERVICES["bot"]["environment"]["MONGODB_ROOT_PASSWORD"] == ""


@each
def test_every_image_is_pinned(service):
    assert re.fullmatch(r"[a-z/-]+:(?!latest$)[\w.-]+", service["image"])


@each
def test_nothing_has_rights_that_it_needs_not(service):
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
    assert service.get("cap_add", []) in ([], ["NET_BIND_SERVICE"])


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]
    assert SERVICES["mongodb"]["networks"] == ["books"]
    assert COMPOSE["networks"]["books"]["internal"] is True


def test_every_file_that_it_mounts_is_there():
    mounted = [part for one in SERVICES.values() for part in one["volumes"] if part[0] == "."]
    assert mounted
    for one in mounted:
        assert (CHECKOUT / one.partition(":")[0]).is_file()


@pytest.mark.deploy
def test_it_is_what_the_compose_specification_allows():
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "check_jsonschema",
            "--builtin-schema",
            "vendor.compose-spec",
            FILE,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
