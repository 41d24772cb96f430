"""The papers look as they do in ``docs/samples``.

    pytest tests/bot/pdf/test_golden.py --golden

writes them anew: look at every one of them before it is committed.
"""

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from bot.pdf import render_invoice, table
from tests.bot.pdf.papers import an_invoice
from tests.bot.pdf.samples import FIRM, SAMPLES
from tests.bot.pdf.viewer import pictures, texts

GOLDEN = Path(__file__).parents[3] / "docs" / "samples"
DPI = 144
"""At 100 PDFium lays so many baselines on whole pixels that half a point is not always seen."""

SEEN = 24
"""Of 255: by so much a pixel differs where a letter does. A logo's JPEG may be decoded one or two
apart by another processor, at most one of the sixteen shades; nothing else leaves anything open.
"""

_SHADES = [shade // 16 * 17 for shade in range(256)] * 3
"""From black to white, of red, green and blue."""


def files(name: str, pages: int) -> list[Path]:
    if pages == 1:
        return [GOLDEN / f"{name}.png"]
    return [GOLDEN / f"{name}-{page}.png" for page in range(1, pages + 1)]


def differs(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size:
        return True
    apart = ImageChops.difference(one, other)
    return max(most for _least, most in apart.getextrema()) > SEEN


def shown(paper: bytes) -> list[Image.Image]:
    """Its pages, in sixteen shades of each colour: they are kept for ever, and half as large."""
    return [picture.point(_SHADES) for picture in pictures(paper, dpi=DPI)]


def save(picture: Image.Image, file: Path) -> None:
    picture.save(file, optimize=True)


@pytest.fixture
def writing(request):
    return request.config.getoption("--golden")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_paper_looks_as_it_did(name, writing, tmp_path):
    paper = SAMPLES[name]()
    pages = shown(paper)
    golden = files(name, len(pages))
    if writing:
        (GOLDEN / f"{name}.pdf").write_bytes(paper)
        for stale in GOLDEN.glob(f"{name}-[0-9].png"):
            stale.unlink()
        for picture, file in zip(pages, golden, strict=True):
            save(picture, file)
    for picture, file in zip(pages, golden, strict=True):
        assert file.exists(), f"{file.name} was never made: run with --golden"
        with Image.open(file) as opened:
            was = opened.convert("RGB")
        if differs(picture, was):
            now = tmp_path / f"now-{file.name}"
            save(picture, now)
            pytest.fail(f"{file.name} looks otherwise: {now}. If it should, run with --golden")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_files_to_open_are_of_the_same_papers(name):
    assert texts((GOLDEN / f"{name}.pdf").read_bytes()) == texts(SAMPLES[name]())


def test_nothing_is_kept_that_no_sample_makes():
    made = {GOLDEN / f"{name}.pdf" for name in SAMPLES}
    for name in SAMPLES:
        made.update(files(name, len(texts((GOLDEN / f"{name}.pdf").read_bytes()))))
    assert set(GOLDEN.iterdir()) == made


class TestWhetherItWouldBeSeen:
    def looks(self, *names, firm=FIRM, **fields):
        (picture,) = shown(render_invoice(an_invoice(*names, **fields), firm=firm))
        return picture

    def test_the_same_paper_is_no_difference(self):
        assert not differs(self.looks("Wheat"), self.looks("Wheat"))

    @pytest.mark.parametrize(
        ("one", "other"),
        [("Wheat", "Wheat."), ("किताब", "कीताब"), ("ਸਿੰਘ", "ਸਿਘ"), ("گندم", "گندن")],
    )
    def test_one_sign_is(self, one, other):
        assert differs(self.looks(one), self.looks(other))

    @pytest.mark.parametrize("what", ["GAP", "PADDING"])
    def test_half_a_point_is(self, monkeypatch, what):
        before = self.looks("Wheat")
        monkeypatch.setattr(table, what, getattr(table, what) + 0.5)
        assert differs(before, self.looks("Wheat"))
