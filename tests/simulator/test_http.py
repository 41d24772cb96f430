"""What every answer carries, so that nothing which is served can run or be framed elsewhere."""

import pytest

POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


async def served_document(page, person, name, mime):
    """What the browser gets that opens a document sent by this person."""
    sent = await page.post(
        f"/api/phones/{person.user_id}/document", files={"file": (name, b"<svg/>", mime)}
    )
    assert sent.status_code == 200
    state = (await page.get("/api/state")).json()
    return await page.get(state["phones"][0]["messages"][-1]["document"]["url"])


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("a.svg", "image/svg+xml"),
        ("a.svg", ""),
        ("a.svg", "IMAGE/SVG+XML"),
        ("a.html", "text/html"),
        ("a.xhtml", "application/xhtml+xml"),
        ("a.xml", "text/xml"),
        ("a.txt", "text/plain"),
        ("a.pdf", "application/pdf, text/html"),
        ("a.png", "image/png; charset=x"),
    ],
)
async def test_what_could_run_is_a_download_without_a_type(page, ravi, name, mime):
    got = await served_document(page, ravi, name, mime)
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"] == "attachment"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize(
    "mime", ["application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp"]
)
async def test_what_cannot_run_is_shown_as_what_it_is_said_to_be(page, ravi, mime):
    got = await served_document(page, ravi, "a", mime)
    assert got.headers["content-type"] == mime
    assert got.headers["content-disposition"] == "inline"
    assert got.headers["x-content-type-options"] == "nosniff"


async def test_only_this_page_may_frame_a_pdf(page, ravi):
    got = await served_document(page, ravi, "a.pdf", "application/pdf")
    assert got.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert got.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path", ["/", "/page/main.js", "/page/icon.svg", "/api/state", "/nowhere", "/files/x/y"]
)
async def test_no_page_may_frame_the_page_and_nothing_foreign_runs_on_it(page, path):
    got = await page.get(path)
    assert got.headers["content-security-policy"] == POLICY
    assert got.headers["referrer-policy"] == "no-referrer"
    assert got.headers["x-content-type-options"] == "nosniff"


async def test_who_is_turned_away_gets_the_same_headers(page):
    got = await page.get("/", headers={"Host": "evil.example"})
    assert (got.status_code, got.headers["content-security-policy"]) == (403, POLICY)
