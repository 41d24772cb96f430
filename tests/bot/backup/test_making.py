"""A backup is made of one moment, by a process of its own, and the last two stay."""

import stat
import threading

import pytest

from bot.audit import audit
from bot.backup import making, parts
from bot.backup.archive import Archive
from bot.backup.making import make_backup
from bot.backup.parts import joined
from bot.backup.restoring import check, try_out
from bot.drawing import DrawingProcess
from storage.errors import ChangedMeanwhile
from storage.models import Customer
from tests.bot.books import every_kind, keep, receive, sell
from tests.bot.desks import desk_of

PASSPHRASE = "five words that nobody would guess"  # noqa: S105


@pytest.fixture
def desk(store, clock, tmp_path):
    keep(store, every_kind())
    return desk_of(store, clock, data_dir=tmp_path)


def found_in(made, passphrase=None):
    """What the check of all books says of a backup once it is restored."""
    with joined(made.files, passphrase, inside=made.files[0].parent) as file:
        archive = Archive(file)
        check(archive)
        return try_out(archive, lambda _line: None, inside=made.files[0].parent)


def test_all_books_are_in_it(desk):
    made = make_backup(desk)
    assert [path.name for path in made.files] == ["backup-2026-08-01-143000.zip"]
    counted = {name: one.documents for name, one in made.manifest.collections.items()}
    assert (counted["customers"], counted["invoices"], counted["ledger"]) == (2, 5, 12)
    assert found_in(made) == audit(desk.store)
    assert made.size == made.files[0].stat().st_size
    assert not made.encrypted


def test_it_is_sealed_where_there_is_a_passphrase(store, clock, tmp_path):
    keep(store, every_kind())
    made = make_backup(desk_of(store, clock, data_dir=tmp_path, backup_passphrase=PASSPHRASE))
    assert [path.name for path in made.files] == ["backup-2026-08-01-143000.zip.age"]
    assert made.encrypted
    assert found_in(made, PASSPHRASE).entries == 12


def test_what_is_too_large_for_telegram_comes_in_parts(desk, monkeypatch):
    monkeypatch.setattr(parts, "LARGEST", 2000)
    made = make_backup(desk)
    assert [path.name for path in made.files] == [
        f"backup-2026-08-01-143000.zip.00{number}" for number in range(1, len(made.files) + 1)
    ]
    assert len(made.files) > 1
    assert found_in(made).entries == 12


def test_the_last_two_stay_and_nobody_else_can_open_them(desk, clock, monkeypatch):
    monkeypatch.setattr(making, "ON_ITS_WAY", -1)
    made = []
    for _time in range(3):
        made.append(make_backup(desk))
        clock.advance(minutes=1)
    folder = desk.settings.data_dir / "backup"
    assert sorted(path.name for path in folder.iterdir()) == [
        "backup-2026-08-01-143100",
        "backup-2026-08-01-143200",
    ]
    assert [one.is_there for one in made] == [False, True, True]
    for path in (folder, *folder.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_one_that_may_be_on_its_way_stays_too(desk, clock):
    made = []
    for _time in range(4):
        made.append(make_backup(desk))
        clock.advance(minutes=1)
    assert all(one.is_there for one in made)


def test_a_clock_that_was_ahead_takes_no_later_one_away(desk, clock, monkeypatch):
    monkeypatch.setattr(making, "ON_ITS_WAY", -1)
    now = clock.moment
    clock.advance(days=400)
    for _time in range(2):
        make_backup(desk)
        clock.advance(minutes=1)
    clock.moment = now
    for _time in range(3):
        assert make_backup(desk).is_there
        clock.advance(minutes=1)


def test_two_of_one_second_are_one(desk):
    assert make_backup(desk).files == make_backup(desk).files


def test_what_a_killed_bot_was_at_is_gone_with_the_next(desk):
    left = desk.settings.data_dir / "backup" / "making-abc"
    left.mkdir(parents=True)
    (left / "ledger").write_bytes(b"x")
    make_backup(desk)
    assert not left.exists()


def test_a_full_disk_leaves_the_earlier_one(desk, clock, monkeypatch):
    made = make_backup(desk)
    clock.advance(minutes=1)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "put", full)
    with pytest.raises(OSError, match="No space"):
        make_backup(desk)
    assert made.is_there
    assert [path.name for path in (desk.settings.data_dir / "backup").iterdir()] == [
        "backup-2026-08-01-143000"
    ]


def test_what_changed_hands_meanwhile_is_read_again(desk, monkeypatch):
    left = [ChangedMeanwhile("customers.phone"), ChangedMeanwhile("customers.phone")]
    put_all = making._put_all

    def changing(store, folder):
        put_all(store, folder)
        if left:
            raise left.pop()

    monkeypatch.setattr(making, "_put_all", changing)
    assert found_in(make_backup(desk)) == audit(desk.store)
    left += [ChangedMeanwhile("customers.phone")] * 3
    with pytest.raises(ChangedMeanwhile):
        make_backup(desk)


@pytest.mark.process
def test_it_is_packed_in_a_process_of_its_own(store, clock, tmp_path):
    keep(store, every_kind())
    desk = desk_of(store, clock, data_dir=tmp_path, backup_passphrase=PASSPHRASE)
    with DrawingProcess(longest=60, lasting=False) as packing:
        made = make_backup(type(desk)(**{**vars(desk), "draw_long": packing.draw}))
    assert found_in(made, PASSPHRASE) == audit(store)


def test_while_others_post_all_the_time_the_books_in_it_are_right(
    embedded_store, clock, tmp_path, monkeypatch
):
    monkeypatch.setattr("storage.reading.PAGE", 5)
    store = embedded_store
    keep(store, every_kind())
    names = [f"customer {number}" for number in range(4)]
    for name in names:
        store.customers.add(Customer(id=name, name=name))
    desk, stop = desk_of(store, clock, data_dir=tmp_path), threading.Event()

    def trade(name: str) -> int:
        times = 0
        while not stop.is_set():
            sell(store, clock, f"{name} bought {times}", name, paid=times % 2 * 100)
            receive(store, clock, f"{name} paid {times}", name)
            times += 1
        return times

    threads = [threading.Thread(target=trade, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    try:
        made = []
        for _time in range(4):
            made.append(found_in(make_backup(desk)))
            clock.advance(seconds=1)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert [found.differences for found in made] == [()] * 4
    entries = [found.entries for found in made]
    assert 12 < entries[0] < entries[-1] <= store.ledger.count()
