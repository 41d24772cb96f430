"""Updates as Telegram might send them of somebody whom a firm does not know, or as it never would.

Each is data: its kind and its content, of the ``who``-th stranger, in private or in a group.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from handlers import buttons, sign_in_notice
from handlers.menu import COMMANDS
from handlers.opening import STARTS
from handlers.sign_in import AGAIN
from tests.clock import START
from tests.flows.telling_books import (
    CODE,
    CUSTOMER_PHONES,
    IDS,
    ITEMS,
    NAMES,
    PARTNER,
    PHONES,
    SIGN_IN,
)

Json = dict[str, Any]

PARTNERS_TELEGRAM_ID = 7_000_000_002
BOT = {"id": 7_000_000_000, "is_bot": True, "first_name": "Arhtiya"}
DATE = int(START.timestamp())

VERBS = sorted(
    {verb for verb, _words in (*buttons.PARTNERS, *buttons.ADMINS)}
    | STARTS
    | {"do", "drop", "go", "ignore", "me", "undo", "otp", sign_in_notice.OBJECT, "x"}
)
"""Of every button there is, and of one that there is not."""

What = Callable[[Json, Json, int], tuple[str, Json]]
"""Of the sender, the chat and a fresh number, the kind and the content of an update."""


@dataclass(frozen=True)
class Doing:
    """What the ``who``-th stranger does, ``wait`` seconds after what was done before."""

    what: What
    wait: float = 0
    who: int = 0
    language: str | None = "en"
    in_group: bool = False


def message(**content: Any) -> What:
    return lambda user, chat, number: ("message", _sent(user, chat, number) | content)


def _sent(user: Json, chat: Json, number: int) -> Json:
    return {"message_id": number, "date": DATE, "from": user, "chat": chat}


def edited(text: str) -> What:
    return lambda user, chat, number: (
        "edited_message",
        _sent(user, chat, number) | {"text": text, "edit_date": DATE},
    )


def press(data: str, *, inaccessible: bool = False, inline: bool = False) -> What:
    def build(user: Json, chat: Json, number: int) -> tuple[str, Json]:
        query = {"id": str(number), "from": user, "chat_instance": "1", "data": data}
        if inline:
            return "callback_query", query | {"inline_message_id": "AAA"}
        pressed = {"message_id": 1, "date": DATE, "from": BOT, "chat": chat, "text": "old"}
        if inaccessible:
            pressed = {"message_id": 1, "date": 0, "chat": chat}
        return "callback_query", query | {"message": pressed}

    return build


def membership(status: str) -> What:
    def build(user: Json, chat: Json, _number: int) -> tuple[str, Json]:
        old, new = {"user": BOT, "status": "left"}, {"user": BOT, "status": status}
        new |= {"until_date": 0} if status == "kicked" else {}
        change = {"chat": chat, "from": user, "date": DATE}
        return "my_chat_member", change | {"old_chat_member": old, "new_chat_member": new}

    return build


def contact(whose: str, phone: str, name: str = "Mallory", *, forwarded: bool = False) -> What:
    """A card; ``whose`` Telegram account it names, or of nobody's."""

    def build(user: Json, chat: Json, number: int) -> tuple[str, Json]:
        card: Json = {"phone_number": phone, "first_name": name}
        ids = {"own": user["id"], "partner's": PARTNERS_TELEGRAM_ID, "another's": 42}
        card |= {"user_id": ids[whose]} if whose in ids else {}
        content: Json = {"contact": card}
        if forwarded:
            origin = {"type": "user", "date": DATE, "sender_user": user}
            content["forward_origin"] = origin
        return "message", _sent(user, chat, number) | content

    return build


