"""Rows 35 to 37, at every step: messages that are no text."""

import io
import struct
import zlib

import pytest
from PIL import Image

from tests.flows.bad_input.kinds import MOBILE_STEPS, PHONE_STEPS, PICTURE_STEPS
from tests.flows.bad_input.places import OUTSIDE, STEPS
from tests.flows.pictures import jpeg

pytestmark = pytest.mark.asyncio(loop_scope="session")

CARD_STEPS = {
    *PHONE_STEPS,
    *MOBILE_STEPS,
    "invoice customer",
    "payment customer",
    "partner name",
    "partner name edited",
}
"""Where a contact card is an answer."""

NO_PICTURE_STEPS = [step for step in STEPS if step not in PICTURE_STEPS]
HUGE = jpeg() + bytes(30 * 1024 * 1024)
SMALL = jpeg()


def bomb() -> bytes:
    """A few bytes that say they are a picture of 2 500 million pixels."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    ends = chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + ends


def poster() -> bytes:
    """A picture of a little more pixels than are opened."""
    kept = io.BytesIO()
    Image.new("1", (10_000, 5_001)).save(kept, "PNG")
    return kept.getvalue()


OTHERS = {
    "sticker": lambda phone: phone.send_sticker(),
    "voice": lambda phone: phone.send_voice(),
    "location": lambda phone: phone.send_location(),
    "poll": lambda phone: phone.send_poll(),
    "document": lambda phone: phone.send_document(b"%PDF-1.7", "book.pdf"),
}
PICTURES = {
    "album": lambda phone: phone.send_album(SMALL, SMALL),
    "30 MB": lambda phone: phone.send_document(HUGE, "shop.jpg"),
    "fake picture": lambda phone: phone.send_document(b"no picture at all", "shop.jpg"),
    "bomb": lambda phone: phone.send_document(bomb(), "shop.png"),
    "long caption": lambda phone: phone.send_photo(SMALL, "50000 " * 680),
}


@pytest.mark.parametrize("step", STEPS)
async def test_row_35_what_no_step_takes_is_answered_and_asked_again(step, at):
    place = await at(step)
    for act in OTHERS.values():
        place.check_refused(await place.does(act))
    sent = await place.phone.send("7")
    place = await at(step)
    place.phone.person.chat.messages[sent.id] = sent.kept
    answer = await place.does(lambda phone: phone.edit(sent, "8"))
    assert "Changing a sent message changes nothing here. Type it again." in answer.text
    place.check_stays()


@pytest.mark.parametrize("step", NO_PICTURE_STEPS)
async def test_row_36_pictures_where_none_is_asked_for(step, at):
    place = await at(step)
    for act in PICTURES.values():
        answer = await place.does(act)
        place.check_refused(answer, "I cannot use this here. Please answer the question below")


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (PICTURES["30 MB"], "Send a picture of at most 10 MB"),
        (PICTURES["fake picture"], "not a picture I can read. Send a JPEG or PNG"),
        (PICTURES["bomb"], "Send one of at most 50 million"),
        (lambda phone: phone.send_document(poster(), "x.png"), "Send one of at most 50 million"),
        (lambda phone: phone.send_document(b"\x89PNG", "x.png"), "Send a JPEG or PNG"),
        (OTHERS["document"], "Send a picture with the paper clip"),
    ],
    ids=["30 MB", "fake picture", "bomb", "poster", "broken picture", "no picture"],
)
@pytest.mark.parametrize("step", PICTURE_STEPS)
async def test_row_36_pictures_that_cannot_be_kept(step, act, says, at, standing_firm):
    place = await at(step)
    place.check_refused(await place.does(act), says)
    assert standing_firm.images() == 0


@pytest.mark.parametrize(
    "act",
    [lambda phone: phone.send_album(*[SMALL] * 10), PICTURES["long caption"]],
    ids=["album of ten", "long caption"],
)
@pytest.mark.parametrize("step", PICTURE_STEPS)
async def test_row_36_of_many_the_first_is_taken_and_its_caption_means_nothing(
    step, act, at, standing_firm
):
    place = await at(step)
    answer = await place.does(act)
    assert "yes" in answer.text
    assert place.now().step == "summary"
    assert standing_firm.images() == 1
    place.check_nothing_posted()


@pytest.mark.parametrize("step", STEPS)
async def test_row_37_cards_of_others_at_a_step(step, at, standing_firm):
    for act in (
        lambda phone: phone.forward_contact(standing_firm.gurpreet),
        lambda phone: phone.send_contact("Gurpreet", "+91 98765 11111"),
        lambda phone: phone.send_contact("Mahesh <b>", "98765 43299"),
    ):
        place = await at(step)
        answer = await place.does(act)
        if step in CARD_STEPS:
            assert standing_firm.draft_of(place.phone) != place.draft
            place.check_nothing_posted()
        else:
            place.check_refused(answer)


@pytest.mark.parametrize(
    "card",
    [None, ("Ravi Kumar", "+91 98765 43210"), ("Nobody", "98765 43299")],
    ids=["forwarded", "another's", "without a user id"],
)
async def test_row_37_only_the_own_number_signs_in(card, at, standing_firm):
    place = await at(OUTSIDE)
    phone = standing_firm.stranger
    if card is None:
        await phone.forward_contact(standing_firm.ravi)
    else:
        await phone.send_contact(*card)
    assert "your own number" in phone.screen.text
    assert "code" not in phone.screen.text
    place.check_nothing_posted()
