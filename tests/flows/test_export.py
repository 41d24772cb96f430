"""The books as an Excel file, asked for in the chat."""

import io

import openpyxl
import pytest

from bot.drawing import DrawingFailed
from bot.export import making
from bot.export.making import make_export
from handlers import export_form
from storage.models import EventKind
from tests.flows.dying import dying
from tests.flows.steps import PAID, walk, with_customer

EVERYTHING = ("/export", "[Everything]")


@pytest.fixture
async def books(firm, partner):
    await with_customer(firm, partner)
    await walk(*PAID)(partner)
    firm.clock.advance(minutes=1)
    return firm.store


def noted(firm):
    return [event for event in firm.store.audit.page(0, 50) if event.kind is EventKind.EXPORT]


async def test_the_file_comes_with_all_of_it(partner, books):
    await walk(*EVERYTHING)(partner)
    document = partner.screen.document
    assert document.name == "Ravi Kumar to 2026-08-01.xlsx"
    assert document.caption == "Books, all days. Open it with Excel or LibreOffice."
    book = openpyxl.load_workbook(io.BytesIO(document.content))
    assert [sheet.max_row - 1 for sheet in book.worksheets[1:]] == [1, 1, 1, 1, 2]
    assert "Writing the books" not in partner.transcript()
    assert "📊 The books, all days" in partner.transcript()


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("[This month]", "2026-08-01 to 2026-08-01"),
        ("[Last month]", "2026-07-01 to 2026-07-31"),
        ("[This financial year]", "2026-04-01 to 2026-08-01"),
        ("[Last financial year]", "2025-04-01 to 2026-03-31"),
        ("1/4/26 - 30/6/26", "2026-04-01 to 2026-06-30"),
        ("2024-25", "2024-04-01 to 2025-03-31"),
        ("april", "2026-04-01 to 2026-04-30"),
    ],
)
async def test_the_days_at_a_tap_or_typed(partner, books, answer, name):
    await walk("/export", answer)(partner)
    assert partner.screen.document.name == f"Ravi Kumar {name}.xlsx"


async def test_a_year_is_the_firms(firm, partner, books):
    profile = firm.store.firm.get()
    firm.store.firm.save(profile.model_copy(update={"first_month": 7}))
    await walk("/export", "[This financial year]")(partner)
    assert partner.screen.document.name == "Ravi Kumar 2026-07-01 to 2026-08-01.xlsx"


async def test_what_are_no_days_is_asked_again(partner, books):
    await walk("/export", "soon")(partner)
    assert partner.screen.text.startswith("⚠️ “soon”")
    await partner.press("Cancel")
    assert partner.screen.text == "Nothing was exported."


async def test_it_is_noted_before_it_goes_out(firm, partner, books, monkeypatch):
    seen = []

    def make(*given):
        seen.extend(noted(firm))
        return make_export(*given)

    monkeypatch.setattr(export_form, "make_export", make)
    await walk("/export", "[Last month]")(partner)
    assert [event.detail for event in seen] == ["1 Jul 2026 to 31 Jul 2026"]
    await firm.admin.send("/audit")
    await firm.admin.press("Who did what")
    newest = firm.admin.screen.text.split("\n")[2]
    assert newest.endswith("Ravi Kumar took out the books (1 Jul 2026 to 31 Jul 2026)")


async def test_it_is_noted_once_although_the_bot_died(firm, partner, books, monkeypatch):
    await partner.send("/export")
    with dying(monkeypatch):
        await partner.press("Everything")
    await firm.chat.restart()
    assert partner.screen.document.content.startswith(b"PK")
    assert len(noted(firm)) == 1


async def test_another_one_is_noted_too(firm, partner, books):
    for _time in range(2):
        await walk(*EVERYTHING)(partner)
    assert len(noted(firm)) == 2


async def test_who_is_signed_out_meanwhile_gets_nothing(firm, partner, books, monkeypatch):
    def make(desk, who, period):
        firm.store.sign_ins.end(partner.person.user_id)
        return make_export(desk, who, period)

    monkeypatch.setattr(export_form, "make_export", make)
    await walk(*EVERYTHING)(partner)
    assert partner.screen.text == "You are signed out; the file was not sent."


async def test_what_telegram_does_not_take_is_said(partner, books, monkeypatch):
    monkeypatch.setattr(making, "LARGEST", 1000)
    await walk(*EVERYTHING)(partner)
    assert "and Telegram takes 50. Take fewer days" in partner.screen.text


async def test_what_takes_too_long_is_said(partner, books, monkeypatch):
    def make(*_given):
        raise DrawingFailed("A paper took longer than 600 s.")

    monkeypatch.setattr(export_form, "make_export", make)
    await walk(*EVERYTHING)(partner)
    assert "⚠️ The file could not be made. Take fewer days" in partner.screen.text


async def test_it_is_the_partners(firm, books):
    await firm.admin.send("/export")
    assert "Sign in as a partner" in firm.admin.screen.text
