"""What the page asks for and does, over HTTP."""

import asyncio
import datetime as dt
import io
import json

import pytest
from PIL import Image
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from simulator.request import FakeRequest


@pytest.fixture
async def ptb(telegram):
    door = FakeRequest(telegram)
    async with Bot(telegram.token, request=door, get_updates_request=door) as bot:
        yield bot


async def act(page, person, name, /, **body):
    return await page.post(f"/api/phones/{person.user_id}/{name}", json=body)


async def phone(page, person):
    state = (await page.get("/api/state")).json()
    return next(found for found in state["phones"] if found["user_id"] == person.user_id)


def picture():
    buffer = io.BytesIO()
    Image.new("RGB", (200, 100), "red").save(buffer, "PNG")
    return buffer.getvalue()


async def test_the_state_shows_the_bot_and_every_phone(page, ptb, telegram, ravi):
    await ptb.set_my_commands([("start", "Begin")])
    assert (await page.get("/api/state")).json() == {
        "bot": {
            "name": "Arhtiya (simulated)",
            "username": "arhtiya_simulated_bot",
            "commands": [{"command": "start", "description": "Begin"}],
            "online": False,
            "notice": None,
        },
        "phones": [
            {
                "user_id": ravi.user_id,
                "name": "Ravi Kumar",
                "phone": "+919876543210",
                "role": "person",
                "blocked": False,
                "typing": None,
                "reply_keyboard": None,
                "sms": [],
                "messages": [
                    {
                        "id": 1,
                        "from": "me",
                        "at": ravi_said_at(ravi),
                        "edited": False,
                        "text": "/start",
                        "html": "/start",
                        "buttons": [],
                        "document": None,
                        "photo": None,
                        "contact": None,
                        "service": None,
                    }
                ],
            }
        ],
    }


def ravi_said_at(ravi):
    moment = dt.datetime.fromtimestamp(ravi.chat.messages[1].message["date"], dt.UTC)
    return moment.isoformat()


async def test_a_phone_is_added_and_a_wrong_or_taken_number_is_not(page, ravi):
    added = await page.post("/api/phones", json={"name": "Meena Devi", "phone": "98111 22233"})
    assert added.json()["phone"] == "+919811122233"
    wrong = await page.post("/api/phones", json={"name": "X", "phone": "12"})
    assert (wrong.status_code, wrong.json()) == (
        400,
        {"error": "'12' is no phone number, e.g. +91 98765 43210"},
    )
    taken = await page.post("/api/phones", json={"name": "X", "phone": "+919876543210"})
    assert (taken.status_code, taken.json()["error"]) == (
        400,
        "+919876543210 belongs to another phone here",
    )


async def test_everything_a_phone_does_arrives(page, telegram, ravi):
    await act(page, ravi, "send", text="<b>wheat</b>")
    await act(page, ravi, "share-contact")
    await act(page, ravi, "contact", name="Gopal Das", phone="+91 98000 00000")
    await page.post(f"/api/phones/{ravi.user_id}/photo", files={"file": ("a.png", picture())})
    await page.post(
        f"/api/phones/{ravi.user_id}/document", files={"file": ("a b.csv", b"1,2", "text/csv")}
    )
    await act(page, ravi, "edit", message_id=2, text="rice")
    assert [next(iter(update.keys() - {"update_id"})) for update in telegram.updates.take()] == [
        *["message"] * 5,
        "edited_message",
    ]
    _start, text, own, other, photo, document = (await phone(page, ravi))["messages"]
    assert (text["text"], text["html"], text["edited"]) == ("rice", "rice", True)
    assert own["contact"] == {"name": "Ravi Kumar", "phone": "919876543210"}
    assert other["contact"] == {"name": "Gopal Das", "phone": "+91 98000 00000"}
    assert (photo["photo"]["width"], photo["photo"]["height"]) == (200, 100)
    assert document["document"]["name"] == "a b.csv"
    assert (await page.get(document["document"]["url"])).content == b"1,2"
    shown = await page.get(photo["photo"]["url"])
    assert (shown.headers["content-type"], shown.headers["content-disposition"]) == (
        "image/jpeg",
        "inline",
    )