FILE: Json = {"file_id": "AAA", "file_unique_id": "A", "file_size": 99}
PHOTO: Json = {"photo": [FILE | {"width": 9, "height": 9}]}
STICKER = {"type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
OTHERS: tuple[Json, ...] = (
    PHOTO,
    PHOTO | {"media_group_id": "7", "caption": NAMES[3]},
    PHOTO | {"caption": "/customers"},
    {"document": FILE | {"mime_type": "image/png", "file_name": "a.png"}},
    {"document": FILE | {"mime_type": "application/json", "file_name": "a.json"}},
    {"voice": FILE | {"duration": 1}},
    {"video": FILE | {"duration": 1, "width": 9, "height": 9}},
    {"sticker": FILE | STICKER},
    {"location": {"latitude": 28.7, "longitude": 77.1}},
    {"dice": {"emoji": "🎲", "value": 6}},
    {"group_chat_created": True},
    {"new_chat_members": [{"id": 42, "is_bot": False, "first_name": "New"}]},
    {
        "poll": {
            "id": "1",
            "question": "Rain?",
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
)


def channel_post(user: Json, _chat: Json, number: int) -> tuple[str, Json]:
    channel = {"id": -1_000_000_000_001, "type": "channel", "title": "News"}
    post = {"message_id": number, "date": DATE, "chat": channel, "sender_chat": channel}
    return "channel_post", post | {"text": "/start"}


def inline_query(user: Json, _chat: Json, number: int) -> tuple[str, Json]:
    return "inline_query", {"id": str(number), "from": user, "query": NAMES[3], "offset": ""}


ids = st.sampled_from(IDS)
commands = st.builds(
    "/{}{}{}".format,
    st.sampled_from([*(command.name for command in COMMANDS), "start", "x", "START", ""]),
    st.sampled_from(["", "", "@arhtiya_simulated_bot", "\n"]),
    st.one_of(
        st.just(""),
        st.builds(" {}_{}".format, st.sampled_from(["inv", "img", "admin", "x"]), ids),
        st.sampled_from(
            [" admin_" + "0" * 32, f" {NAMES[0]} {PHONES[PARTNER]}", f" {NAMES[3]}", " inv_"]
        ),
    ),
)
codes = st.integers(0, 999_999).map("{:06}".format).filter(lambda code: code != CODE)
labels = [command.label() for command in COMMANDS if command.label]
texts = st.one_of(
    commands,
    codes,
    codes.map(lambda digits: digits.translate(str.maketrans("0123456789", "०१२३४५६७८९"))),
    st.sampled_from(
        [*NAMES, *ITEMS, *CUSTOMER_PHONES, *labels, "GQ/26-27/00001", "wheat 52 2425"]
    ),
    st.text(min_size=1, max_size=20),
)
spellings = ["9870001231", "+1 800 FLOWERS", "٩١٩٨٧٠٠٠١٢٣١", "", "x", "+919899999999"]
cards = st.one_of(
    # Their own numbers, which are repeated to them; even a partner's, as if Telegram let them.
    st.tuples(
        st.just("own"),
        st.sampled_from([*PHONES.values(), *spellings, "919899999999", "+919899999999;ext=5"]),
    ),
    st.tuples(
        st.sampled_from(["partner's", "another's", "nobody's"]),
        st.sampled_from(
            [*PHONES.values(), *CUSTOMER_PHONES, *spellings, f"{PHONES[PARTNER]};ext=5"]
        ),
    ),
)
contacts = st.builds(
    lambda card, name, forwarded: contact(*card, name, forwarded=forwarded),
    cards,
    st.sampled_from(["Mallory", NAMES[0], "<b>"]),
    st.sampled_from([False, False, True]),
)
words = st.one_of(
    ids, st.sampled_from(["0", "1", "-1", "save", "x", "2026-08-01", "again", "out"])
)
data = st.one_of(
    st.builds(
        lambda lasting, verb, rest: lasting + ":".join([verb, *rest]),
        st.sampled_from(["", "+", "++"]),
        st.sampled_from(VERBS),
        st.lists(words, max_size=4),
    ),
    st.sampled_from([AGAIN, f"{sign_in_notice.OBJECT}:{SIGN_IN}", "me:out", ":", "+"]),
    st.text(min_size=1, max_size=20),
).map(lambda text: text.encode()[:64].decode(errors="ignore") or "?")
presses = st.builds(
    press, data, inaccessible=st.booleans(), inline=st.integers(0, 9).map(lambda one: not one)
)
messages = texts.map(lambda text: message(text=text))
others = st.sampled_from(OTHERS).map(lambda content: message(**content))
memberships = st.sampled_from(["member", "kicked", "left"]).map(membership)
without_person = st.sampled_from([channel_post, inline_query])
often = [presses] * 8 + [messages] * 5 + [contacts] * 3 + [others] * 2
whats = st.sampled_from([*often, texts.map(edited), memberships, without_person]).flatmap(
    lambda kind: kind
)
doings = st.builds(
    Doing,
    wait=st.sampled_from([0] * 9 + [1, 61, 4000]),
    who=st.integers(0, 2),
    language=st.sampled_from(["en", "hi", "xx", None]),
    in_group=st.integers(0, 7).map(lambda one: not one),
    what=whats,
)
