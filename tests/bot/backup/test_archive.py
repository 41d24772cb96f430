"""An archive is read by any ZIP program, and by nobody once it is not as it was written."""

import datetime as dt
import io
import json
import zipfile

import pytest

from bot.backup.archive import MANIFEST, Archive, BackupUnusable, write_archive
from storage.contents import BACKED_UP
from storage.jsonl import put

MADE_AT = dt.datetime(2026, 11, 21, 21, 0, tzinfo=dt.UTC)
CUSTOMER = {"_id": "c", "name": "Ramesh ਰਮੇਸ਼", "total_outstanding_balance": 2**40, "phone": None}
IMAGE = {"_id": "i", "content": b"\xff\xd8\x00", "lines": [{"whole": True, "of": 1.5}]}


@pytest.fixture
def path(tmp_path):
    """An archive with two documents."""
    for name, document in (("customers", CUSTOMER), ("images", IMAGE)):
        with (tmp_path / name).open("wb") as file:
            put(document, file)
    write_archive(tmp_path / "a.zip", tmp_path, made_at=MADE_AT, schema_version=1)
    return tmp_path / "a.zip"


def archive_of(members: dict[str, bytes]) -> Archive:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return Archive(file)


def members_of(path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_was_written_is_read(path):
    archive = Archive(io.BytesIO(path.read_bytes()))
    archive.check()
    assert list(archive.documents("customers")) == [CUSTOMER]
    assert list(archive.documents("images")) == [IMAGE]
    assert list(archive.documents("ledger")) == []
    assert (archive.manifest.made_at, archive.manifest.schema_version) == (MADE_AT, 1)
    assert archive.source.startswith("the backup of 2026-11-21 21:00:00 UTC, ")


def test_it_is_a_zip_of_json_lines(path):
    members = members_of(path)
    assert set(members) == {MANIFEST, *(f"{name}.jsonl" for name in BACKED_UP)}
    (line,) = members["customers.jsonl"].decode().splitlines()
    assert json.loads(line) == CUSTOMER
    (line,) = members["images.jsonl"].decode().splitlines()
    assert json.loads(line)["content"] == {"$binary": {"base64": "/9gA", "subType": "00"}}
    with zipfile.ZipFile(path) as archive:
        assert {one.date_time for one in archive.infolist()} == {(2026, 11, 21, 21, 0, 0)}


DAMAGES = {
    "a letter is another": lambda line: line.replace(b"Ramesh", b"Suresh"),
    "a line is missing": lambda _line: b"",
    "a line is there twice": lambda line: line * 2,
    "the end is missing": lambda line: line[:-2],
    "it is no JSON": lambda _line: b"{\n",
    "it is no document": lambda _line: b"[1]\n",
    "it has no id": lambda _line: b"{}\n",
    "it is an id that is none": lambda _line: b'{"_id": "c", "a": {"$oid": "x"}}\n',
    "it is a number that no store keeps": lambda _line: (
        b'{"_id": "c", "a": 99999999999999999999}\n'
    ),
    "it is half a letter": lambda _line: b'{"_id": "c", "a": "\\ud800"}\n',
    "it nests without end": lambda _line: b"[" * 100_000 + b"\n",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
def test_a_change_is_found(path, damage):
    members = members_of(path)
    members["customers.jsonl"] = damage(members["customers.jsonl"])
    with pytest.raises(BackupUnusable, match=r"its customers\.jsonl is not as it was written"):
        archive_of(members).check()


def test_a_missing_file_is_found(path):
    members = members_of(path)
    del members["ledger.jsonl"]
    with pytest.raises(BackupUnusable, match=r"its ledger\.jsonl is not as it was written"):
        archive_of(members).check()


def test_a_byte_that_the_disk_has_turned_is_found_or_says_nothing(path):
    whole = path.read_bytes()
    found = 0
    for at in range(0, len(whole), 3):
        turned = bytearray(whole)
        turned[at] ^= 0x55
        try:
            archive = Archive(io.BytesIO(bytes(turned)))
            archive.check()
        except BackupUnusable:
            found += 1
        else:
            # Some bytes of a ZIP say nothing of its content, such as who made it.
            assert list(archive.documents("customers")) == [CUSTOMER]
    assert found > len(whole) / 3 / 2


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"%PDF-1.7", b"age-encryption.org/v1\n", b"PK\x05\x06" + b"\0" * 18]
)
def test_what_is_no_backup_is_refused_with_an_example(content):
    with pytest.raises(BackupUnusable, match=r"python -m bot restore backup-.*\.zip\.\*"):
        Archive(io.BytesIO(content))


def test_another_zip_is_refused():
    with pytest.raises(BackupUnusable, match="no whole backup"):
        archive_of({"a.txt": b"a"})


@pytest.mark.parametrize("manifest", [b"", b"[]", b'{"format": "x"}'])
def test_a_manifest_that_says_nothing_is_refused(manifest):
    with pytest.raises(BackupUnusable, match="cannot be read"):
        archive_of({MANIFEST: manifest})


def test_one_of_a_later_program_is_refused_with_what_to_do(path):
    members = members_of(path)
    manifest = json.loads(members[MANIFEST])
    members[MANIFEST] = json.dumps({**manifest, "format": 2}).encode()
    with pytest.raises(BackupUnusable, match="Update the program"):
        archive_of(members)


def test_collections_that_this_version_does_not_know_are_not_left_out(path):
    members = members_of(path)
    manifest = json.loads(members[MANIFEST])
    manifest["collections"]["cheques"] = {"documents": 0, "sha256": ""}
    members[MANIFEST] = json.dumps(manifest).encode()
    with pytest.raises(BackupUnusable, match="does not know: cheques"):
        archive_of(members).check()


def test_without_the_books_it_is_no_backup(path):
    members = members_of(path)
    manifest = json.loads(members[MANIFEST])
    members[MANIFEST] = json.dumps({**manifest, "collections": {}}).encode()
    with pytest.raises(BackupUnusable, match="lacks customers, invoices, ledger, payments, users"):
        archive_of(members).check()
