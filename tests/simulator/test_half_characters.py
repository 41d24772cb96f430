"""A lone surrogate is half of a character: no UTF-8 can carry it, so it never gets in."""

import json

import pytest

from simulator.errors import Impossible
from simulator.snapshot import Snapshot
from simulator.telegram import BOT_ID, Telegram
from simulator.view import phone_view

HALF = "\ud800x"
REFUSAL = "half of a character (U+D800) cannot be sent; delete or retype it"


def as_json(body):
    """The bytes a script can send, where an HTTP client would not."""
    return {"content": json.dumps(body), "headers": {"Content-Type": "application/json"}}


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("send", {"text": HALF}),
        ("edit", {"message_id": 1, "text": HALF}),
        ("contact", {"name": HALF, "phone": "+919811122233"}),
        ("contact", {"name": "Meena", "phone": HALF}),
    ],
)
async def test_the_page_is_told_and_goes_on(page, telegram, ravi, act, body):
    answered = await page.post(f"/api/phones/{ravi.user_id}/{act}", **as_json(body))
    assert (answered.status_code, answered.json()) == (400, {"error": REFUSAL})
    assert (await page.get("/api/state")).status_code == 200
    assert telegram.updates.take() == []


async def test_a_phone_cannot_be_named_so(page, telegram):
    new = as_json({"name": HALF, "phone": "+919811122233"})
    answered = await page.post("/api/phones", **new)
    assert (answered.status_code, answered.json()) == (400, {"error": REFUSAL})
    assert telegram.people == {}


async def test_an_sms_cannot_say_it(page, ravi):
    answered = await page.post("/sms/919876543210", **as_json({"message": HALF}))
    assert (answered.status_code, answered.text) == (400, REFUSAL)
    assert ravi.sms == []


async def test_a_file_cannot_be_named_so_in_any_encoding(page, telegram, ravi):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="+2AA-.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\n1\r\n--x--\r\n"
    )
    kind = "multipart/form-data; charset=utf-7; boundary=x"
    address = f"/api/phones/{ravi.user_id}/document"
    answered = await page.post(address, content=body, headers={"Content-Type": kind})
    assert (answered.status_code, answered.json()) == (400, {"error": REFUSAL})
    assert telegram.files.by_id == {}


def test_captions_and_the_rest_cannot_hold_it(telegram, ravi):
    for act in (
        lambda: ravi.send_document(b"x", "x.txt", HALF),
        lambda: ravi.send_document(b"x", HALF),
        lambda: ravi.send_photo(b"x", HALF),
        lambda: ravi.send_poll("Rain?", HALF),
        lambda: ravi.send_poll(HALF, "Yes"),
    ):
        with pytest.raises(Impossible, match="half of a character"):
            act()
    assert telegram.files.by_id == {}


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("sendMessage", {"text": HALF}),
        ("sendMessage", {"text": "x", "reply_markup": {"keyboard": [[HALF]]}}),
        ("sendMessage", {"text": "x", "reply_markup": json.dumps({"keyboard": [[HALF]]})}),
        ("setMyCommands", {"commands": [{"command": "start", "description": HALF}]}),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": HALF}),
    ],
)
async def test_a_bot_cannot_send_it_either(page, telegram, ravi, method, parameters):
    body = as_json({"chat_id": ravi.user_id} | parameters)
    answered = await page.post(f"/bot{telegram.token}/{method}", **body)
    assert answered.status_code == 400
    assert telegram.refusals == [f"{method}: Bad Request: strings must be encoded in UTF-8"]
    assert telegram.failures == []


async def test_whole_characters_beyond_16_bits_get_through(page, ravi):
    answered = await page.post(f"/api/phones/{ravi.user_id}/send", **as_json({"text": "🌾"}))
    assert answered.status_code == 200
    assert ravi.chat.messages[2].message["text"] == "🌾"


@pytest.mark.parametrize("escaped", [True, False])
def test_a_snapshot_that_holds_one_is_mended(telegram, ravi, tmp_path, escaped):
    ravi.send("link https://example.com/")
    Snapshot(telegram, tmp_path).save()
    path = tmp_path / "state.json"
    state = json.loads(path.read_text())
    for chat in state["chats"]:
        chat["messages"]["2"]["message"]["text"] = "\ud800ink https://example.com/"
    state["people"][0]["name"] = "Ravi \udc00"
    state["updates"]["waiting"][-1]["update"]["message"]["text"] = HALF
    path.write_bytes(json.dumps(state, ensure_ascii=escaped).encode(errors="surrogatepass"))

    again = Telegram(token=f"{BOT_ID}:new")
    assert Snapshot(again, tmp_path).load()
    view = phone_view(again.people[ravi.user_id])
    assert view["name"] == "Ravi \ufffd"
    assert view["messages"][1]["text"] == "\ufffdink https://example.com/"
    assert '<a href="https://example.com/"' in view["messages"][1]["html"]
    json.dumps(view, ensure_ascii=False).encode()
    json.dumps(again.updates.take(), ensure_ascii=False).encode()
