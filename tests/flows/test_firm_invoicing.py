"""The admin says how the firm's invoices are numbered, fall due and look, in the chat."""

import pytest

from storage.models import FirmProfile, PaperForm
from tests.flows.steps import walk


@pytest.fixture
def admin(firm):
    return firm.admin


@pytest.fixture
def khanna(firm):
    """The firm, as it was written before."""
    return firm.store.firm.save(
        FirmProfile(id="firm", name="Khanna Grain Merchants", number_prefix="KGM", due_days=15)
    )


@pytest.mark.usefixtures("khanna")
class TestNumbers:
    async def test_the_looks_that_one_tap_gives_are_shown_as_examples(self, admin):
        await walk("/firm", "[✎ Number]")(admin)
        assert admin.screen.buttons[:3] == [
            "26-27/00042",
            "KGM/2627/00042",
            "✓ Keep KGM/26-27/00042",
        ]
        await admin.press("26-27/00042")
        assert "Invoice number: like 26-27/00042" in admin.screen.text

    async def test_a_calendar_year_has_one_look(self, admin):
        await walk("/firm", "[✎ Year]", "[January to December]", "[✎ Number]")(admin)
        assert admin.screen.buttons[:2] == ["2026/00042", "✓ Keep KGM/2026/00042"]

    @pytest.mark.parametrize("typed", ["October", "oct", "10", "१०", "अक्टूबर"])
    async def test_any_month_may_begin_the_year(self, admin, typed):
        await walk("/firm", "[✎ Year]", typed)(admin)
        assert "Financial year: October to September" in admin.screen.text


@pytest.mark.usefixtures("khanna")
class TestDueDays:
    @pytest.mark.parametrize("typed", ["45", "४५"])
    async def test_any_number_of_days(self, firm, admin, typed):
        await walk("/firm", "[✎ Due]", typed, "[✓ Save]")(admin)
        assert firm.store.firm.get().due_days == 45

    async def test_none_is_the_day_itself(self, firm, admin):
        await walk("/firm", "[✎ Due]", "0")(admin)
        assert "Due: on the invoice's date" in admin.screen.text
        await admin.press("✓ Save")
        assert firm.store.firm.get().due_days == 0

    async def test_to_be_asked_each_time_again(self, firm, admin):
        await walk("/firm", "[✎ Due]", "[Ask on each invoice]", "[✓ Save]")(admin)
        assert firm.store.firm.get().due_days is None


@pytest.mark.usefixtures("khanna")
class TestTerms:
    async def test_are_asked_for_with_an_example(self, admin):
        await walk("/firm", "[✎ Terms]")(admin)
        assert "Which terms stand at the foot of every invoice?" in admin.screen.text
        assert "Goods once sold are not taken back." in admin.screen.text

    async def test_that_there_are_can_be_kept_in_one_tap(self, firm, admin):
        await walk("/firm", "[✎ Terms]", "No returns.\nInterest 2%", "[✎ Terms]")(admin)
        await walk("[✓ Keep No returns. · Interest 2%]", "[✓ Save]")(admin)
        assert firm.store.firm.get().terms == "No returns.\nInterest 2%"


@pytest.mark.usefixtures("khanna")
class TestPaper:
    async def test_has_two_buttons_and_the_question_says_what_follows_it(self, admin):
        await walk("/firm", "[✎ Paper]")(admin)
        assert admin.screen.buttons[:2] == ["80 mm roll", "✓ Keep A4 page"]
        assert "Statements stay A4." in admin.screen.text

    async def test_may_be_typed(self, firm, admin):
        await walk("/firm", "[✎ Paper]", "80mm", "[✓ Save]")(admin)
        assert "Paper: 80 mm roll" in admin.screen.text
        assert firm.store.firm.get().paper is PaperForm.ROLL
        await walk("/firm", "[✎ Paper]", "a4", "[✓ Save]")(admin)
        assert firm.store.firm.get().paper is PaperForm.A4
