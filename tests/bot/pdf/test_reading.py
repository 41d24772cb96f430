"""What was typed can be found and copied, by two readers that have nothing in common.

pypdf puts text from the right back into the order in which it was typed; so does PDFium, which is
what people search with in Chromium and on Android.
"""

import io
from collections.abc import Callable

import pypdf
import pytest

from bot.pdf import Firm, render_invoice
from tests.bot.pdf.papers import FIRM, an_invoice
from tests.bot.pdf.viewer import texts

WORDS = {
    "English": "Café Crème, 50 kg bags",
    "Hindi": "गेहूँ शरबती किताब ज्ञान क्षत्रिय श्री",
    "Hindi, with signs set far under or over": "कृषि कुमार फूल केला कैलाश कूड़ा",
    "Punjabi": "ਕਣਕ ਦੀ ਬੋਰੀ ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Punjabi, with signs set far over": "ਨੈੜੋ ਮੌੜਾ",
    "Urdu": "گندم کی بوری لاہور اللہ چاول",
    "Hindi and English": "सरसों (काली) 42% oil",
    "all at once": "Wheat PBW-343 · गेहूँ · ਕਣਕ · گندم",
}


def by_pypdf(paper: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages)


def by_pdfium(paper: bytes) -> str:
    return " ".join(texts(paper))


READERS: dict[str, Callable[[bytes], str]] = {"pypdf": by_pypdf, "PDFium": by_pdfium}


@pytest.fixture(params=READERS)
def read(request):
    """The text of a paper, with every run of white space as one space."""
    return lambda paper: " ".join(READERS[request.param](paper).split())


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
class TestInEveryScript:
    def test_an_items_name(self, read, words):
        assert words in read(render_invoice(an_invoice(words), firm=FIRM))

    def test_the_customers_name_and_address(self, read, words):
        invoice = an_invoice(customer_name=words, customer_address=words)
        assert read(render_invoice(invoice, firm=FIRM)).count(words) == 2

    def test_the_firms_name_in_bold_its_address_and_terms(self, read, words):
        firm = Firm(name=words, address=words, terms=words)
        assert read(render_invoice(an_invoice(), firm=firm)).count(words) == 3
