"""The simulated phones, chats and files on disk, so that a restart shows the same ones.

``state.json`` is replaced as a whole (written aside, then renamed); files never change and are
written once, each under its own id.
"""

import asyncio
import json
import logging
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from simulator.chats import Chat, Kept
from simulator.errors import CannotStart
from simulator.files import StoredFile
from simulator.formatting import mended
from simulator.people import Person, Sms
from simulator.telegram import Event, Telegram

VERSION = 1
QUIET_SECONDS = 0.3
"""Changes are gathered for so long before they are written."""
SKIPPED_IDS = 1000
"""Update ids left out at each start: what came after the last write may have used some of them,
and a bot that remembers ids must not take a new update for an old one."""


log = logging.getLogger(__name__)


class Snapshot:
    """Keeps one Telegram in one directory."""

    def __init__(self, telegram: Telegram, directory: Path) -> None:
        self._telegram = telegram
        self._directory = directory
        self._changed = asyncio.Event()
        self._written: set[str] = set()
        telegram.watchers.append(self._notice)

    def load(self) -> bool:
        """Bring back what was kept; False when nothing was.

        Raises:
            CannotStart: it cannot be read.
        """
        path = self._directory / "state.json"
        try:
            state = _whole(json.loads(path.read_bytes()))
            if state["version"] != VERSION:
                raise CannotStart(f"{path} is of another version; move it away to begin anew")
            self._restore(state)
        except FileNotFoundError as missing:
            if missing.filename == str(path):
                return False
            raise CannotStart(
                f"{missing.filename} is missing; move {path} away to begin anew"
            ) from None
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise CannotStart(
                f"{path} cannot be read ({error}); move it away to begin anew"
            ) from None
        return True

    async def keep(self) -> None:
        """Write whenever something changed, until cancelled."""
        while True:
            await self._changed.wait()
            await asyncio.sleep(QUIET_SECONDS)
            self._changed.clear()
            try:
                await asyncio.to_thread(self._write, *self._parts())
            except CannotStart as error:
                log.warning("%s; the chats would not survive a restart", error)

    def save(self) -> None:
        """Write now.

        Raises:
            CannotStart: the directory cannot be written.
        """
        self._write(*self._parts())

    def _notice(self, _event: Event) -> None:
        self._changed.set()

    def _parts(self) -> tuple[bytes, dict[str, bytes]]:
        """The state as JSON, and the files that are not on disk yet."""
        files = self._telegram.files.by_id
        new = {key: stored.content for key, stored in files.items() if key not in self._written}
        return json.dumps(self._state(), ensure_ascii=False).encode(errors="surrogatepass"), new

    def _write(self, state: bytes, files: dict[str, bytes]) -> None:
        folder = self._directory / "files"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for file_id, content in files.items():
                _replace(folder / file_id, content)
                self._written.add(file_id)
            _replace(self._directory / "state.json", state)
        except OSError as error:
            raise CannotStart(f"{self._directory} cannot be written: {error.strerror}") from error

    def _state(self) -> dict[str, Any]:
        telegram = self._telegram
        return {
            "version": VERSION,
            "token": telegram.token,
            "settings": telegram.settings,
            "updates": telegram.updates.state(),
            "people": [person.state() for person in telegram.people.values()],
            "chats": [asdict(chat) for chat in telegram.chats.values()],
            "files": [
                {key: value for key, value in vars(stored).items() if key != "content"}
                for stored in telegram.files.by_id.values()
            ],
            "file_number": telegram.files.number,
        }

    def _restore(self, state: dict[str, Any]) -> None:
        telegram = self._telegram
        telegram.token = state["token"]
        telegram.settings = state["settings"]
        telegram.updates.restore(state["updates"])
        telegram.updates.next_id += SKIPPED_IDS
        telegram.updates.webhook_active = bool(telegram.settings.get("webhook", {}).get("url"))
        for fields in state["people"]:
            sms = [Sms(**message) for message in fields.pop("sms")]
            telegram.people[fields["user_id"]] = Person(telegram, **fields, sms=sms)
        for fields in state["chats"]:
            kept = {
                int(number): Kept(**fields) for number, fields in fields.pop("messages").items()
            }
            telegram.chats[fields["id"]] = Chat(**fields, messages=kept)
        for fields in state["files"]:
            content = (self._directory / "files" / fields["file_id"]).read_bytes()
            telegram.files.by_id[fields["file_id"]] = StoredFile(**fields, content=content)
            self._written.add(fields["file_id"])
        telegram.files.number = state["file_number"]


def _whole(state: Any) -> Any:
    """The same with lone surrogates mended: earlier versions kept them, and no page shows them."""
    return json.loads(mended(json.dumps(state, ensure_ascii=False)))


def _replace(path: Path, content: bytes) -> None:
    """Put a file in place as a whole, readable by its owner only."""
    aside = path.with_name(f".{path.name}.new")
    with suppress(FileNotFoundError):
        aside.unlink()
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
