"""Anything that people may do to the bot, in any order: the strategy of :class:`Doing`."""

from typing import Any

from hypothesis import strategies as st

from tests.flows.any_update import BOT, OTHERS, VERBS
from tests.flows.deeds import (
    ArrivesLate,
    Blocks,
    Doing,
    Edits,
    Happens,
    IsRepeated,
    Replies,
    Restarts,
    Sends,
    SendsCard,
    SendsPicture,
    Taps,
    TapsMadeUp,
    TypesTheCode,
    types,
)
from tests.flows.going_on import GoesOn

Json = dict[str, Any]

ENTRIES = (
    *("wheat 52 2425", "wheat 52 q 2425", "rice 10 bori 3200", "52", "2425", "10 bori", "rice"),
    *("50000", "50k", "1.25 lakh", "50000 upi 4821", "500 cash", "upi 4821", "0", "full"),
    *("+15", "15/8", "kal", "yesterday", "1/1/0001", "31-02-2026", "1/4 - 30/6", "april"),
    *(
        "Ramesh Kumar",
        "Ramesh",
        "Balwinder Singh",
        "Suresh",
        "Sunita Kaur",
        "Vijay",
        "26-27/00001",
    ),
    *("98765 00000", "98765 43211", "9876543210", "+919811111111", "a@skwerl.example", "Khanna"),
    *("27AAPFU0939F1ZV", "kgm@okbank", "KGM", "30", "123456", "wrong amount", "Flour mill"),
)
"""Answers to one question or another."""

ODD = (
    *("\ud83d", "a\udc00b", "\u202egnp", "\0", "a\0b", "\u200b\u200d", "/", "//", "<b>x", "&amp;"),
    *(
        "{name}",
        "{0}",
        "%s",
        "²",
        "1e999",
        "-5",
        "NaN",
        "1.005",
        "9" * 30,
        '{"$gt": ""}',
        "(a+)+$",
    ),
    *("x" * 4096, "7" * 4096, "<" * 4096, "🌾" * 2048, "a\n" * 2048, "Z" + "\u0335\u0336" * 40),
)

LABELS = ("🧾 New invoice", "💵 Payment", "➕ New customer", "👥 Customers", "👤 Add partner")

COMMANDS = (
    *("start", "menu", "cancel", "help", "logout", "me", "x", "START", "", "\u202e"),
    *("invoice", "payment", "customer", "customers", "invoices", "payments"),
    *("adduser", "users", "removeuser", "firm", "audit"),
)

ARGUMENTS = (
    *("", "", "", " Ramesh", "@arhtiya_simulated_bot", " inv_", " img_zzz", " admin_" + "0" * 32),
    *("\n", " Vijay 98765 11111", " Sunita Kaur", " \ud83d"),
)

ARGUMENTS = (
    *("", "", "", " Ramesh", "@arhtiya_simulated_bot", " inv_", " img_zzz", " admin_" + "0" * 32),
    *("\n", " Vijay 98765 11111", " Sunita Kaur", " \ud83d"),
)

commands = st.builds(
    "/{}{}".format,
    st.sampled_from(COMMANDS),
    st.sampled_from(ARGUMENTS),
)
texts = st.one_of(
    st.sampled_from(ENTRIES),
    st.sampled_from(ENTRIES),
    commands,
    st.sampled_from(LABELS),
    st.sampled_from(ODD),
    st.text(st.characters(), min_size=1, max_size=12),  # half characters too
    st.integers(0, 10**7).map(str),
)
picks = st.integers(0, 1000)

MORE: tuple[Json, ...] = (
    {"video_note": {"file_id": "A", "file_unique_id": "A", "length": 9, "duration": 1}},
    {"audio": {"file_id": "A", "file_unique_id": "A", "duration": 1}},
    {
        "animation": {
            "file_id": "A",
            "file_unique_id": "A",
            "width": 9,
            "height": 9,
            "duration": 1,
        },
        "document": {"file_id": "A", "file_unique_id": "A", "mime_type": "video/mp4"},
    },
    {"document": {"file_id": "A", "file_unique_id": "A"}},
    {"photo": []},
    {"venue": {"location": {"latitude": 1, "longitude": 1}, "title": "x", "address": "y"}}
    | {"location": {"latitude": 1, "longitude": 1}},
    {"game": {"title": "x", "description": "y", "photo": []}},
    {"story": {"id": 1, "chat": {"id": 1, "type": "private"}}},
    {"text": "/invoice", "via_bot": BOT},
    {"text": "500", "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "x"}},
    {"text": "500", "from": BOT},
    {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}},
    {"new_chat_title": "x"},
    {"left_chat_member": BOT},
    {"delete_chat_photo": True},
    {"migrate_to_chat_id": -1001},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    {"users_shared": {"request_id": 1, "users": []}},
    {"video_chat_started": {}},
    {"web_app_data": {"data": "x", "button_text": "y"}},
    {},
)
"""What :data:`tests.flows.any_update.OTHERS` has not."""

