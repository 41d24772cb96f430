"""What must hold after any update, whoever sent it and wherever they stood."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.audit import audit
from bot.money import format_amount
from storage.models import EventKind, LedgerEntry

if TYPE_CHECKING:
    from tests.flows.busy_firm import BusyFirm

Json = dict[str, Any]


@dataclass(frozen=True)
class Look:
    """What stands in the store. ``known``: who is let in, and under what ids their drafts are."""

    drafts: dict[str, Json]
    entries: set[str]
    known: dict[int, set[str]]


@dataclass(frozen=True)
class Happened:
    """An update, and all that came of it. ``repeated``: it had been handed out before."""

    update: Json
    before: Look
    after: Look
    calls: list[tuple[str, Json]]
    refusals: list[str]
    records: list[logging.LogRecord]
    repeated: bool

    @property
    def id(self) -> int:
        return int(self.update["update_id"])

    @property
    def kind(self) -> str:
        return next(key for key in self.update if key != "update_id")

    @property
    def content(self) -> Json:
        return dict(self.update[self.kind])

    @property
    def user_id(self) -> int:
        return int(self.content.get("from", {}).get("id", 0))

    @property
    def chat(self) -> Json:
        message = (
            self.content.get("message", {}) if self.kind == "callback_query" else self.content
        )
        return dict(message.get("chat", {}))

    @property
    def press(self) -> str:
        """The data of the button; "" where none was pressed."""
        return str(self.content.get("data", "")) if self.kind == "callback_query" else ""

    @property
    def text(self) -> str:
        return str(self.content.get("text", "")) if self.kind == "message" else ""


def owners(firm: "BusyFirm", user_id: int) -> set[str]:
    """Under what ids a person's drafts are, if they are let in now; else none."""
    session = firm.store.sign_ins.get(user_id)
    admin = {str(user_id)} if str(user_id) == firm.admin_ids else set()
    if session is None or session.session_expiration is None:
        return admin
    user = firm.store.users.get(session.user_id)
    if user is None or not user.active or session.session_expiration <= firm.clock.now():
        return admin
    return {*admin, user.id}


def check(firm: "BusyFirm", happened: Happened) -> None:
    """All of it. Raises AssertionError."""
    check_no_complaint(happened)
    check_answered(firm, happened)
    check_kept(firm, happened)
    check_drafts(firm, happened)
    check_money(firm, happened)


def check_books(firm: "BusyFirm") -> None:
    assert not audit(firm.store).differences


# No traceback, and no call that Telegram does not take.

REFUSED = {
    "message is not modified": "the answer is what stands there already",
    "message to edit not found": "a button of a message that is gone",
    "there is no text in the message to edit": "a button made up under a picture",
    "message can't be edited": "a button made up under a message with a keyboard",
    "message to delete not found": "the code was deleted before the bot died",
    "query is too old": "the tap was answered before the bot died",
    "bot was blocked by the user": "nobody can be answered who blocks the bot",
    "wrong file_id": "a file that is gone",
    "bot is not a member of the group chat": "it left that group a moment ago",
}
"""What Telegram may refuse, and why that is no fault of the bot's."""

LOGGED = {
    "could not be sent: Forbidden: bot was blocked": "they blocked the bot",
    "was not reached: Forbidden: bot was blocked": "the admin did",
    "no admin was reached (NoAdminReached)": "so did all admins",
    "no channel took it": "and they were the one way for a code to its partner",
}
"""What may be logged as a warning or an error, likewise."""


def check_no_complaint(happened: Happened) -> None:
    logged = [f"{one.levelname} {one.getMessage()}" for one in happened.records]
    assert not [one for one in logged if not _excused(one, LOGGED)], logged
    refused = [one for one in happened.refusals if not _excused(one, REFUSED)]
    assert not refused, (refused, happened.update)
    said = [call for call in happened.calls if "Something went wrong" in str(call)]
    assert not said, (said, happened.update)


def _excused(said: str, excuses: dict[str, str]) -> bool:
    return any(excuse in said for excuse in excuses)


# An answer to each.

SAID = {"sendMessage", "sendPhoto", "sendDocument", "editMessageText"}

SILENCE: dict[str, Callable[["BusyFirm", Happened], bool]] = {
    "it was answered before": lambda _firm, happened: happened.repeated,
    "who blocks the bot can be told nothing": lambda firm, happened: (
        happened.user_id in firm.chat.telegram.people
        and firm.chat.telegram.people[happened.user_id].blocked
    ),
    "of an album the first picture is answered": lambda firm, happened: (
        happened.content.get("media_group_id") in firm.albums
    ),
    "it is not a message or a button to the bot": lambda _firm, happened: (
        happened.kind not in {"message", "edited_message", "callback_query"}
    ),
    "the bot keeps the books in private chats, and leaves groups": lambda _firm, happened: (
        happened.chat.get("type", "private") != "private"
    ),
    "bots are no people": lambda _firm, happened: bool(happened.content["from"]["is_bot"]),
    "no message of the bot's is an inline one": lambda _firm, happened: (
        "inline_message_id" in happened.content
    ),
}
"""When nothing needs to be said, by the reason."""


def check_answered(firm: "BusyFirm", happened: Happened) -> None:
    silent = [why for why, holds in SILENCE.items() if holds(firm, happened)]
    firm.albums.add(happened.content.get("media_group_id", ""))
    if silent:
        return
    said = [sent for method, sent in happened.calls if method in SAID]
    here = [sent for sent in said if sent.get("chat_id") == happened.user_id]
    taps = [sent for method, sent in happened.calls if method == "answerCallbackQuery"]
    if happened.kind == "callback_query":
        answered = [one for one in taps if one["callback_query_id"] == happened.content["id"]]
        assert answered, f"no answer to a button: {happened.update}"
        here += [one for one in answered if one.get("text")]
    assert here, f"no answer to {happened.update}"


