"""Whatever the parts, the archive comes out of them, or a sentence that says what is missing."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.backup import parts
from bot.backup.archive import BackupUnusable
from bot.backup.parts import are_sealed, joined, split

PASSPHRASE = "five words that nobody would guess"  # noqa: S105
CONTENT = bytes(range(256)) * 10


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "LARGEST", 1000)
    path = tmp_path / "a.zip"
    path.write_bytes(CONTENT)
    return path


def files(archive):
    return sorted(archive.parent.iterdir())


def read(found, passphrase):
    with TemporaryDirectory() as inside, joined(found, passphrase, inside=Path(inside)) as file:
        return file.read()


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_what_was_split_is_joined_in_whatever_order_it_is_named(archive, passphrase):
    split(archive, passphrase)
    found = files(archive)
    end = "" if passphrase is None else ".age"
    names = [f"a.zip{end}.00{number}" for number in (1, 2, 3)]
    assert [path.name for path in found] == names
    assert are_sealed(found) is (passphrase is not None)
    for order in (found, found[::-1]):
        assert read(order, passphrase) == CONTENT


@pytest.mark.parametrize(("passphrase", "name"), [(None, "a.zip"), (PASSPHRASE, "a.zip.age")])
def test_what_fits_is_one_file_with_a_plain_name(archive, monkeypatch, passphrase, name):
    monkeypatch.setattr(parts, "LARGEST", len(CONTENT) + 300)
    split(archive, passphrase)
    (path,) = files(archive)
    assert path.name == name
    assert read([path], passphrase) == CONTENT


def test_a_sealed_part_says_nothing_of_what_is_in_it(archive):
    archive.write_bytes(b"Ramesh Kumar owes a lakh " * 100)
    split(archive, PASSPHRASE)
    content = b"".join(path.read_bytes() for path in files(archive))
    assert content.startswith(b"age-encryption.org/v1\n")
    assert b"Ramesh" not in content


def test_a_missing_part_is_named(archive):
    split(archive, None)
    found = files(archive)[1:]
    with pytest.raises(BackupUnusable, match="Part 001 of the backup is missing"):
        read(found, None)


def test_one_part_alone_is_told_from_a_backup(archive):
    split(archive, None)
    first = files(archive)[0]
    with pytest.raises(BackupUnusable, match=r"a\.zip\.001 is one part of a backup") as refused:
        read([first], None)
    assert str(refused.value).endswith("e.g. a.zip.*")


def test_a_part_that_is_there_twice_is_no_other(archive):
    split(archive, None)
    first, second, third = files(archive)
    with pytest.raises(BackupUnusable, match="there twice"):
        read([first, second, second, third], None)


def test_another_passphrase_opens_nothing(archive):
    split(archive, PASSPHRASE)
    with pytest.raises(BackupUnusable, match="was made with another passphrase"):
        read(files(archive), PASSPHRASE + "!")
    with pytest.raises(BackupUnusable, match="encrypted: set BACKUP_PASSPHRASE"):
        read(files(archive), None)


def test_a_damaged_part_does_not_open(archive):
    split(archive, PASSPHRASE)
    first = files(archive)[0]
    content = first.read_bytes()
    first.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(BackupUnusable, match="is damaged, or not all of it"):
        read(files(archive), PASSPHRASE)


def test_a_file_that_is_not_there_is_named(tmp_path):
    for asked in (lambda: are_sealed([tmp_path / "b.zip"]), lambda: read([tmp_path], None)):
        with pytest.raises(BackupUnusable, match="cannot be read"):
            asked()


def test_several_backups_are_not_one(archive):
    other = archive.with_name("b.zip")
    other.write_bytes(CONTENT)
    with pytest.raises(BackupUnusable, match="Name one backup, or all parts of one"):
        read([archive, other], None)
    for path in (archive, other):
        split(path, None)
    found = {path.name: path for path in files(archive)}
    mixed = [found["a.zip.001"], found["b.zip.002"], found["a.zip.003"]]
    with pytest.raises(BackupUnusable, match="no parts of this backup"):
        read(mixed, None)


def test_a_passphrase_for_which_there_is_no_memory_is_said_to_be_so(archive, monkeypatch):
    split(archive, PASSPHRASE)

    def too_much(*_arguments, **_named):
        raise ValueError("memory limit exceeded")

    monkeypatch.setattr("hashlib.scrypt", too_much)
    with pytest.raises(BackupUnusable, match="takes more memory than there is here"):
        read(files(archive), PASSPHRASE)
