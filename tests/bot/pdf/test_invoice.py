import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import speaking
from bot.pdf import Firm, elements, render_invoice, warm_up
from bot.settlements import Settlement, Source
from storage.models import PaperForm, PaymentMethod, Status
from tests.bot.pdf.papers import FIRM, an_invoice, item, pages, reader, text

WORDS = {
    "Latin": "Café Crème, 50 kg bags",
    "Devanagari": "गेहूँ शरबती किताब ज्ञान क्षत्रिय श्री",
    "Gurmukhi": "ਕਣਕ ਦੀ ਬੋਰੀ ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Urdu": "گندم کی بوری لاہور اللہ چاول",
    "emoji": "🌾 wheat ✓ 😀",
    "markup": "<b>bold</b> & **not**",
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
class TestWhatWasTyped:
    def test_can_be_read_in_an_items_name(self, words):
        assert words in text(an_invoice(words))

    def test_can_be_read_in_bold_in_the_customers_and_the_firms_name(self, words):
        page = text(an_invoice(customer_name=words), firm=Firm(name=words))
        assert page.count(words) == 2


def test_scripts_mix_on_one_line():
    (page,) = pages(an_invoice("Wheat गेहूँ ਕਣਕ گندم"))
    assert "Wheat गेहूँ ਕਣਕ گندم" in page


def test_a_character_no_font_has_copies_as_what_was_typed():
    assert "kitab 书 x" in text(an_invoice("kitab 书 x"))


def test_a_page_says_who_sends_what_to_whom_and_when():
    page = text(
        an_invoice(customer_phone="+919815012345", customer_address="Ramgarh\nSamrala"),
        firm=Firm(
            "Singh & Sons",
            "+919876543210",
            "New Grain Market",
            "03ABCDE1234F1Z5",
            upi_id="singhandsons@okicici",
        ),
    )
    for words in (
        "Singh & Sons New Grain Market +91 98765 43210",
        "GSTIN 03ABCDE1234F1Z5 UPI singhandsons@okicici",
        "Invoice 26-27/00042",
        "Gurpreet Kaur Ramgarh Samrala +91 98150 12345",
        "Date 22 Nov 2026",
        "Due 7 Dec 2026",
        "1 Wheat 52.5 2,425.00 1,27,312.50",
    ):
        assert words in page


def test_the_previous_balance_is_carried_to_the_total_due():
    page = text(
        an_invoice(
            items=[item("Product A", "10", 50000), item("Product B", "10", 50000)],
            previous_balance=2_000_00,
            amount_paid=6_000_00,
            remaining_balance=4_000_00,
            status=Status.PARTIAL,
        )
    )
    assert "Items total ₹10,000.00 Paid −₹6,000.00 Remaining ₹4,000.00" in page
    assert (
        "Previous balance ₹2,000.00 This invoice ₹10,000.00 Paid −₹6,000.00 Total due ₹6,000.00"
        in page
    )
    assert "Advance" not in page


def test_the_greatest_figure_is_what_holds_today(monkeypatch):
    sizes = {}
    figure = elements.figure

    def spy(flow, label, value, *, size=0, **options):
        sizes[label] = size
        figure(flow, label, value, size=size, **options)

    monkeypatch.setattr(elements, "figure", spy)
    fields = {"amount_paid": 100, "balance_after": 1_27_312_50}

    text(an_invoice(**fields))
    assert sizes["Total due"] > sizes["Remaining"]

    text(an_invoice(**fields), account_moved=True)
    assert sizes["Total due then"] < sizes["Remaining"]


def test_an_advance_is_shown_as_held_as_used_and_as_left():
    page = text(
        an_invoice(
            items=[item("Wheat", "1", 100_00)],
            previous_balance=-250_00,
            amount_paid=100_00,
            remaining_balance=0,
            balance_after=-150_00,
            status=Status.PAID,
        ),
        settlements=[Settlement(dt.date(2026, 11, 22), 100_00, Source.ADVANCE)],
    )
    assert "From advance −₹100.00 Paid ₹0.00 Remaining ₹0.00" in page
    assert "Advance held −₹250.00" in page
    assert "Total due ₹0.00 Advance left ₹150.00" in page


def test_a_customer_who_owes_nothing_holds_no_advance():
    page = text(an_invoice(previous_balance=0))
    assert "Previous balance ₹0.00 This invoice" in page
    assert "Advance" not in page


def test_the_account_is_of_the_day_it_was_posted():
    posted = dt.datetime(2026, 11, 24, 20, 30, tzinfo=dt.UTC)
    page = text(an_invoice(created_at=posted), zone=ZoneInfo("Asia/Kolkata"))
    assert "Date 22 Nov 2026" in page
    assert "Account on 25 Nov 2026" in page


def test_money_by_thousands_is_grouped_so_everywhere():
    page = text(an_invoice(), currency="USD")
    assert "1 Wheat 52.5 2,425.00 127,312.50" in page
    assert "Items total $127,312.50" in page


def test_another_currency_has_its_own_sign():
    page = text(an_invoice(), currency="PKR")
    assert "Rs 1,27,312.50" in page
    assert "₹" not in page


@pytest.mark.parametrize(
    ("status", "mark"),
    [
        (Status.UNPAID, None),
        (Status.PARTIAL, None),
        (Status.PAID, "PAID"),
        (Status.CANCELLED, "CANCELLED"),
    ],
)
def test_what_became_of_it_is_marked(status, mark):
    page = text(an_invoice(status=status))
    assert [word for word in ("PAID", "CANCELLED") if word in page.split()] == [mark] * bool(mark)


def test_a_cancelled_one_asks_for_nothing():
    page = text(an_invoice(status=Status.CANCELLED, previous_balance=5_000_00))
    assert "Nothing is due on it" in page
    assert "Total due" not in page


def test_the_sum_is_said_in_words():
    assert (
        "This invoice in words Rupees One Lakh Twenty Seven Thousand Three Hundred Twelve "
        "and Fifty Paise Only" in text(an_invoice())
    )


def test_a_quantity_has_its_unit():
    wheat = item("Wheat", "52.5").model_copy(update={"unit": "q"})
    assert "1 Wheat 52.5 q 2,425.00 1,27,312.50" in text(an_invoice(items=[wheat]))


def test_what_was_paid_so_far_is_listed():
    day = dt.date(2026, 11, 23)
    paid = (
        Settlement(day, 30_00, Source.BEFORE),
        Settlement(day, 20_00, Source.ADVANCE),
        Settlement(day, 10_000_00, Source.PAYMENT, PaymentMethod.CHEQUE, "ਚੈੱਕ 000123"),
    )
    page = text(an_invoice(), settlements=paid)
    assert (
        "Payments so far 23 Nov 2026 · in earlier books ₹30.00 23 Nov 2026 · from advance ₹20.00 "
        "23 Nov 2026 · cheque · ਚੈੱਕ 000123 ₹10,000.00" in page
    )
    assert "Payments so far" not in text(an_invoice())


def test_the_firms_terms_stand_at_the_end():
    page = text(an_invoice(), firm=replace(FIRM, terms="Goods once sold\nਵਾਪਸ ਨਹੀਂ"))
    assert page.endswith("Terms Goods once sold ਵਾਪਸ ਨਹੀਂ Page 1 of 1")


class TestOnARoll:
    def text(self, *names, **fields):
        return text(an_invoice(*names, **fields), firm=replace(FIRM, paper=PaperForm.ROLL))

    def test_an_item_has_two_lines(self):
        assert (
            "Item Amount 1 गेहूँ ਕਣਕ 52.5 × 2,425.00 1,27,312.50 2 Rice 52.5 × 2,425.00 1,27,312.50"
            in self.text("गेहूँ ਕਣਕ", "Rice")
        )

    def test_a_unit_read_from_the_right_does_not_turn_the_line_around(self):
        rice = item("Rice", "20").model_copy(update={"unit": "بوری"})
        paper = self.text(items=[rice])
        assert paper.index("بوری") < paper.index("× 2,425.00")

    def test_it_says_what_the_page_says(self):
        paid = {"previous_balance": 2_000_00, "amount_paid": 6_000_00}
        on_a_page = text(an_invoice(**paid))
        for words in self.text(**paid).replace("Item Amount 1 Wheat 52.5 × 2,425.00", "").split():
            assert words in on_a_page

    def test_it_is_as_long_as_what_it_says_and_80_mm_wide(self):
        def box(count):
            paper = reader(an_invoice(*["Rice"] * count), firm=replace(FIRM, paper=PaperForm.ROLL))
            (page,) = paper.pages
            return [float(side) for side in page.mediabox]

        short, long = box(1), box(100)
        assert short[:2] == long[:2] == [0, 0]
        assert short[2] == long[2] == pytest.approx(80 * 72 / 25.4, abs=0.01)
        assert 350 < short[3] < 500
        assert long[3] - short[3] > 99 * 25

    def test_a_thousand_items_go_on_over_numbered_pages(self):
        names = [f"Lot {place} of the auction" for place in range(1, 1001)]
        sheets = pages(an_invoice(*names), firm=replace(FIRM, paper=PaperForm.ROLL))
        together = " ".join(" ".join(sheets).split())
        assert len(sheets) > 2
        for number, page in enumerate(sheets, 1):
            assert "Item Amount" in " ".join(page.split())
            assert page.split()[-4:] == ["Page", str(number), "of", str(len(sheets))]
        places = [together.index(f"{name} 52.5") for name in names]
        assert places == sorted(places)


def test_a_thousand_items_are_all_there_in_order_under_the_same_head():
    sheets = pages(an_invoice(*(f"Lot {place} of the auction" for place in range(1, 1001))))
    assert len(sheets) > 20
    for number, page in enumerate(sheets, 1):
        assert "# Item Quantity Rate Amount" in " ".join(page.split())
        assert f"Page {number} of {len(sheets)}" in page
        assert "Invoice 26-27/00042" in page or number == 1
    together = "\n".join(sheets)
    places = [together.index(f"Lot {place} of") for place in range(1, 1001)]
    assert places == sorted(places)


@pytest.mark.parametrize("count", range(20, 45))
def test_the_sums_never_stand_on_a_page_without_an_item(count):
    *_, last = pages(an_invoice(*["Wheat"] * count))
    assert "Wheat" in last
    assert "Total due" in last


class TestTheFile:
    def test_describes_itself(self):
        file = reader(an_invoice())
        assert file.metadata.title == "Invoice 26-27/00042"
        assert file.metadata.author == "Singh & Sons"
        assert file.metadata.creation_date == dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
        assert file.trailer["/Root"]["/Lang"] == "en"

    def test_of_an_invoice_without_a_moment_is_of_its_day(self):
        made = reader(an_invoice(created_at=None)).metadata.creation_date
        assert made == dt.datetime(2026, 11, 22, tzinfo=dt.UTC)

    def test_is_the_same_each_time(self):
        invoice = an_invoice(*WORDS.values())
        assert render_invoice(invoice, firm=FIRM) == render_invoice(invoice, firm=FIRM)

    def test_is_the_same_from_every_thread(self):
        invoices = [an_invoice(*WORDS.values(), words) for words in WORDS.values()] * 4
        alone = [render_invoice(invoice, firm=FIRM) for invoice in invoices]
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda one: render_invoice(one, firm=FIRM), invoices))
        assert together == alone

    def test_carries_only_the_glyphs_it_draws(self):
        assert len(render_invoice(an_invoice(*WORDS.values()), firm=FIRM)) < 80_000

    def test_is_made_in_a_language_without_a_catalogue_too(self):
        with speaking("ur"):
            assert "Total due" in text(an_invoice())