async def test_buttons_are_shown_and_pressed_until_they_are_gone(page, ptb, telegram, ravi):
    rows = [
        [InlineKeyboardButton("Save", callback_data="save")],
        [InlineKeyboardButton("Site", url="https://example.com/")],
    ]
    sent = await ptb.send_message(
        ravi.user_id, "<b>1 < 2</b>".replace("<", "&lt;"), "HTML",
        reply_markup=InlineKeyboardMarkup(rows),
    )  # fmt: skip
    assert (await phone(page, ravi))["messages"][-1]["buttons"] == [
        [{"text": "Save", "data": "save", "url": None}],
        [{"text": "Site", "data": None, "url": "https://example.com/"}],
    ]
    pressed = await act(page, ravi, "press", message_id=sent.message_id, row=0, column=0)
    assert pressed.json() == {"ok": True}
    [update] = telegram.updates.take()
    assert update["callback_query"]["data"] == "save"
    await sent.edit_text("Saved")
    gone = await act(page, ravi, "press", message_id=sent.message_id, row=0, column=0)
    assert (gone.status_code, gone.json()) == (400, {"error": "that button is gone"})


async def test_a_reply_keyboard_is_shown(page, ptb, ravi):
    markup = ReplyKeyboardMarkup([["Menu"]], input_field_placeholder="Choose")
    await ptb.send_message(ravi.user_id, "x", reply_markup=markup)
    assert (await phone(page, ravi))["reply_keyboard"] == {
        "rows": [[{"text": "Menu", "request_contact": False}]],
        "one_time": False,
        "placeholder": "Choose",
    }


async def test_an_sms_comes_through_the_gateway_and_is_read(page, telegram, ravi):
    await page.post("/sms/919876543210", json={"title": "", "message": "123456 is your code"})
    [sms] = (await phone(page, ravi))["sms"]
    assert (sms["from"], sms["text"]) == ("Arhtiya", "123456 is your code")
    await act(page, ravi, "read-sms")
    assert (await phone(page, ravi))["sms"] == []
    assert [kept.text for kept in ravi.sms] == ["123456 is your code"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"1"])
async def test_an_sms_without_a_text_is_refused(page, body):
    assert (await page.post("/sms/919876543210", content=body)).status_code == 400


async def test_blocking_is_shown(page, telegram, ravi):
    await act(page, ravi, "block", blocked=True)
    assert (await phone(page, ravi))["blocked"]
    assert "blocked" in (await act(page, ravi, "send", text="x")).json()["error"]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        (("/api/phones/1/send", {"text": "x"}), 404),
        ((f"/api/phones/{'7' * 5000}/send", {"text": "x"}), 404),
        (("/api/phones/7000000001/dance", {}), 404),
        (("/api/phones/7000000001/send", {}), 400),
        (("/api/phones/7000000001/send", {"text": 5}), 400),
        (("/api/phones/7000000001/send", {"text": "  "}), 400),
        (("/api/phones/7000000001/send", [1]), 400),
        (("/api/phones/7000000001/press", {"message_id": "1", "row": 0, "column": 0}), 400),
        (("/api/phones/7000000001/press", {"message_id": 1, "row": -1, "column": 0}), 400),
        (("/api/phones/7000000001/edit", {"message_id": 99, "text": "x"}), 400),
        (("/api/phones/7000000001/photo", {"file": "x"}), 400),
        (("/api/phones/7000000001/document", {"file": ["x.txt", "x", ""]}), 400),
        (("/api/phones/7000000001/contact", {"name": "", "phone": "1"}), 400),
        (("/nowhere", {}), 404),
    ],
)
async def test_a_wrong_request_gets_a_sentence_and_changes_nothing(
    page, telegram, ravi, wrong, status
):
    path, body = wrong
    answered = await page.post(path, json=body)
    assert answered.status_code == status
    assert answered.json()
    assert telegram.updates.take() == []


NESTED = b"[" * 100_000


