"""Bot API methods that put something into a chat, change it, or take it away."""

import datetime as dt
from typing import Any

from simulator.calls import Call, Upload
from simulator.chats import Chat, Kept
from simulator.entities import FormattedText
from simulator.errors import Impossible, bad_request
from simulator.files import StoredFile
from simulator.formatting import formatted
from simulator.markup import Markup, read_markup
from simulator.telegram import Telegram

MAX_TEXT = 4096
MAX_CAPTION = 1024
"""Characters left after the markup was read."""
MAX_ANSWER = 200
DELETABLE_FOR = dt.timedelta(hours=48)
CHAT_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
})  # fmt: skip

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def send_message(telegram: Telegram, call: Call) -> dict[str, Any]:
    text = _text(call)
    chat, markup = _destination(telegram, call)
    if len(text.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return _post(telegram, chat, _fields("text", text) | _reply(chat, call), markup)


def send_document(telegram: Telegram, call: Call) -> dict[str, Any]:
    upload = call.upload("document")
    if not upload and not call.text("document"):
        raise bad_request("there is no document in the request")
    caption = _caption(call)
    chat, markup = _destination(telegram, call)
    stored = _document(telegram, call, upload)
    document = {"file_name": stored.name, "mime_type": stored.mime} | stored.reference()
    content = {"document": document} | _fields("caption", caption) | _reply(chat, call)
    return _post(telegram, chat, content, markup)


def send_photo(telegram: Telegram, call: Call) -> dict[str, Any]:
    upload = call.upload("photo")
    if not upload and not call.text("photo"):
        raise bad_request("there is no photo in the request")
    caption = _caption(call)
    chat, markup = _destination(telegram, call)
    sizes = _photo_sizes(telegram, call, upload)
    photo = [
        {"width": stored.width, "height": stored.height} | stored.reference() for stored in sizes
    ]
    content = {"photo": photo} | _fields("caption", caption) | _reply(chat, call)
    return _post(telegram, chat, content, markup)


def send_chat_action(telegram: Telegram, call: Call) -> bool:
    chat = telegram.reachable_chat(call.chat_id())
    action = call.text("action")
    if action not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    if chat.private:
        telegram.people[chat.id].typing = (action, telegram.now().timestamp())
        telegram.tell_phone(chat.id)
    return True


def edit_message_text(telegram: Telegram, call: Call) -> dict[str, Any]:
    text = _text(call)
    chat, kept, markup = _editable(telegram, call)
    if "text" not in kept.message:
        raise bad_request("there is no text in the message to edit")
    if len(text.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return _change(telegram, chat, kept, _fields("text", text), markup)


def edit_message_caption(telegram: Telegram, call: Call) -> dict[str, Any]:
    caption = _caption(call)
    chat, kept, markup = _editable(telegram, call)
    if "text" in kept.message:
        raise bad_request("there is no caption in the message to edit")
    return _change(telegram, chat, kept, _fields("caption", caption), markup)


def edit_message_reply_markup(telegram: Telegram, call: Call) -> dict[str, Any]:
    chat, kept, markup = _editable(telegram, call)
    names = ("text", "entities", "caption", "caption_entities")
    same = {name: kept.message[name] for name in names if name in kept.message}
    return _change(telegram, chat, kept, same, markup)


def delete_message(telegram: Telegram, call: Call) -> bool:
    message_id = _message_id(call)
    chat = telegram.reachable_chat(call.chat_id())
    kept = chat.find(message_id, "delete")
    age = telegram.now() - dt.datetime.fromtimestamp(kept.message["date"], dt.UTC)
    if age > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    if not chat.private and not kept.outgoing:
        raise bad_request("message can't be deleted")
    chat.delete(message_id)
    telegram.tell_deleted(chat, message_id)
    return True


def answer_callback_query(telegram: Telegram, call: Call) -> bool:
    text = call.text("text")
    if len(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    telegram.answer_tap(call.text("callback_query_id"), text, alert=call.flag("show_alert"))
    return True


def _text(call: Call) -> FormattedText:
    if not call.text("text"):
        raise bad_request("message text is empty")
    entities = call.structure("entities", "can't parse entities JSON object")
    text = formatted(call.text("text"), call.text("parse_mode"), entities)
    if not text.text:
        raise bad_request("text must be non-empty")
    return text


def _caption(call: Call) -> FormattedText:
    entities = call.structure("caption_entities", "can't parse caption entities JSON object")
    caption = formatted(call.text("caption"), call.text("parse_mode"), entities)
    if len(caption.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return caption


def _fields(name: str, text: FormattedText) -> dict[str, Any]:
    if not text.text:
        return {}
    entities_name = "entities" if name == "text" else "caption_entities"
    return {name: text.text} | ({entities_name: text.entities} if text.entities else {})


def _destination(telegram: Telegram, call: Call) -> tuple[Chat, Markup]:
    chat_id = call.chat_id()
    markup = _markup(call, private=chat_id > 0)
    return telegram.reachable_chat(chat_id), markup


def _markup(call: Call, *, private: bool) -> Markup:
    value = call.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    return read_markup(value, private=private)


def _reply(chat: Chat, call: Call) -> dict[str, Any]:
    parameters = (
        call.structure("reply_parameters", "can't parse reply parameters JSON object") or {}
    )
    message_id = parameters.get("message_id") or call.integer("reply_to_message_id")
    if not message_id:
        return {}
    if message_id in chat.messages:
        quoted = dict(chat.messages[message_id].message)
        quoted.pop("reply_to_message", None)
        return {"reply_to_message": quoted}
    tolerant = parameters.get("allow_sending_without_reply") or call.flag(
        "allow_sending_without_reply"
    )
    if tolerant:
        return {}
    raise bad_request("message to be replied not found")


def _post(
    telegram: Telegram, chat: Chat, content: dict[str, Any], markup: Markup
) -> dict[str, Any]:
    head = {"from": telegram.bot, "chat": telegram.chat_json(chat), "date": telegram.unix_now()}
    if markup.inline:
        content = content | {"reply_markup": markup.inline}
    kept = chat.add(head | content, outgoing=True, keyboard=markup.keyboard)
    telegram.tell_message(chat, kept)
    if chat.private:
        telegram.people[chat.id].typing = None
        telegram.tell_phone(chat.id)
    return dict(kept.message)


def _message_id(call: Call) -> int:
    message_id = call.integer("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    return message_id


def _editable(telegram: Telegram, call: Call) -> tuple[Chat, Kept, Markup]:
    message_id = _message_id(call)
    chat_id = call.chat_id()
    value = call.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    markup = read_markup(value, private=chat_id > 0)
    chat = telegram.reachable_chat(chat_id)
    kept = chat.find(message_id, "edit")
    if not kept.outgoing or kept.keyboard:
        raise bad_request("message can't be edited")
    if markup.keyboard:
        raise bad_request("inline keyboard expected")
    return chat, kept, markup


def _change(
    telegram: Telegram, chat: Chat, kept: Kept, content: dict[str, Any], markup: Markup
) -> dict[str, Any]:
    """Put new content and new buttons in place; buttons that are not sent again go away."""
    replaced = ("text", "entities", "caption", "caption_entities", "reply_markup")
    new = content | ({"reply_markup": markup.inline} if markup.inline else {})
    old = {name: kept.message[name] for name in replaced if name in kept.message}
    if new == old:
        raise bad_request(_NOT_MODIFIED)
    for name in old:
        del kept.message[name]
    kept.message |= new | {"edit_date": telegram.unix_now()}
    telegram.tell_message(chat, kept)
    return dict(kept.message)


def _document(telegram: Telegram, call: Call, upload: Upload | None) -> StoredFile:
    if upload is None:
        return telegram.files.get(call.text("document"))
    return telegram.files.add(upload.content, upload.name, mime=upload.mime)


def _photo_sizes(telegram: Telegram, call: Call, upload: Upload | None) -> list[StoredFile]:
    if upload is None:
        return [telegram.files.get(call.text("photo"))]
    try:
        return telegram.files.add_photo(upload.content)
    except Impossible:
        raise bad_request("IMAGE_PROCESS_FAILED") from None