anything = st.text(max_size=120)


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[anything] * 5), st.sampled_from(PaperForm))
def test_any_text_in_any_field_is_printed(texts, form):
    name, customer, address, number, firm = texts
    paid = Settlement(dt.date(2026, 11, 23), 1, Source.PAYMENT, reference=address)
    invoice = an_invoice(
        items=[item(name).model_copy(update={"unit": number})],
        customer_name=customer,
        customer_address=address,
        customer_phone=address,
        invoice_number=number,
    )
    sender = Firm(firm, number, name, gstin=customer, upi_id=address, terms=customer, paper=form)
    assert render_invoice(invoice, firm=sender, settlements=[paid]).startswith(b"%PDF")


@pytest.mark.parametrize(
    "text",
    [
        "\ud83d",
        "\x00\x07",
        "\u202e\u2066\u2069",
        "\u0301",
        "ﷺ﷽",
        "ि",
        "क\u094d" * 200,
        "a\u0300" * 300,
        "ب" + "(" * 2000 + "ب",
        "\u2067a\u2069ب" * 800,
    ],
    ids=ascii,
)
def test_even_what_is_hardly_text_is_printed(text):
    assert pages(an_invoice(text, customer_name=text), firm=Firm(name=text))


def test_four_thousand_letters_go_on_over_the_pages():
    assert len(pages(an_invoice("W" * 4096), firm=Firm(name="N" * 4096))) > 5


def test_after_warming_up_the_first_invoice_is_like_every_other():
    before = render_invoice(an_invoice(), firm=FIRM)
    warm_up()
    assert render_invoice(an_invoice(), firm=FIRM) == before
