"""Bot API methods about the bot itself, its commands, files and people."""

import json
import re
from typing import Any

from simulator.calls import Call
from simulator.errors import bad_request
from simulator.files import MAX_DOWNLOAD
from simulator.telegram import Event, Telegram

MAX_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def get_me(telegram: Telegram, _call: Call) -> dict[str, Any]:
    return telegram.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(telegram: Telegram, call: Call) -> bool:
    commands = call.structure("commands", "can't parse commands JSON object") or []
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    telegram.settings[_commands_key(call)] = [_command(command) for command in commands]
    telegram.tell(Event("bot"))
    return True


def get_my_commands(telegram: Telegram, call: Call) -> list[dict[str, str]]:
    return list(telegram.settings.get(_commands_key(call), []))


def delete_my_commands(telegram: Telegram, call: Call) -> bool:
    telegram.settings.pop(_commands_key(call), None)
    telegram.tell(Event("bot"))
    return True


def default_commands(telegram: Telegram) -> list[dict[str, str]]:
    """What people see who have no list of their own."""
    return get_my_commands(telegram, Call("getMyCommands"))


def set_chat_menu_button(telegram: Telegram, call: Call) -> bool:
    button = call.structure("menu_button", "can't parse menu button JSON object")
    telegram.settings[f"menu_button {call.text('chat_id')}"] = button or {"type": "default"}
    return True


def get_chat_menu_button(telegram: Telegram, call: Call) -> dict[str, Any]:
    return dict(telegram.settings.get(f"menu_button {call.text('chat_id')}", {"type": "commands"}))


def set_my_description(telegram: Telegram, call: Call) -> bool:
    return _set_text(telegram, call, "description", 512)


def set_my_short_description(telegram: Telegram, call: Call) -> bool:
    return _set_text(telegram, call, "short_description", 120)


def get_my_description(telegram: Telegram, call: Call) -> dict[str, str]:
    return {"description": _setting(telegram, call, "description")}


def get_my_short_description(telegram: Telegram, call: Call) -> dict[str, str]:
    return {"short_description": _setting(telegram, call, "short_description")}


def set_webhook(telegram: Telegram, call: Call) -> bool:
    """Note the address. The fake never calls it: tests post what ``updates.take()`` gives."""
    url = call.text("url")
    if url and not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    allowed = call.structure("allowed_updates", "can't parse allowed updates JSON object")
    if allowed is not None:
        telegram.updates.allowed = allowed
    telegram.settings["webhook"] = {"url": url, "secret_token": call.text("secret_token")}
    telegram.updates.webhook_active = bool(url)
    _drop_if_asked(telegram, call)
    return True


def delete_webhook(telegram: Telegram, call: Call) -> bool:
    telegram.settings.pop("webhook", None)
    telegram.updates.webhook_active = False
    _drop_if_asked(telegram, call)
    return True


def get_webhook_info(telegram: Telegram, _call: Call) -> dict[str, Any]:
    return {
        "url": telegram.settings.get("webhook", {}).get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.updates.waiting),
    }


def get_file(telegram: Telegram, call: Call) -> dict[str, Any]:
    stored = telegram.files.get(call.text("file_id"))
    if len(stored.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.reference() | {"file_path": stored.path}


def get_user_profile_photos(telegram: Telegram, call: Call) -> dict[str, Any]:
    person = telegram.people.get(call.integer("user_id"))
    if person is None:
        raise bad_request("user not found")
    photos = [person.portrait] if person.portrait else []
    return {"total_count": len(photos), "photos": photos}


def get_chat(telegram: Telegram, call: Call) -> dict[str, Any]:
    chat = telegram.chats.get(call.chat_id())
    if chat is None or (chat.private and not telegram.people[chat.id].started):
        raise bad_request("chat not found")
    return telegram.chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": True,
            "limited_gifts": True,
            "unique_gifts": True,
            "premium_subscription": True,
            "gifts_from_channels": True,
        },
    }


def leave_chat(telegram: Telegram, call: Call) -> bool:
    chat = telegram.reachable_chat(call.chat_id())
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.left = True
    return True


def leave(_telegram: Telegram, _call: Call) -> bool:
    """``logOut`` and ``close``: there is no second server to move the bot to."""
    return True


def _commands_key(call: Call) -> str:
    scope = call.structure("scope", "can't parse BotCommandScope JSON object")
    named = json.dumps(scope or {"type": "default"}, sort_keys=True)
    return f"commands {named} {call.text('language_code')}"


def _command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", ""))
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _set_text(telegram: Telegram, call: Call, name: str, limit: int) -> bool:
    text = call.text(name)
    if len(text) > limit:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    telegram.settings[f"{name} {call.text('language_code')}"] = text
    return True


def _setting(telegram: Telegram, call: Call, name: str) -> str:
    return str(telegram.settings.get(f"{name} {call.text('language_code')}", ""))


def _drop_if_asked(telegram: Telegram, call: Call) -> None:
    if call.flag("drop_pending_updates"):
        telegram.updates.waiting.clear()
