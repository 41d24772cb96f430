"""Pictures that people send: checked, made small, and kept in the store."""

import io
from collections.abc import Callable

from PIL import Image, ImageOps

from bot.errors import InvalidImage
from bot.i18n import _
from storage.ids import new_id
from storage.store import Store

MAX_BYTES = 10 * 1024 * 1024
"""More is refused before it is downloaded; Telegram lets a bot download 20 MB."""

MAX_PIXELS = 50_000_000
"""More is a decompression bomb or a poster; either way it is not opened."""

MAX_SIDE = 800
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF")


def keep_picture(store: Store, fetch: Callable[[], bytes], *, size: int, owner: str) -> str:
    """Download, check and keep a picture that the partner ``owner`` sent; returns its id.

    Raises:
        InvalidImage: it is too large, or no picture.
    """
    if size > MAX_BYTES:
        raise InvalidImage(
            _("This file is too large. Send a picture of at most {limit} MB.").format(
                limit=MAX_BYTES // 1024**2
            )
        )
    image_id = new_id()
    store.images.add(image_id, shrink(fetch()), "image/jpeg", owner)
    return image_id


def shrink(content: bytes) -> bytes:
    """The picture as a JPEG of at most ``MAX_SIDE`` pixels a side, upright, without its metadata.

    Raises:
        InvalidImage: it is no picture that we can read, whatever its name says.
    """
    try:
        return _small_and_upright(content)
    except InvalidImage:
        raise
    except Exception as error:
        # Bytes from a stranger: between its formats and their metadata, Pillow raises anything.
        raise InvalidImage(_("This is not a picture I can read. Send a JPEG or PNG.")) from error


def _small_and_upright(content: bytes) -> bytes:
    try:
        opened = Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    with opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise _too_many_pixels()
        upright = ImageOps.exif_transpose(opened)
        if upright.mode in ("1", "P"):
            # Their pixels cannot be blended: of a logo's fine lines some would be left out.
            upright = upright.convert("RGBA")
        upright.thumbnail((MAX_SIDE, MAX_SIDE))
        kept = io.BytesIO()
        _opaque(upright).save(kept, "JPEG", quality=85)
        return kept.getvalue()


def _too_many_pixels() -> InvalidImage:
    return InvalidImage(
        _("This picture has too many pixels. Send one of at most {limit} million.").format(
            limit=MAX_PIXELS // 10**6
        )
    )


def _opaque(picture: Image.Image) -> Image.Image:
    """The picture on white, as paper is: a JPEG has no transparency, and black would show."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    transparent = picture.convert("RGBA")
    white = Image.new("RGBA", transparent.size, "white")
    return Image.alpha_composite(white, transparent).convert("RGB")
