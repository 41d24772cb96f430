"""What people put into messages, in the shapes of the Bot API."""

from collections.abc import Iterable
from typing import Any

from simulator.chats import Message, new_id
from simulator.errors import Impossible
from simulator.files import Files
from simulator.formatting import typed, written


def contact(name: str, phone: str, user_id: int | None) -> Message:
    """A card; ``phone`` stands as the address book has it.

    Raises:
        Impossible: it has no name or no number, or a lone surrogate in one.
    """
    first, _, last = typed(name).strip().partition(" ")
    number = typed(phone).strip()
    if not first or not number:
        raise Impossible("a card has a name and a number")
    card: dict[str, Any] = {"phone_number": number, "first_name": first}
    if last:
        card["last_name"] = last
    if user_id is not None:
        card["user_id"] = user_id
    return {"contact": card}


def own_contact(name: str, phone: str, user_id: int) -> Message:
    """The card with which people share their own number: digits only, as phones send it."""
    return contact(name, phone.removeprefix("+"), user_id)


def photo(files: Files, content: bytes, caption: str) -> Message:
    """A picture in all its sizes, smallest first.

    Raises:
        Impossible: the bytes are no picture, or the caption holds a lone surrogate.
    """
    captioned = _captioned(caption)
    sizes = [
        {"width": stored.width, "height": stored.height} | stored.reference()
        for stored in files.add_photo(content)
    ]
    return {"photo": sizes} | captioned


def document(files: Files, content: bytes, name: str, caption: str, mime: str) -> Message:
    """A file as it is.

    Raises:
        Impossible: its name or the caption holds a lone surrogate.
    """
    captioned = _captioned(caption)
    stored = files.add(content, typed(name), mime=mime)
    shape = {"file_name": stored.name, "mime_type": stored.mime} | stored.reference()
    return {"document": shape} | captioned


def voice(files: Files, content: bytes) -> Message:
    stored = files.add(content, "voice.ogg", mime="audio/ogg", folder="voice")
    return {"voice": {"duration": 1, "mime_type": stored.mime} | stored.reference()}


def sticker(files: Files) -> Message:
    stored = files.add(b"RIFF....WEBP", "sticker.webp", mime="image/webp", folder="stickers")
    shape = {"type": "regular", "width": 512, "height": 512, "emoji": "🌾"}
    flags = {"is_animated": False, "is_video": False}
    return {"sticker": shape | flags | stored.reference()}


def poll(question: str, options: Iterable[str]) -> Message:
    return {
        "poll": {
            "id": new_id(),
            "question": typed(question),
            "options": [
                {"persistent_id": str(number), "text": typed(text), "voter_count": 0}
                for number, text in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    }


def _captioned(caption: str) -> Message:
    message = written(caption)
    if not message.text:
        return {}
    found = {"caption_entities": message.entities} if message.entities else {}
    return {"caption": message.text} | found
