"""``python -m bot migrate``, and the start that does the same."""

import pytest

from storage.database import open_store
from storage.migrations import NEWEST
from tests.process.running import command
from tests.process.test_start import refusal

pytestmark = pytest.mark.process


@pytest.fixture
def old(tmp_path):
    """A DATA_DIR of before there were versions."""
    with open_store(None, tmp_path / "data") as store:
        one = {"_id": "on 2026-08-01:a:digest", "lease_until": "x", "message_id": 7}
        store._database["reminders"].insert_one(one)
    return tmp_path


async def test_a_dry_run_then_for_good_then_nothing(old):
    dry = await command(old, "migrate", "--dry-run")
    assert dry.code == 0
    assert "To schema 1: a sent reminder no longer names its message" in dry.said
    assert "(1 documents)" in dry.said
    assert "no document was changed" in dry.said
    done = await command(old, "migrate")
    assert "Schema 1: a sent reminder" in done.said
    assert f"The data have schema {NEWEST}" in done.said
    again = await command(old, "migrate", "--dry-run")
    assert again.said == f"Nothing is to be done: the data have schema {NEWEST}, this version's.\n"


async def test_data_of_a_later_version_stop_the_start_in_one_line(old):
    with open_store(None, old / "data") as store:
        store._database["meta"].insert_one({"_id": "schema", "version": NEWEST + 1})
    refused = await refusal(old, {})
    assert refused.code == 1
    assert len(refused.lines) == 1
    assert "written by a later version of this program" in refused.lines[0]
