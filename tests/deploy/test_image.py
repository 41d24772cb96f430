"""The Dockerfile: a linter's word, and the image itself, built and run without an engine."""

import asyncio
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.health import ALIVE
from tests.deploy import context, dockerfile
from tests.deploy.container import Container, lacking
from tests.deploy.image import build
from tests.deploy.started import ByCommand, CalledBy, LiveBy
from tests.process.running import CHECKOUT, until

LATER = pytest.mark.deploy

STAGES = dockerfile.read()
LAST = STAGES[-1]
VERSION = (CHECKOUT / ".python-version").read_text().strip()


def test_all_stages_are_of_the_python_that_is_tested():
    assert {stage.base for stage in STAGES} == {f"python:{VERSION}-slim-trixie"}
    assert f'image.base.name="docker.io/library/{LAST.base}"' in LAST.last("LABEL").rest


def test_it_bears_the_version_of_the_package():
    about = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    assert f'image.version="{about["project"]["version"]}"' in LAST.last("LABEL").rest


def test_it_is_nobody_and_hears_signals():
    user, _, group = LAST.last("USER").rest.partition(":")
    assert user == group
    assert int(user) > 0
    assert LAST.last("CMD").rest.startswith("[")
    assert LAST.last("STOPSIGNAL").rest == "SIGTERM"


def test_nothing_private_gets_into_it():
    let_in = {path.parts[0] for path in context.let_in()}
    assert let_in == {
        *("bot", "handlers", "storage"),
        *("constraints.txt", "pyproject.toml", "README.md"),
    }


@LATER
def test_the_linter_has_nothing_to_say():
    done = subprocess.run(
        [Path(sys.executable).parent / "hadolint", CHECKOUT / "Dockerfile"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """Built once: half a minute, most of it pip's."""
    if missing := lacking():
        pytest.skip(f"No container can be made here: {missing}")
    if f"{sys.version_info.major}.{sys.version_info.minor}" != VERSION:
        pytest.skip(f"The image has Python {VERSION}, and this is another one")
    folder = tmp_path_factory.mktemp("image")
    yield build(STAGES, folder)
    shutil.rmtree(folder)


class Contained(ByCommand):
    """The image's command in a sealed container; only ``/data`` can be written, and ``/tmp``."""

    def __init__(self, image, folder, settings):
        self.image = image
        data = folder / "volume"
        shutil.copytree(image.into("/data"), data)
        shutil.copystat(image.into("/data"), data)
        owner = image.into("/data").stat()
        shutil.chown(data, owner.st_uid, owner.st_gid)  # as a new volume is made
        self.container = Container(
            image.root, {"/data": data}, sealed=True, user=LAST.last("USER").rest
        )
        self.inside = {"HOME": "/"} | image.environment | settings
        given = self.container.command(LAST.last("CMD").arguments, self.inside, image.folder)
        super().__init__(folder, settings, *given)

    async def health(self):
        """What the image's health check says, and its exit code."""
        words = LAST.last("HEALTHCHECK").rest.removeprefix("CMD ")
        check = dockerfile.Instruction("CMD", {}, words).arguments
        done = await asyncio.to_thread(self.container.run, check, self.inside, self.image.folder)
        return done.returncode, (done.stdout + done.stderr).strip()


@LATER
@pytest.mark.process
async def test_the_image_serves_in_web_mode_and_stops(image, tmp_path):
    async with CalledBy(tmp_path, lambda *given: Contained(image, *given)) as called:
        phone = await called.partner()
        await phone.send("/customers", sees="customer")
        assert await called.bot.health() == (0, "ok")
        called.bot.signal(signal.SIGTERM)
        assert await called.bot.ended() == 0
        code, said = await called.bot.health()
        assert code == 1
        assert "Nothing answers" in said


@LATER
@pytest.mark.process
async def test_the_image_polls_draws_papers_and_stops(image, tmp_path):
    async with LiveBy(tmp_path, lambda *given: Contained(image, *given)) as live:
        await until((live.folder / "volume" / ALIVE).exists, "the first sweep is done")
        assert await live.bot.health() == (0, "ok")
        await live.admin.send("/firm", sees="What is the firm's name?")
        await live.admin.send("Khanna Grain Merchants", sees="Khanna Grain Merchants")
        await live.admin.press("✓ Save", sees="The firm was changed")
        await live.admin.press("See it on paper")
        assert (await live.admin.pdf("")).startswith(b"%PDF-")
        live.bot.signal(signal.SIGTERM)
        assert await live.bot.ended() == 0


@LATER
def test_the_image_has_the_bot_and_no_tools_beside_it(image):
    packages = image.into("/opt/bot/lib") / f"python{VERSION}" / "site-packages"
    there = {path.name.partition("-")[0] for path in packages.iterdir()}
    assert {"bot", "handlers", "storage", "uvicorn"} <= there
    assert not there & {"simulator", "tests", "benchmarks", "pip", "setuptools", "pytest", "mypy"}
