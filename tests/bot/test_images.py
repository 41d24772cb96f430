"""Pictures that people send, and bytes that only claim to be one."""

import io
import random

import pytest
from PIL import Image

from bot.errors import InvalidImage
from bot.images import MAX_BYTES, MAX_SIDE, keep_picture, shrink


def picture(form="JPEG", size=(1600, 1200), **options) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, "seagreen").save(kept, form, **options)
    return kept.getvalue()


def with_exif(size=(1600, 1200)) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "A camera"
    return picture(size=size, exif=exif)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "BMP", "GIF"])
def test_a_picture_is_kept_small_and_as_a_jpeg(form):
    kept = Image.open(io.BytesIO(shrink(picture(form))))
    assert kept.format == "JPEG"
    assert kept.size == (MAX_SIDE, MAX_SIDE * 3 // 4)


def test_a_picture_that_lies_on_its_side_is_put_upright_and_forgets_the_camera():
    kept = Image.open(io.BytesIO(shrink(with_exif())))
    assert kept.height > kept.width
    assert not kept.getexif()


def transparent(mode: str) -> Image.Image:
    """A logo: a seagreen square in the middle of nothing, which is black underneath."""
    logo = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    logo.paste("seagreen", (100, 50, 200, 150))
    return logo.convert(mode)


@pytest.mark.parametrize(
    ("form", "mode"),
    [("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "P"), ("WEBP", "RGBA"), ("GIF", "RGBA")],
)
def test_what_is_transparent_comes_out_white_as_paper_is(form, mode):
    sent = io.BytesIO()
    transparent(mode).save(sent, form)

    kept = Image.open(io.BytesIO(shrink(sent.getvalue())))

    assert min(kept.getpixel((10, 10))) > 245
    assert max(kept.getpixel((150, 100))) < 180


def test_half_transparent_edges_fade_to_white():
    sent = io.BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 128)).save(sent, "PNG")

    kept = Image.open(io.BytesIO(shrink(sent.getvalue())))

    assert all(abs(value - 127) < 5 for value in kept.getpixel((32, 32)))


@pytest.mark.parametrize("mode", ["1", "P", "L", "RGB"])
def test_fine_lines_are_blended_and_none_is_left_out(mode):
    lined = Image.new("L", (1600, 400), "white")
    for x in range(0, 1600, 2):
        lined.paste("black", (x, 0, x + 1, 400))
    sent = io.BytesIO()
    lined.convert(mode).save(sent, "PNG")

    kept = Image.open(io.BytesIO(shrink(sent.getvalue()))).convert("L")

    low, high = kept.crop((100, 50, 700, 150)).getextrema()
    assert 100 < low <= high < 155


def test_a_picture_with_too_many_pixels_is_refused_unopened():
    with pytest.raises(InvalidImage, match="too many pixels"):
        shrink(picture("PNG", size=(10_000, 5_001)))


def test_a_file_too_large_is_refused_before_it_is_fetched(mongomock_store):
    def never() -> bytes:
        raise AssertionError("it was fetched")

    with pytest.raises(InvalidImage, match="at most 10 MB"):
        keep_picture(mongomock_store, never, size=MAX_BYTES + 1, owner="u1")


def test_whoever_sent_a_picture_is_kept_with_it(store):
    kept = keep_picture(store, picture, size=10, owner="u1")
    assert store.images.get(kept).owner == "u1"


@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff", b"%PDF-1.7", b"<svg/>"])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(InvalidImage):
        shrink(content)


def test_whatever_is_broken_in_a_picture_it_is_kept_or_refused():
    chance = random.Random(20261122)
    whole = with_exif(size=(40, 30))
    for _round in range(300):
        broken = bytearray(whole)
        for _byte in range(chance.randint(1, 4)):
            broken[chance.randrange(200)] = chance.randrange(256)
        try:
            shrink(bytes(broken))
        except InvalidImage:
            continue
