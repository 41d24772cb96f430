"""All books as files in the admin's chat: asked for, and every night."""

import io
import re
import shutil
import zipfile

import httpx
import pytest
from telegram.error import NetworkError

from bot.backup import making, parts
from bot.backup.archive import Archive
from bot.backup.parts import joined
from bot.backup.restoring import check, try_out
from bot.drawing import DrawingFailed
from handlers import backup
from handlers.edge import backup_tick
from simulator.faults import lost_request, server_error
from simulator.request import FakeRequest
from storage.errors import ChangedMeanwhile, StoreUnavailable
from storage.models import EventKind
from tests.flows.mornings import FIRST, SECOND, morning, tick
from tests.flows.steps import PAID, walk, with_customer

PASSPHRASE = "five words that nobody would guess"  # noqa: S105
FAILED = "The backup could not be made"


@pytest.fixture
async def khanna(firm, partner):
    """A firm with an invoice that was paid."""
    await with_customer(firm, partner)
    await walk(*PAID)(partner)
    return firm


def files(phone) -> dict[str, bytes]:
    """The backups that are in the chat, by name."""
    sent = [one for one in phone.messages if "document" in one.kept.message]
    return {one.document.name: one.document.content for one in sent}


def said(phone) -> list[str]:
    return [one.text for one in phone.messages if one.from_bot and one.text.startswith("💾")]


def restored(found: dict[str, bytes], folder, passphrase=None):
    """What the check of all books says once these files are restored."""
    paths = []
    for name, content in found.items():
        path = folder / name
        path.write_bytes(content)
        paths.append(path)
    with joined(paths, passphrase, inside=folder) as file:
        archive = Archive(file)
        check(archive)
        return try_out(archive, lambda _line: None, inside=folder)


class Calls(list[tuple[str, str]]):
    """What was asked of Telegram, and whether silently; ``refused``: no connection is there."""

    refused = False


@pytest.fixture
def calls(monkeypatch):
    made, carried = Calls(), FakeRequest.do_request

    async def carry(self, url, method, request_data=None, *arguments, **named):
        silently = request_data.json_parameters.get("disable_notification") if request_data else ""
        if made.refused and "/send" in url:
            raise NetworkError("no connection") from httpx.ConnectError("refused")
        made.append((url.rpartition("/")[2], silently))
        return await carried(self, url, method, request_data, *arguments, **named)

    monkeypatch.setattr(FakeRequest, "do_request", carry)
    return made