async def test_json_without_end_is_refused_at_every_door(page, telegram, ravi):
    for path in ("/api/phones", f"/api/phones/{ravi.user_id}/send", "/sms/919876543210"):
        assert (await page.post(path, content=NESTED)).status_code == 400
    sending = f"/bot{telegram.token}/sendMessage"
    for body in (NESTED, json.dumps({"chat_id": 1e999, "text": "x"}).encode()):
        called = await page.post(
            sending, content=body, headers={"Content-Type": "application/json"}
        )
        assert called.status_code == 400
    fields = {"chat_id": ravi.user_id, "text": "x", "reply_markup": NESTED.decode()}
    assert (await page.post(sending, data=fields)).status_code == 400
    assert telegram.failures == []


async def test_no_page_from_elsewhere_can_drive_it(page, telegram, ravi):
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        path = f"/api/phones/{ravi.user_id}/send"
        assert (await page.post(path, json={"text": "x"}, headers=headers)).status_code == 403
        assert (await page.get("/api/state", headers=headers)).status_code == 403
    own = {"Origin": str(page.base_url).rstrip("/")}
    assert (await act(page, ravi, "send", text="x")).status_code == 200
    assert (await page.get("/api/state", headers=own)).status_code == 200


async def test_the_page_itself_is_served_fresh(page):
    start = await page.get("/")
    assert start.headers["content-type"].startswith("text/html")
    assert start.headers["cache-control"] == "no-store"
    assert (await page.get("/page/none.js")).status_code == 404


async def test_what_happens_is_streamed_as_it_happens(page, ptb, telegram, ravi):
    seen = []
    async with page.stream("GET", "/api/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.aiter_lines()
        await anext(lines)
        markup = ReplyKeyboardMarkup([["Menu"]])
        await ptb.send_chat_action(ravi.user_id, "typing")
        sent = await ptb.send_message(ravi.user_id, "x")
        await sent.edit_text("y")
        await ptb.send_message(ravi.user_id, "z", reply_markup=markup)
        await sent.delete()
        telegram.sms(ravi.phone, "1")
        telegram.answer_tap(telegram.new_tap(ravi.user_id), "Saved", alert=True)
        telegram.person("Meena Devi", "+919811122233")
        telegram.set_online(False, "The bot was killed")
        async with asyncio.timeout(5):
            async for line in lines:
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    seen.append((kind, json.loads(line.removeprefix("data: "))))
                    if kind == "bot":
                        break
    kinds = [kind for kind, _ in seen]
    assert kinds == [
        *["phone", "message", "phone", "message", "message", "phone"],
        *["delete", "sms", "answer", "phones", "bot"],
    ]
    assert seen[0][1]["typing"] == "typing"
    assert "messages" not in seen[0][1]
    assert (seen[1][1]["message"]["text"], seen[1][1]["user_id"]) == ("x", ravi.user_id)
    assert seen[3][1]["message"]["edited"]
    assert seen[5][1]["reply_keyboard"]["rows"] == [[{"text": "Menu", "request_contact": False}]]
    assert seen[6][1] == {"user_id": ravi.user_id, "message_id": sent.message_id}
    assert seen[8][1] == {"user_id": ravi.user_id, "text": "Saved", "alert": True}
    assert seen[10][1] == {"online": False, "notice": "The bot was killed", "commands": []}


async def test_a_group_is_not_shown_on_any_phone(page, ptb, telegram, ravi):
    group = telegram.group("Mandi", ravi)
    ravi.send("x", group=group)
    assert len((await phone(page, ravi))["messages"]) == 1


async def test_the_bot_api_takes_every_way_of_calling(page, telegram, ravi):
    address = f"/bot{telegram.token}/sendMessage"
    fields = {"chat_id": ravi.user_id, "text": "x"}
    for request in (
        page.get(address, params=fields),
        page.post(address, json=fields),
        page.post(address, data=fields),
        page.post(address, data=fields, files={"unused": b"x"}),
        page.post(f"/bot{telegram.token}/sendmessage", params=fields),
    ):
        answered = await request
        assert answered.json()["result"]["text"] == "x"
    document = await page.post(
        f"/bot{telegram.token}/sendDocument",
        data={"chat_id": ravi.user_id, "document": "attach://paper"},
        files={"paper": ("a.pdf", b"%PDF", "application/pdf")},
    )
    assert document.json()["result"]["document"]["file_name"] == "a.pdf"
    assert (await page.post("/botwrong/getMe")).status_code == 401
    assert (await page.get("/file/botwrong/documents/file_1.pdf")).status_code == 404
