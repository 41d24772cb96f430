"""A paper as Chromium and Android show it: by PDFium, which draws and reads."""

import pypdfium2
from PIL import Image


def pictures(paper: bytes, *, dpi: float) -> list[Image.Image]:
    """Each page in colour, as it looks at so many pixels to the inch."""
    with pypdfium2.PdfDocument(paper) as pages:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in pages]


def texts(paper: bytes) -> list[str]:
    """What a search finds on each page, and a copy of it gives."""
    with pypdfium2.PdfDocument(paper) as pages:
        return [page.get_textpage().get_text_range() for page in pages]