class TestAskedFor:
    async def test_the_file_comes_with_all_books(self, khanna, tmp_path):
        await khanna.admin.send("/backup")
        (name,) = found = files(khanna.admin)
        assert name == "backup-2026-08-01-143000.zip"
        assert str(restored(found, tmp_path)) == "1 customer, 2 entries, 0 differences"
        (words,) = said(khanna.admin)
        assert re.sub(r"[0-9]+\skB", "n kB", words) == (
            "💾 Backup: 1 customer, 2 entries, n kB\n🔓 It is not encrypted: whoever has it "
            "reads the books. Set BACKUP_PASSPHRASE."
        )

    async def test_nothing_that_lets_somebody_in_is_in_it(self, khanna):
        await khanna.admin.send("/backup")
        (content,) = files(khanna.admin).values()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = b"".join(archive.read(name) for name in archive.namelist())
        (session,) = khanna.store._database["authentication"].find()
        assert session["session_token"].encode() not in text
        assert b"otp" not in text

    async def test_it_is_sealed_with_the_passphrase(self, khanna, tmp_path):
        khanna.settings["backup_passphrase"] = PASSPHRASE
        await khanna.chat.restart()
        await khanna.admin.send("/backup")
        (name,) = found = files(khanna.admin)
        assert name.endswith(".zip.age")
        assert restored(found, tmp_path, PASSPHRASE).entries == 2
        assert "🔒 It opens with your BACKUP_PASSPHRASE" in said(khanna.admin)[0]
        assert PASSPHRASE not in khanna.admin.transcript()

    async def test_what_is_too_large_comes_in_parts(self, khanna, tmp_path, monkeypatch):
        monkeypatch.setattr(parts, "LARGEST", 3000)
        await khanna.admin.send("/backup")
        found = files(khanna.admin)
        assert len(found) > 1
        assert restored(found, tmp_path).entries == 2
        assert f"It comes in {len(found)} files; all are needed." in said(khanna.admin)[0]
        captions = [one.text for one in khanna.admin.messages if "document" in one.kept.message]
        assert captions == [f"{number + 1} of {len(found)}" for number in range(len(found))]

    @pytest.mark.usefixtures("khanna")
    async def test_it_is_for_the_admin_alone(self, partner):
        await partner.send("/backup")
        assert "Only the admin can do this." in partner.transcript()
        assert "backup" not in str(files(partner).keys())

    async def test_it_is_noted(self, khanna):
        await khanna.admin.send("/backup")
        await khanna.admin.send("/backup")
        noted = [one for one in khanna.store.audit.page(0, 50) if one.kind is EventKind.BACKUP]
        assert len(noted) == 2
        await khanna.admin.send("/audit")
        await khanna.admin.press("Who did what")
        assert "Asha took out a backup" in khanna.admin.screen.text

    async def test_who_is_no_admin_by_the_time_it_is_made_gets_none(self, khanna, monkeypatch):
        def make(desk):
            monkeypatch.setattr(backup, "admin_ids", lambda *_: frozenset({1}))
            return making.make_backup(desk)

        monkeypatch.setattr(backup, "make_backup", make)
        await khanna.admin.send("/backup")
        assert khanna.admin.screen.text == "You are no admin any more; the backup was not sent."
        assert files(khanna.admin) == {}

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (OSError(28, "No space left on device"), "No space left on device"),
            (DrawingFailed("A paper took longer than 600 s."), "longer than 600 s."),
            (ChangedMeanwhile("customers.phone"), "changed hands"),
            (ValueError("Ramesh Kumar"), "ValueError"),
        ],
    )
    async def test_why_there_is_none_is_said(self, khanna, monkeypatch, error, words):
        def make(_desk):
            raise error

        monkeypatch.setattr(backup, "make_backup", make)
        await khanna.admin.send("/backup")
        assert FAILED in khanna.admin.screen.text
        assert words in khanna.admin.screen.text
        assert "/backup tries again" in khanna.admin.screen.text


