"""The image, built without an engine: each step of the Dockerfile is carried out."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from string import Template

from tests.deploy import context
from tests.deploy.container import PATH, Container
from tests.deploy.dockerfile import Instruction, Stage
from tests.process.running import CHECKOUT

OF_THE_NETWORK = ("PIP_", "SSL_", "REQUESTS_", "HTTP_", "HTTPS_", "NO_PROXY")
"""How this machine's settings begin for where packages come from; an engine has its own."""

CACHE = Path.home() / ".cache" / "pip"


@dataclass
class Image:
    """A stage that was built, or is being built."""

    root: Path
    environment: dict[str, str]
    folder: str = "/"

    def into(self, path: str) -> Path:
        """Where this path of the image is on this machine."""
        below = os.path.normpath(Path(self.folder) / path).lstrip("/")
        return self.root / below


def build(stages: list[Stage], folder: Path) -> Image:
    """Build all of them below ``folder``; gives the last.

    Raises:
        AssertionError: a step fails; the text has what it said.
    """
    built = dict[str, Image]()
    image = None
    for number, stage in enumerate(stages):
        root = folder / str(number)
        root.mkdir(parents=True)
        image = Image(root, {"PATH": PATH})
        for step in stage.instructions:
            _carry_out(step, image, built)
        built[stage.name or str(number)] = image
    assert image, "the Dockerfile has no FROM"
    return image


def _carry_out(step: Instruction, image: Image, built: dict[str, Image]) -> None:
    match step.word:
        case "WORKDIR":
            image.folder = step.rest
            image.into(".").mkdir(parents=True, exist_ok=True)
        case "ENV":
            for part in step.arguments:
                name, _, value = part.partition("=")
                image.environment[name] = Template(value).substitute(image.environment)
        case "COPY" if source := step.options.get("from"):
            given, target = step.arguments
            shutil.copytree(built[source].into(given), image.into(target), symlinks=True)
        case "COPY":
            *given, target = step.arguments
            for name in given:
                _copy(name, target, image)
        case "RUN":
            _run(step, image)
        # The others say how it is run; tests/deploy/test_image.py asks for them.


def _copy(name: str, target: str, image: Image) -> None:
    into = image.into(target)
    files = [path for path in context.let_in() if path.is_relative_to(name)]
    assert files, f".dockerignore keeps {name} out"
    for path in files:
        if path == Path(name):
            place = into / path.name if target.endswith("/") else into
        else:
            place = into / path.relative_to(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(CHECKOUT / path, place)


def _run(step: Instruction, image: Image) -> None:
    container = Container(image.root)
    if mount := step.options.get("mount"):
        about = dict(part.split("=") for part in mount.split(","))
        assert about["type"] == "cache"
        container.mounts[about["target"]] = CACHE
    here = {key: value for key, value in os.environ.items() if key.startswith(OF_THE_NETWORK)}
    environment = {"HOME": "/root"} | here | image.environment
    ran = container.run(["/bin/sh", "-c", step.rest], environment, image.folder)
    assert ran.returncode == 0, f"RUN {step.rest}\n{ran.stdout}{ran.stderr}"