CHANNEL: Json = {"id": -1_000_000_000_001, "type": "channel", "title": "News"}
VOTE: Json = {"poll_id": "1", "option_ids": [0], "option_persistent_ids": ["0"]}
MEMBERSHIPS = tuple(
    Happens(
        kind,
        {
            "old_chat_member": {"user": BOT, "status": "left"},
            "new_chat_member": {"user": BOT, "status": status},
        },
        in_group=in_group,
    )
    for kind, status, in_group in (
        ("my_chat_member", "member", False),
        ("my_chat_member", "member", True),
        ("my_chat_member", "left", True),
        ("chat_member", "member", True),
    )
)
happenings = st.sampled_from(
    [
        *MEMBERSHIPS,
        Happens("channel_post", {"chat": CHANNEL, "sender_chat": CHANNEL, "text": "/start"}),
        Happens("edited_channel_post", {"chat": CHANNEL, "text": "/start", "edit_date": 1}),
        Happens("inline_query", {"query": "Ramesh", "offset": ""}),
        Happens("chosen_inline_result", {"result_id": "x", "query": "Ramesh"}),
        Happens(
            "poll_answer", {"poll_id": "1", "option_ids": [0], "option_persistent_ids": ["0"]}
        ),
        Happens("edited_message", {"text": "/invoice"}, in_group=True),
        Happens("message_reaction", {"old_reaction": [], "new_reaction": []}),
    ]
)

words = st.one_of(
    st.just("{}"), st.just("{}"), st.sampled_from(["0", "1", "-1", "²", "save", "cancel", "x", ""])
)
made_up = st.one_of(
    st.builds(
        lambda lasting, verb, rest: lasting + ":".join([verb, *rest]),
        st.sampled_from(["", "+", "++"]),
        st.sampled_from([*VERBS, "do", "undo"]),
        st.lists(words, max_size=5),
    ),
    st.sampled_from([":" * 64, "+" * 64, "x" * 64, "\ud83d", "do:{}:1:save", "do:{}:1:save-1"]),
    st.text(st.characters(), min_size=1, max_size=20),
)
taps_made_up = st.builds(
    TapsMadeUp,
    made_up,
    st.tuples(picks, picks, picks),
    st.sampled_from(["newest"] * 6 + ["gone", "gone", "inline", "group"]),
)
pictures = st.builds(
    SendsPicture,
    st.sampled_from(["photo", "photo", "file", "no picture", "gone", "huge", "posters"]),
    st.sampled_from(["", "", "Ramesh", "/customers", "x" * 4096]),
    st.sampled_from([1, 1, 1, 10]),
)
cards = st.one_of(
    st.builds(SendsCard, st.just("own"), forwarded=st.booleans()),
    st.builds(
        SendsCard,
        st.sampled_from(["own", "another's", "nobody's"]),
        st.sampled_from(["98765 43299", "+919876511111", "9876543210", "12", "x", "+1;ext=5"]),
        st.sampled_from(["Mahesh", "<b>", "\u202e", "x" * 300, "\u200b"]),
        st.booleans(),
    ),
)
contents_of_any_kind = st.sampled_from([*OTHERS, *MORE])
taps = st.builds(Taps, st.sampled_from(["newest"] * 4 + ["old", "another's"]), picks)
mishaps = st.sampled_from(
    [
        TypesTheCode(),
        Blocks("/menu"),
        Blocks("500"),
        ArrivesLate("500"),
        ArrivesLate("/cancel"),
        IsRepeated(3),
        Restarts(),
        Restarts(died=3),
    ]
)
in_a_group = st.builds(
    Sends, contents_of_any_kind | texts.map(lambda text: {"text": text}), st.just(True)
)
often = [st.builds(GoesOn, picks)] * 8 + [taps] * 6 + [texts.map(types)] * 5
now_and_then = [contents_of_any_kind.map(Sends), taps_made_up] * 2
seldom = [
    pictures,
    cards,
    st.builds(Edits, texts, picks),
    st.builds(Replies, texts, picks),
    happenings,
    mishaps,
    in_a_group,
]
whats = st.sampled_from([*often, *now_and_then, *seldom]).flatmap(lambda kind: kind)
doings = st.builds(
    Doing,
    whats,
    st.sampled_from([0] * 8 + [1, 2, 3, 4, 5]),
    st.sampled_from([0] * 60 + [1, 5] * 4 + [61, 61, 700, 86_400, 8 * 86_400, 40 * 86_400]),
    st.sampled_from([""] * 16 + ["repeated", "died before"] + ["died after"] * 2),
)