class TestOfTheNight:
    @pytest.fixture
    async def night(self, khanna):
        await morning(khanna, SECOND, 2, 30)
        return khanna

    async def test_it_comes_once_at_its_time_without_a_sound(self, khanna, tmp_path, calls):
        await morning(khanna, SECOND, 2, 29)
        await tick(khanna, "backup")
        assert files(khanna.admin) == {}
        await morning(khanna, SECOND, 2, 30)
        for _time in range(3):
            await tick(khanna, "backup")
            khanna.clock.advance(minutes=30)
        (name,) = found = files(khanna.admin)
        assert name == "backup-2026-08-02-023000.zip"
        assert restored(found, tmp_path).differences == ()
        sent = [call for call in calls if call[0] in ("sendMessage", "sendDocument")]
        assert sent == [("sendMessage", "true"), ("sendDocument", "true")]
        assert said(khanna.admin)[0].startswith("💾 Last night's backup: 1 customer, 2 entries, ")

    async def test_a_restart_sends_no_second_one(self, night):
        await tick(night, "backup")
        await night.chat.restart()
        night.clock.advance(hours=1)
        await tick(night, "backup")
        assert len(files(night.admin)) == 1
        await morning(night, SECOND.replace(day=3), 2, 31)
        await tick(night, "backup")
        assert len(files(night.admin)) == 2

    async def test_after_a_downtime_there_is_one_for_all_nights(self, khanna):
        await morning(khanna, SECOND.replace(day=9), 14, 0)
        await tick(khanna, "backup")
        assert list(files(khanna.admin)) == ["backup-2026-08-09-140000.zip"]

    async def test_a_new_firm_hears_nothing_on_its_first_day(self, khanna):
        await morning(khanna, FIRST, 23, 0)
        await tick(khanna, "backup")
        assert files(khanna.admin) == {}

    async def test_a_firm_without_customers_hears_nothing(self, firm):
        await morning(firm, SECOND, 3, 0)
        await tick(firm, "backup")
        assert files(firm.admin) == {}

    async def test_off_is_off(self, khanna):
        khanna.settings["backup_time"] = "off"
        await khanna.chat.restart()
        await morning(khanna, SECOND, 3, 0)
        await tick(khanna, "backup")
        assert files(khanna.admin) == {}

    async def test_who_has_blocked_the_bot_holds_up_nobody(self, night):
        other = night.chat.phone("Binod", "+919822222222")
        night.admin_ids = f"{other.person.user_id},{night.admin.person.user_id}"
        await other.block()
        await night.chat.restart()
        await tick(night, "backup")
        assert len(files(night.admin)) == 1
        night.clock.advance(hours=1)
        await tick(night, "backup")
        assert len(files(night.admin)) == 1

    async def test_that_nobody_could_be_reached_is_in_the_log_and_not_tried_again(
        self, night, caplog
    ):
        await night.admin.block()
        for _time in range(2):
            await tick(night, "backup")
            night.clock.advance(minutes=20)
        assert caplog.text.count("The night's backup reached no admin") == 1
        assert len(list((night.data_dir / "backup").iterdir())) == 1

    async def test_with_another_time_there_is_rather_one_too_many(self, night):
        await tick(night, "backup")
        night.settings["backup_time"] = "23:00"
        await night.chat.restart()
        await morning(night, SECOND, 23, 0)
        await tick(night, "backup")
        assert list(files(night.admin)) == [
            "backup-2026-08-02-023000.zip",
            "backup-2026-08-02-230000.zip",
        ]

    @pytest.mark.usefixtures("hurry")
    async def test_while_telegram_is_away_it_waits_and_is_not_made_again(
        self, night, monkeypatch, calls
    ):
        made = []
        monkeypatch.setattr(
            backup_tick, "make_backup", lambda desk: made.append(1) or making.make_backup(desk)
        )
        calls.refused = True
        for _time in range(3):
            await tick(night, "backup")
            night.clock.advance(minutes=10)
        assert files(night.admin) == {}
        calls.refused = False
        await tick(night, "backup")
        assert len(files(night.admin)) == 1
        assert made == [1]

    @pytest.mark.usefixtures("hurry")
    async def test_a_file_that_is_gone_meanwhile_is_made_anew(self, night, calls):
        calls.refused = True
        await tick(night, "backup")
        calls.refused = False
        assert files(night.admin) == {}
        shutil.rmtree(night.data_dir / "backup")
        night.clock.advance(minutes=20)
        await tick(night, "backup")
        assert len(files(night.admin)) == 1

    async def test_backups_that_are_asked_for_meanwhile_take_no_files_away(self, night):
        other = night.chat.phone("Binod", "+919822222222")
        night.admin_ids = f"{other.person.user_id},{night.admin.person.user_id}"
        await night.chat.restart()
        for _time in range(3):
            await night.admin.send("/backup")
            night.clock.advance(seconds=1)
        kept = [path.name for path in (night.data_dir / "backup").iterdir()]
        assert len(kept) == 3

    @pytest.mark.parametrize(
        "error",
        [
            OSError(28, "No space left on device"),
            ChangedMeanwhile("customers.phone"),
            StoreUnavailable("The database cannot write: database or disk is full."),
            ValueError("what nobody has thought of"),
        ],
    )
    async def test_that_it_failed_is_told_once_a_night_and_it_is_tried_again(
        self, night, monkeypatch, error
    ):
        def fail(_desk):
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(backup_tick, "make_backup", fail)
            for _time in range(3):
                await tick(night, "backup")
                night.clock.advance(minutes=10)
        assert night.admin.transcript().count(FAILED) == 1
        await tick(night, "backup")
        assert len(files(night.admin)) == 1

    @pytest.mark.parametrize(
        "fault", [lost_request(), server_error(400, "Bad Request: file is too strange")]
    )
    async def test_what_never_gets_through_is_told_and_not_called_sent(self, night, fault, caplog):
        caplog.set_level("INFO")
        night.chat.telegram.faults.plan("sendDocument", fault, 50)
        for _time in range(6):
            await tick(night, "backup")
            night.clock.advance(minutes=10)
        assert night.admin.transcript().count("did not get through") == 1
        assert len(said(night.admin)) == backup_tick.ATTEMPTS
        assert "backup was sent" not in caplog.text
        assert "reached no admin" not in caplog.text
