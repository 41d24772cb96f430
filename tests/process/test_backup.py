"""A backup out of the chat, the disk wiped, and the same books back; by the real commands."""

import shutil
import signal
from pathlib import Path

import pytest

from bot.audit import audit
from storage.contents import BACKED_UP
from storage.database import open_store
from tests.process.live import Live
from tests.process.phone import Phone
from tests.process.running import Child, command, until
from tests.process.test_start import refusal

pytestmark = pytest.mark.process

PASSPHRASE = "five words that nobody would guess"  # noqa: S105
WHOLE = "; all is as it was written."
SOUND = "The books: 1 customer, 1 entry, 0 differences."


@pytest.fixture
async def live(tmp_path: Path):
    async with Live(tmp_path, BACKUP_PASSPHRASE=PASSPHRASE) as live:
        yield live


@pytest.fixture
async def ravi(live: Live) -> Phone:
    """A partner with a customer, who has an invoice and has paid something."""
    phone = await live.partner()
    await phone.press("New customer", sees="What is the customer's name")
    await phone.send("Ramesh Kumar", sees="Phone")
    await phone.press("Save now", sees="was added")
    await phone.press("New invoice", sees="item")
    await phone.send("wheat 52 2425", sees="1,26,100")
    await phone.press("Done", sees="paid")
    await phone.press("Nothing", sees="due")
    await phone.press("+15", sees="Total due")
    await phone.press("Save invoice", sees="saved")
    return phone


async def backed_up(live: Live) -> Path:
    """The file that the admin has asked for, in the folder of the bot."""
    await live.admin.send("/backup", sees="BACKUP_PASSPHRASE")
    message = await live.admin.sees("", among=lambda one: bool(one["document"]))
    document = message["document"]
    content = (await live.http.get(document["url"])).raise_for_status().content
    path = live.folder / document["name"]
    path.write_bytes(content)
    return path


def everything(folder: Path):
    with open_store(None, folder / "data") as store:
        found = audit(store)
        return found, {name: list(store.reading.each(name)) for name in BACKED_UP}


async def stopped(live: Live) -> None:
    live.bot.signal(signal.SIGTERM)
    assert await live.bot.ended() == 0


async def test_backup_wipe_restore_gives_identical_books(live, ravi):
    path = await backed_up(live)
    assert path.name.endswith(".zip.age")
    await stopped(live)
    found, before = everything(live.folder)
    assert (found.entries, found.differences) == (1, ())
    shutil.rmtree(live.folder / "data")

    done = await command(live.folder, "restore", path.name, BACKUP_PASSPHRASE=PASSPHRASE)
    assert (done.code, done.complained) == (0, "")
    assert WHOLE in done.said
    assert SOUND in done.said

    again, after = everything(live.folder)
    assert again == found
    assert after["audit"].pop()["kind"] == "restore"
    for name in BACKED_UP:
        if name not in ("audit", "reminders"):  # that it was asked for, and the night's check
            assert after[name] == before[name], name
    assert [one["kind"] for one in after["audit"]].count("backup") == 1

    await live.start()
    await live.admin.sees("These are the books of")
    await live.admin.send("/audit", sees="1 customer, 1 entry, 0 differences")
    await ravi.send("Ramesh", sees="share your phone number")  # no session was in it


@pytest.mark.usefixtures("ravi")
async def test_a_dry_run_says_whether_it_is_good_while_the_bot_works(live):
    path = await backed_up(live)
    before = sorted((live.folder / "data").iterdir())
    tried = await command(
        live.folder, "restore", "--dry-run", path.name, BACKUP_PASSPHRASE=PASSPHRASE
    )
    assert (tried.code, tried.complained) == (0, "")
    assert SOUND in tried.said
    assert tried.said.endswith("in a store that is gone again: nothing was changed.\n")
    assert sorted((live.folder / "data").iterdir()) == before


@pytest.mark.usefixtures("ravi")
async def test_what_cannot_be_restored_is_one_line(live):
    path = await backed_up(live)
    running = await command(live.folder, "restore", path.name, BACKUP_PASSPHRASE=PASSPHRASE)
    await stopped(live)
    there = await command(live.folder, "restore", path.name, BACKUP_PASSPHRASE=PASSPHRASE)
    wrong = await command(live.folder, "restore", path.name, BACKUP_PASSPHRASE=PASSPHRASE[::-1])
    none = await command(live.folder, "restore", path.name)
    missing = await command(live.folder, "restore", "nothing.zip")
    for refused, words in (
        (running, "Another process already works on the data"),
        (there, "The store has data (audit: "),
        (wrong, "it was made with another passphrase (BACKUP_PASSPHRASE)"),
        (none, "The backup is encrypted: set BACKUP_PASSPHRASE"),
        (missing, "nothing.zip cannot be read (No such file or directory)"),
    ):
        assert refused.code == 1
        assert words in refused.complained
        assert len(refused.complained.splitlines()) == 1


@pytest.mark.usefixtures("ravi")
async def test_killed_in_the_middle_no_bot_starts_and_it_goes_on(live):
    await stopped(live)
    many = [{"_id": f"9{number:08}"} for number in range(2_000)]
    with open_store(None, live.folder / "data") as store:
        store._database["images"].insert_many(many)  # the last to come; they take seconds
    await live.start()
    path = await backed_up(live)
    await stopped(live)
    _found, before = everything(live.folder)
    shutil.rmtree(live.folder / "data")

    settings = {"BACKUP_PASSPHRASE": PASSPHRASE}
    async with Restoring(live.folder, settings, path.name) as restoring:
        await until(lambda: "firm: 0" in restoring.said, "all but the pictures is there")
        restoring.kill()
        await restoring.ended()
    refused = await refusal(live.folder, {})
    assert "was being filled with the backup of" in refused.lines[-1]

    done = await command(live.folder, "restore", path.name, **settings)
    assert "This was begun before, and goes on." in done.said
    assert done.code == 0
    _found, after = everything(live.folder)
    assert after["ledger"] == before["ledger"]
    assert after["images"] == before["images"]


class Restoring(Child):
    def __init__(self, folder, settings, name):
        super().__init__(folder, settings)
        self.name = name

    @property
    def command(self):
        return (*super().command, "restore", self.name)
