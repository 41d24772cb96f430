"""The Bot API behind both doors: which method is called, with which fault, and what it answers."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator import about_bot, sending
from simulator.calls import Call
from simulator.errors import Refused
from simulator.telegram import Telegram

log = logging.getLogger(__name__)

MAX_POLL_SECONDS = 50

METHODS: dict[str, Callable[[Telegram, Call], Any]] = {
    "getme": about_bot.get_me,
    "setmycommands": about_bot.set_my_commands,
    "getmycommands": about_bot.get_my_commands,
    "deletemycommands": about_bot.delete_my_commands,
    "setchatmenubutton": about_bot.set_chat_menu_button,
    "getchatmenubutton": about_bot.get_chat_menu_button,
    "setmydescription": about_bot.set_my_description,
    "getmydescription": about_bot.get_my_description,
    "setmyshortdescription": about_bot.set_my_short_description,
    "getmyshortdescription": about_bot.get_my_short_description,
    "setwebhook": about_bot.set_webhook,
    "deletewebhook": about_bot.delete_webhook,
    "getwebhookinfo": about_bot.get_webhook_info,
    "getfile": about_bot.get_file,
    "getuserprofilephotos": about_bot.get_user_profile_photos,
    "getchat": about_bot.get_chat,
    "leavechat": about_bot.leave_chat,
    "logout": about_bot.leave,
    "close": about_bot.leave,
    "sendmessage": sending.send_message,
    "senddocument": sending.send_document,
    "sendphoto": sending.send_photo,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": sending.edit_message_text,
    "editmessagecaption": sending.edit_message_caption,
    "editmessagereplymarkup": sending.edit_message_reply_markup,
    "deletemessage": sending.delete_message,
    "answercallbackquery": sending.answer_callback_query,
}


@dataclass(frozen=True)
class Reply:
    """What goes back: a status and a body, unless the caller is left in silence."""

    status: int = 200
    body: bytes = b""
    lost: bool = False
    disconnected: bool = False


async def answer(telegram: Telegram, token: str, call: Call) -> Reply:
    """Carry out one call of the Bot API, with the fault that is planned for it, if any."""
    if token != telegram.token:
        return _refusal(Refused("Unauthorized: invalid token specified", code=401))
    fault = telegram.faults.strike(call.method, _chat_of(telegram, call))
    if fault and not fault.takes_effect:
        if fault.answer is not None:
            return _reply(fault.status, fault.answer)
        return Reply(lost=fault.kind == "silence", disconnected=fault.kind == "disconnect")
    try:
        result = await _result(telegram, call)
    except Refused as refused:
        telegram.refusals.append(f"{call.method}: {refused.description}")
        log.info("%s is refused: %s", call.method, refused.description)
        reply = _refusal(refused)
    except Exception as error:
        telegram.failures.append(f"{call.method} broke it: {error!r}")
        log.exception("The simulator cannot answer %s", call.method)
        reply = _refusal(Refused("Internal Server Error", code=500))
    else:
        reply = _reply(200, {"ok": True, "result": result})
    return Reply(lost=True) if fault else reply


def _chat_of(telegram: Telegram, call: Call) -> int:
    """The chat that a call is about, named or by a tap in it; 0 where there is none."""
    tap = telegram.taps.get(str(call.parameters.get("callback_query_id")))
    return tap.user_id if tap else call.integer("chat_id")


async def _result(telegram: Telegram, call: Call) -> Any:
    method = call.method.lower()
    if method == "getupdates":
        telegram.set_online(True)
        return await telegram.updates.get(
            offset=call.integer("offset"),
            limit=min(max(call.integer("limit", 100), 1), 100),
            seconds=min(max(call.integer("timeout"), 0), MAX_POLL_SECONDS),
            allowed=call.structure("allowed_updates", "can't parse allowed updates JSON object"),
        )
    if method not in METHODS:
        telegram.failures.append(f"{call.method} is not a method it knows")
        log.error("The simulator does not know the Bot API method %s", call.method)
        raise Refused("Not Found: method not found", code=404)
    return METHODS[method](telegram, call)


def _refusal(refused: Refused) -> Reply:
    return _reply(refused.code, refused.as_json())


def _reply(status: int, body: dict[str, Any]) -> Reply:
    return Reply(status, json.dumps(body, ensure_ascii=False).encode(errors="surrogatepass"))
