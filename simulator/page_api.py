"""What the page asks for and does: the state, the stream, and the acts of each phone."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from simulator.calls import Upload
from simulator.errors import Impossible, Refused
from simulator.people import Person
from simulator.portraits import portrait
from simulator.stream import Stream
from simulator.telegram import Telegram
from simulator.view import bot_view, phone_view

Act = Callable[[Person, dict[str, Any]], Any]

SHOWN_INLINE = frozenset({
    "application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp",
})  # fmt: skip
"""Types in which nothing can run with the page's rights; everything else is a download. The page's
viewer.js shows the same."""


def page_routes(telegram: Telegram, stream: Stream) -> list[Route]:
    """The page's routes; everything but the page's own files."""

    async def state(_request: Request) -> Response:
        phones = [phone_view(person) for person in telegram.people.values()]
        return JSONResponse({"bot": bot_view(telegram), "phones": phones})

    async def events(_request: Request) -> Response:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(stream.events(), 200, headers, "text/event-stream")

    async def add_phone(request: Request) -> Response:
        body = await _body(request)
        person = telegram.person(_text(body, "name"), _text(body, "phone"))
        person.show_portrait(portrait(person.name))
        return JSONResponse(phone_view(person))

    async def act(request: Request) -> Response:
        wanted = request.path_params["user_id"]
        person = next((p for p in telegram.people.values() if str(p.user_id) == wanted), None)
        doing = ACTS.get(request.path_params["act"])
        if person is None or doing is None:
            return _error("there is no such phone, or no such thing to do with it", 404)
        doing(person, await _body(request))
        return JSONResponse({"ok": True})

    async def file(request: Request) -> Response:
        stored = telegram.files.by_id.get(request.path_params["file_id"])
        if stored is None:
            return _error("there is no such file", 404)
        inline = stored.mime in SHOWN_INLINE
        headers = {
            "Content-Disposition": "inline" if inline else "attachment",
            "Cache-Control": "private, max-age=3600",
        }
        mime = stored.mime if inline else "application/octet-stream"
        return Response(stored.content, 200, headers, mime)

    return [
        Route("/api/state", state),
        Route("/api/events", events),
        Route("/api/phones", _polite(add_phone), methods=["POST"]),
        Route("/api/phones/{user_id}/{act}", _polite(act), methods=["POST"]),
        Route("/files/{file_id}/{name}", file),
    ]


def _send(person: Person, body: dict[str, Any]) -> None:
    person.send(_text(body, "text"))


def _press(person: Person, body: dict[str, Any]) -> None:
    person.press(*(_number(body, name) for name in ("message_id", "row", "column")))


def _share_contact(person: Person, _body: dict[str, Any]) -> None:
    person.share_contact()


def _contact(person: Person, body: dict[str, Any]) -> None:
    person.send_contact(_text(body, "name"), _text(body, "phone"))


def _photo(person: Person, body: dict[str, Any]) -> None:
    person.send_photo(_upload(body).content)


def _document(person: Person, body: dict[str, Any]) -> None:
    upload = _upload(body)
    person.send_document(upload.content, upload.name, mime=upload.mime)


def _edit(person: Person, body: dict[str, Any]) -> None:
    person.edit(_number(body, "message_id"), _text(body, "text"))


def _block(person: Person, body: dict[str, Any]) -> None:
    person.block(blocked=body.get("blocked") is True)


def _read_sms(person: Person, _body: dict[str, Any]) -> None:
    person.read_sms()


ACTS: dict[str, Act] = {
    "send": _send,
    "press": _press,
    "share-contact": _share_contact,
    "contact": _contact,
    "photo": _photo,
    "document": _document,
    "edit": _edit,
    "block": _block,
    "read-sms": _read_sms,
}


def _polite(
    endpoint: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Turn what a phone cannot do into an answer that the page can show."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Impossible as impossible:
            return _error(str(impossible), 400)
        except Refused as refused:
            return _error(refused.description, refused.code)

    return answered


def _error(sentence: str, status: int) -> Response:
    return JSONResponse({"error": sentence}, status)


async def _body(request: Request) -> dict[str, Any]:
    """The request's JSON object, or its uploaded file.

    Raises:
        Impossible: it is neither.
    """
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            upload = form.get("file")
            if not isinstance(upload, UploadFile):
                raise Impossible("no file came with that")
            content = await upload.read()
            name, mime = upload.filename or "file", upload.content_type or ""
            return {"file": Upload(name, content, mime)}
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Impossible("that is no JSON object")
    return body


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise Impossible(f"{name} must be a text")
    return value


def _number(body: dict[str, Any], name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Impossible(f"{name} must be a whole number")
    return value


def _upload(body: dict[str, Any]) -> Upload:
    upload = body.get("file")
    if not isinstance(upload, Upload):
        raise Impossible("a file is needed, as multipart form data")
    return upload
