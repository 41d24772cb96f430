"""The profile pictures of the people on the page: the same initials in the same colours."""

import io

from PIL import Image, ImageDraw, ImageFont

TINTS = ("#37718e", "#8a5a44", "#6b5b95", "#96620f", "#8c4a6b")
"""As in ``page/style.css``."""

SIDE = 320


def portrait(name: str) -> bytes:
    """A PNG of ``SIDE`` pixels a side."""
    letters = [word[0] for word in name.split() if word[0].isalpha()] or ["?"]
    initials = (letters[0] + letters[-1] if len(letters) > 1 else letters[0]).upper()
    picture = Image.new("RGB", (SIDE, SIDE), TINTS[sum(map(ord, name)) % len(TINTS)])
    font = ImageFont.load_default(SIDE // 3)
    ImageDraw.Draw(picture).text(
        (SIDE // 2, SIDE // 2), initials, font=font, fill="#fff", anchor="mm"
    )
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()
