"""Pictures to send."""

import io

from PIL import Image


def jpeg(width: int = 40, height: int = 30) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (width, height), "seagreen").save(kept, "JPEG")
    return kept.getvalue()
