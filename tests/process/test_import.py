"""``python -m bot import`` as people run it: exit codes, one line where it cannot begin."""

import pytest

from tests.bot.importing.old_books import as_json, customer, invoice, user
from tests.process.live import Live
from tests.process.phone import Phone
from tests.process.running import Ended, command

pytestmark = pytest.mark.process


@pytest.fixture
def old_books(tmp_path):
    path = tmp_path / "old.json"
    path.write_text(as_json([customer(), invoice(), user()]), encoding="utf-8")
    return path


async def test_no_setting_is_needed_and_the_second_time_nothing_is_new(tmp_path, old_books):
    dry = await command(tmp_path, "import", "--dry-run", "old.json")
    first = await command(tmp_path, "import", "old.json")
    second = await command(tmp_path, "import", "old.json")

    assert [(one.code, one.complained) for one in (dry, first, second)] == [(0, "")] * 3
    assert dry.said.endswith("This was a dry run: nothing was brought in.\n")
    assert "It is all in the books now.\n" in first.said
    assert "It was all in the books before.\n" in second.said
    assert "0 differences" in first.said


async def test_a_refusal_is_exit_code_1(tmp_path, old_books):
    old_books.write_text(as_json([customer()]), encoding="utf-8")

    refused = await command(tmp_path, "import", "old.json")

    assert refused.code == 1
    assert "total_outstanding_balance is 4,000.00" in refused.said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "old.json cannot be read: No such file or directory"),
        ("", "old.json is empty"),
        ("name;phone", "old.json is no JSON: in line 1, column 1"),
    ],
    ids=["missing", "empty", "not JSON"],
)
async def test_a_file_that_cannot_be_read_is_one_line(tmp_path, content, words):
    if content is not None:
        (tmp_path / "old.json").write_text(content, encoding="utf-8")

    assert_one_line(await command(tmp_path, "import", "old.json"), words)


async def test_a_wrong_setting_is_named(tmp_path, old_books):
    assert_one_line(await command(tmp_path, "import", "old.json", CURRENCY="RS"), "CURRENCY")


async def test_what_is_no_command_starts_no_bot(tmp_path):
    assert_one_line(await command(tmp_path, "imports"), "imports is no command", "otp-test")


async def test_a_terminal_without_the_letters_gets_their_codes(tmp_path, old_books):
    ended = await command(tmp_path, "import", "old.json", PYTHONIOENCODING="ascii")

    assert ended.code == 0
    assert "\\u20b94,000.00  Customer Name" in ended.said


async def test_the_bot_goes_on_with_old_books_and_is_to_be_stopped_for_more(tmp_path, old_books):
    data = str(tmp_path / "data")
    assert (await command(tmp_path, "import", "old.json", DATA_DIR=data)).code == 0

    async with Live(tmp_path, DATA_DIR=data) as live:
        while_it_runs = await command(tmp_path, "import", "old.json", DATA_DIR=data)
        partner = await Phone.added(live.http, "Partner Name", "+919876543211")
        await partner.send("/start", sees="share your phone number")
        await partner.share_contact(sees="Type the 6 digits")
        await partner.send(await partner.code(), sees="Welcome, Partner Name")
        await partner.send("/customers", sees="1 customer")
        await partner.press("Customer Name · ₹4,000.00 due", sees="OLD-00001: ₹4,000.00")

    assert_one_line(while_it_runs, "Stop it, import, then start it again", data)


def assert_one_line(ended: Ended, *parts: str):
    assert ended.code == 1
    assert ended.said == ""
    assert len(ended.complained.splitlines()) == 1
    for part in parts:
        assert part in ended.complained