def check_left_alone(
    update: Json, before: Look, after: Look, calls: list[tuple[str, Json]]
) -> None:
    """Of an update that was handed out again after it was answered, and that noted.

    A group's are not noted: the bot leaves, and is told again that it is not there any more.
    """
    if "'type': 'group'" in str(update):
        return
    said = [sent for method, sent in calls if method in {*SAID, "answerCallbackQuery"}]
    assert not said, f"answered once more: {update}"
    assert after == before, f"done once more: {update}"


def check_kept(firm: "BusyFirm", happened: Happened) -> None:
    """Codes are taken out of the chat; nothing else that anybody typed is."""
    if happened.user_id in happened.before.known and happened.id not in firm.signed_in_by:
        deleted = [sent for method, sent in happened.calls if method == "deleteMessage"]
        assert not deleted, f"deleted what was sent: {happened.update}"


# What somebody is in the middle of.

ANSWERING = {"text", "contact", "photo", "document", "animation"}
"""The content of messages that may answer a question. Nothing else changes a draft."""


def check_drafts(firm: "BusyFirm", happened: Happened) -> None:
    before, after = happened.before.drafts, happened.after.drafts
    changed = {id for id in {*before, *after} if before.get(id) != after.get(id)}
    mine = happened.before.known.get(happened.user_id, set()) | happened.after.known.get(
        happened.user_id, set()
    )
    assert changed <= mine, f"somebody else's draft was changed by {happened.update}"
    for id in changed:
        _check_draft(firm, happened, before.get(id), after.get(id))


def _check_draft(firm: "BusyFirm", happened: Happened, was: Json | None, now: Json | None) -> None:
    said = f"{was} became {now} by {happened.update}"
    if happened.kind == "message":
        assert ANSWERING & happened.content.keys(), said
    else:
        assert happened.kind == "callback_query", said
    if was is None:
        return
    if now is not None and now["op"] == was["op"]:
        assert now["rev"] > was["rev"], said
        assert not happened.repeated, f"taken once more: {said}"
        lost = was["answers"].keys() - now["answers"].keys()
        assert not lost, f"{lost} of {said}"
        return
    if now is not None and (now.get("parent") or {}).get("op") == was["op"]:
        assert now["parent"]["answers"] == was["answers"], said
        return
    waiting = was.get("parent")
    if waiting and now is not None and now["op"] == waiting["op"]:
        assert waiting["answers"].keys() <= now["answers"].keys(), said
    assert not was["touched"] or _is_over(firm, happened, was), said


def _is_over(firm: "BusyFirm", happened: Happened, was: Json) -> bool:
    """Whether it was dropped on purpose, or saved."""
    command = happened.text.lower().partition(" ")[0].partition("@")[0].partition("\n")[0]
    press = happened.press.lstrip("+")
    this = f"do:{was['op']}:{was['rev']}"
    on_purpose = (
        command == "/cancel" or press == f"{this}:cancel" or press.startswith(f"drop:{was['op']}:")
    )
    return on_purpose or _is_saved(firm, happened, was, pressed=press.startswith(f"{this}:"))


def _is_saved(firm: "BusyFirm", happened: Happened, was: Json, *, pressed: bool) -> bool:
    store, op, answers = firm.store, was["op"], was["answers"]
    match was["flow"]:
        case "customer" if answers.get("customer_id"):
            return pressed
        case "customer":
            return store.customers.get(op) is not None
        case "partner" if answers.get("user_id"):
            return pressed
        case "partner":
            return pressed and (
                store.users.get(op) is not None
                or store.users.by_phone(answers["phone"]) is not None
            )
        case "firm":
            changed = store.firm.get().last_change
            return pressed and changed is not None and changed.id == op
        case "statement":
            return bool(happened.text)
        case "export":
            return store.audit.get(f"{op}:{EventKind.EXPORT}") is not None
        case _:
            return store.ledger.by_op(op) is not None


# Money.


def check_money(firm: "BusyFirm", happened: Happened) -> None:
    new = happened.after.entries - happened.before.entries
    assert happened.before.entries <= happened.after.entries, "the ledger is append-only"
    if not new:
        return
    (op,) = new
    assert not happened.repeated, f"posted by what was handled before: {happened.update}"
    assert happened.before.known.get(happened.user_id, set()) - {firm.admin_ids}, (
        f"posted by nobody who may: {happened.update}"
    )
    entry = firm.store.ledger.by_op(op)
    assert entry is not None
    if happened.press.lstrip("+").startswith("undo:"):
        assert happened.press.split(":")[1] in happened.before.entries
    else:
        _check_that_it_was_shown(firm, happened, entry)
    check_books(firm)


def _check_that_it_was_shown(firm: "BusyFirm", happened: Happened, entry: LedgerEntry) -> None:
    said = f"{entry} by {happened.update}"
    draft = next((one for one in happened.before.drafts.values() if one["op"] == entry.op), None)
    assert draft is not None, said
    assert draft["step"] == "summary", said
    pressed = happened.press.startswith(f"do:{draft['op']}:{draft['rev']}:save-")
    assert pressed, f"posted unasked: {said}"
    summary = firm.shown_before.get((happened.user_id, happened.press))
    assert summary is not None, f"nobody was shown {said}"
    for paise in {entry.paid, entry.after} - {0}:
        assert format_amount(abs(paise), "INR") in summary, f"not {paise} in {summary!r}: {said}"
