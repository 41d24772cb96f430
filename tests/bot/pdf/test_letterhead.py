"""What stands at the top of the firm's papers: who it is, how it is paid, and its logo."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from pypdf import PdfReader

from bot.pdf import Firm, Party, render_invoice, render_statement
from bot.pdf.shaping import typeset
from bot.pdf.sheet import Sheet
from bot.pdf.style import A4
from bot.statement import Row, Statement
from storage.models import Status
from tests.bot.pdf.papers import an_invoice, text

UPI_ID = "singhandsons@okicici"
STATUSES = [Status.UNPAID, Status.PAID, Status.CANCELLED]


def logo(width: int, height: int) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (width, height), "seagreen").save(kept, "JPEG")
    return kept.getvalue()


def firm(jpeg: bytes | None, name: str = "Singh & Sons", upi_id: str | None = UPI_ID) -> Firm:
    return Firm(name, "+919876543210", "Shop 14\nKhanna", "03AAJFS1234K1ZC", jpeg, upi_id)


def statement(sender: Firm) -> bytes:
    moment = dt.datetime(2026, 8, 1, 9, tzinfo=dt.UTC)
    row = Row(moment.date(), "Invoice 26-27/00001", 100_00, 0, 100_00, "Ravi", moment)
    return render_statement(
        Statement(None, None, 0, (row,)),
        firm=sender,
        customer=Party("Gurpreet Kaur"),
        zone=ZoneInfo("Asia/Kolkata"),
    )


def pictures(paper: bytes) -> list[list[bytes]]:
    """What is embedded in each page, as it stands in the file."""
    pages = PdfReader(io.BytesIO(paper)).pages
    return [
        [found.get_object()._data for found in page["/Resources"].get("/XObject", {}).values()]
        for page in pages
    ]


@pytest.fixture
def drawn(monkeypatch):
    """Where the logo was put (left, top, right, bottom), and the texts (page, left, top)."""
    boxes: dict[str, list[tuple[float, ...]]] = {"logos": [], "texts": []}
    image, write_text = Sheet.image, Sheet.write_text

    def put(sheet, jpeg, *box):
        x, y, width, height = box
        boxes["logos"].append((x, y, x + width, y + height))
        return image(sheet, jpeg, *box)

    def write(sheet, x, y, line, size, *, bold=False, align="left", **options):
        write_text(sheet, x, y, line, size, bold=bold, align=align, **options)
        line = typeset(line, bold=bold) if isinstance(line, str) else line
        left = x - line.width * size / 1000 if align == "right" else x
        boxes["texts"].append((sheet.page, left, y - 0.9 * size))

    monkeypatch.setattr(Sheet, "image", put)
    monkeypatch.setattr(Sheet, "write_text", write)
    return boxes


@pytest.mark.parametrize(
    ("pixels", "points"),
    [
        ((500, 500), (60, 60)),
        ((800, 200), (96, 24)),
        ((100, 800), (7.5, 60)),
        ((960, 600), (96, 60)),
        ((24, 20), (24, 20)),
    ],
    ids=["square", "wide", "tall", "both", "too small to fill it"],
)
def test_a_logo_keeps_its_proportion_in_the_corner(drawn, pixels, points):
    render_invoice(an_invoice(), firm=firm(logo(*pixels)))

    ((left, top, right, bottom),) = drawn["logos"]
    assert (left, top) == (A4.margin, A4.margin)
    assert (right - left, bottom - top) == pytest.approx(points)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(
    "name", ["Singh & Sons", "Singh & Sons, Commission Agents " * 3, "W" * 80]
)
def test_nothing_stands_on_the_logo(drawn, name, status):
    render_invoice(an_invoice(status=status), firm=firm(logo(800, 340), name))

    ((_left, _top, right, bottom),) = drawn["logos"]
    assert len(drawn["texts"]) > 10
    for page, left, top in drawn["texts"]:
        assert page > 1 or left > right or top > bottom


@pytest.mark.parametrize("status", STATUSES)
def test_what_is_said_is_the_same_with_a_logo(status):
    invoice = an_invoice(status=status)
    assert text(invoice, firm=firm(logo(300, 200))) == text(invoice, firm=firm(None))


def test_the_logo_is_in_the_file_as_it_was_kept_and_on_the_first_page_alone():
    jpeg = logo(300, 200)
    first, *others = pictures(
        render_invoice(an_invoice(*["Wheat"] * 100), firm=firm(jpeg)),
    )
    assert first == [jpeg]
    assert len(others) >= 2


@pytest.mark.parametrize("jpeg", [None, logo(300, 200)], ids=["without a logo", "with one"])
def test_the_same_firm_gives_the_same_bytes(jpeg):
    papers = [render_invoice(an_invoice(), firm=firm(jpeg)) for _time in range(2)]
    assert papers[0] == papers[1]
    assert statement(firm(jpeg)) == statement(firm(jpeg))


def test_another_logo_makes_another_paper():
    one, other = (
        render_invoice(an_invoice(), firm=firm(logo(300, width))) for width in (200, 201)
    )
    assert one != other


def test_the_statement_has_the_same_letterhead():
    jpeg = logo(300, 200)
    paper = statement(firm(jpeg))

    assert pictures(paper) == [[jpeg]]
    said = " ".join(PdfReader(io.BytesIO(paper)).pages[0].extract_text().split())
    assert "Singh & Sons Shop 14 Khanna +91 98765 43210 GSTIN 03AAJFS1234K1ZC" in said
    assert f"GSTIN 03AAJFS1234K1ZC UPI {UPI_ID} Statement" in said


def test_a_firm_without_a_upi_id_has_no_line_for_it():
    paid = an_invoice(status=Status.PAID, remaining_balance=0)
    whole, without = (text(paid, firm=firm(None, upi_id=one)) for one in (UPI_ID, None))

    assert f" UPI {UPI_ID}" in whole
    assert without == whole.replace(f" UPI {UPI_ID}", "")


def test_a_name_of_many_lines_goes_on_over_the_pages_under_a_logo(drawn):
    render_invoice(an_invoice(), firm=firm(logo(300, 300), "W" * 2_000))

    assert {page for page, _left, _top in drawn["texts"]} > {1, 2}
    assert max(top for _page, _left, top in drawn["texts"]) <= A4.height - A4.margin
