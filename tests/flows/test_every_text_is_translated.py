"""Every word of ours that a person sees went through gettext.

The bot speaks a language in which every message stands in ⟦brackets⟧. What is left outside them
may only be what people typed, and marks that need no translation. Papers, and what is shared on
WhatsApp, are read too.
"""

import gettext
import io
import re
from urllib.parse import parse_qs, urlsplit

import pypdf
import pytest

from bot import i18n
from simulator.portraits import portrait
from tests.chat import Phone
from tests.flows.evenings import look
from tests.flows.steps import walk

TYPED = (
    "Ravi Kumar",
    "ramesh@example.com",
    "Ramesh",
    "Suresh",
    "Asha",
    "English",
    "wheat",
    "rice",
    "Basmati",
    "Grain Market",
    "Khanna",
    "KGM",
    "khanna@okicici",
    "singhandsons@okicici",
    "03AAJFS1234K1ZC",
)
# Babel names the months and days, in the reader's language.
UNTRANSLATED = re.compile(
    r"Aug(ust)?|Sep|Apr(il)?|March|July|June|January|December|October|September|^(Mo|Tu|We|Th|Fr|Sa|Su)$|https://\S+|/\w+|26-27/\d+|[₹+]?[\d,.:/]+"
)


class Brackets(gettext.NullTranslations):
    """A translation that shows what was translated."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧" if message else ""

    def ngettext(self, one: str, many: str, count: int) -> str:
        return f"⟦{one if count == 1 else many}⟧"


@pytest.fixture
def brackets(monkeypatch):
    monkeypatch.setattr(i18n, "_translations", lambda *_reader: Brackets())


def outside(text: str) -> str:
    """What stands in no bracket, and is neither typed nor a mark."""
    depth, left = 0, []
    for letter in text:
        depth += letter == "⟦"
        if not depth:
            left.append(letter)
        depth -= letter == "⟧"
    rest = "".join(left)
    for typed in TYPED:
        rest = rest.replace(typed, "")
    return UNTRANSLATED.sub("", rest)


def words(phone) -> list[str]:
    said = [screen for screen in phone.messages if screen.from_bot]
    texts = [screen.text for screen in said]
    labels = [label for screen in said for label in screen.buttons] + phone.reply_keyboard
    answers = [answer.text for answer in phone.answers]
    shared = [text for screen in said for text in shared_from(screen)]
    return [text for text in (*texts, *labels, *answers, *shared) if text]


def shared_from(screen) -> list[str]:
    """What its buttons would send on WhatsApp."""
    urls = [button["url"] for row in screen.button_rows for button in row if "url" in button]
    return [text for url in urls for text in parse_qs(urlsplit(url).query).get("text", [])]


def papers(phone) -> list[str]:
    """What stands on each page of the documents that came."""
    documents = [screen.document for screen in phone.messages if "document" in screen.kept.message]
    papers = [document for document in documents if document.name.endswith(".pdf")]
    files = [pypdf.PdfReader(io.BytesIO(paper.content)) for paper in papers]
    return [page.extract_text() for file in files for page in file.pages]


@pytest.fixture
def said(firm, monkeypatch):
    """All words that any phone showed after any act: the next may edit them away."""
    said, pump, people = set(), firm.chat.pump, firm.chat.telegram.people

    async def pump_and_look():
        await pump()
        for person in people.values():
            said.update(words(Phone(firm.chat, person)))

    monkeypatch.setattr(firm.chat, "pump", pump_and_look)
    return said


MONEY = (
    "[26-27/00001]",
    "[⟦💵 Payment⟧]",
    "-5",
    "500",
    "gold",
    "[⟦UPI⟧]",
    "[⟦Skip⟧]",
    "[✎ ⟦Which invoice⟧]",
    "99",
    "[⟦Oldest due first⟧]",
    "[✎ ⟦Date⟧]",
    "[⟦Today⟧]",
    "[⟦✓ Save payment⟧]",
    "[⟦📄 Receipt⟧]",
    "[⟦↩ Undo⟧]",
    "/payments",
    "[500]",
    "[⟦📄 Receipt⟧]",
    "[⟦↩ Put it back⟧]",
    "[⟦Entered twice⟧]",
    "[⟦✓ Yes, do it⟧]",
    "/payments",
    "[500]",
    "[⟦✕ Undo this payment⟧]",
    "[⟦Wrong amount⟧]",
    "[✎ ⟦Reason⟧]",
    "[⟦✕ Leave it as it is⟧]",
    "/customers",
    "[Ramesh]",
    "[⟦💵 Payment⟧]",
    "[⟦Full]",
    "[⟦Cash⟧]",
    "[⟦✓ Save payment⟧]",
    "[⟦👤 Customer⟧]",
    "/invoices",
    "[26-27/00001]",
    "[⟦📄 PDF again⟧]",
    "[⟦✕ Cancel invoice⟧]",
    "[⟦Goods returned⟧]",
    "[⟦✓ Yes, do it⟧]",
    "[⟦🧾 Invoice⟧]",
    "[⟦📄 PDF again⟧]",
    "[⟦🕘 History⟧]",
    "/customers",
    "[Ramesh]",
    "[⟦📒 Statement⟧]",
    "[⟦📄 PDF⟧]",
    "/invoice",
    "[Ramesh]",
    "[rice]",
    "5",
    "[⟦As last time]",
    "/cancel",
    "/export",
    "[⟦Everything⟧]",
)
"""A payment with its receipt, what is undone, an invoice that is paid, and that is cancelled."""


FIRM = (
    "/firm",
    "Khanna",
    "[⟦✓ Save⟧]",
    "[⟦📄 See it on paper⟧]",
    "[⟦✎ Change more⟧]",
    "[⟦✓ Save⟧]",
    "what?",
    "[✎ ⟦Name⟧]",
    "[⟦✓ Keep Khanna⟧]",
    "[✎ ⟦Address⟧]",
    "1\n2\n3\n4\n5",
    "Grain Market\nKhanna",
    "[✎ ⟦Phone⟧]",
    "98765 43210",
    "[✎ ⟦GSTIN⟧]",
    "12",
    "03AAJFS1234K1ZC",
    "[✎ ⟦UPI id⟧]",
    "no",
    "khanna@okicici",
    "[✎ ⟦Logo⟧]",
    "no",
    "[⟦Skip⟧]",
    "[✎ ⟦Number⟧]",
    "--",
    "KGM",
    "[✎ ⟦Year⟧]",
    "13",
    "no",
    "10",
    "[✎ ⟦Due⟧]",
    "-",
    "0",
    "[✎ ⟦Due⟧]",
    "45",
    "[✎ ⟦Terms⟧]",
    "1\n2\n3\n4\n5",
    "Grain Market\nKhanna",
    "[✎ ⟦Terms⟧]",
    "[⟦✓ Keep Grain Market · Khanna⟧]",
    "[✎ ⟦Paper⟧]",
    "58",
    "[⟦80 mm roll⟧]",
    "[⟦✕ Close⟧]",
    "/firm",
    "[✎ ⟦UPI id⟧]",
    "khanna@okicici",
    "[✎ ⟦Terms⟧]",
    "Grain Market",
    "[⟦✓ Save⟧]",
    "[⟦📄 See it on paper⟧]",
)
"""Everything about the firm, of which the name, the UPI id and the terms are saved."""


PARTNERS = (
    "/users",
    "[Ravi Kumar]",
    "[⟦🚪 Sign out everywhere⟧]",
    "[⟦🚫 Deactivate⟧]",
    "/adduser Ravi 9876543210",
    "[⟦✕ Cancel⟧]",
    "/removeuser",
    "/removeuser nobody",
    "/removeuser Ravi",
    "[⟦↩ Reactivate⟧]",
    "[⟦✎ Edit⟧]",
    "[✎ ⟦Phone⟧]",
    "9876543211",
    "[⟦✓ Save⟧]",
    "/users",
    "/audit",
    "[⟦📜 Who did what⟧]",
)
"""What the admin does with a partner, and what the audit makes of it."""


async def test_of_the_whole_job(brackets, firm, said):
    admin = firm.admin
    await admin.send("/help")
    await admin.send("/adduser Ravi Kumar +919876543210")
    await admin.send("nonsense")
    await admin.press("⟦✓ Add⟧")
    await walk(*FIRM)(admin)
    partner = firm.chat.phone("Ravi Kumar", "+919876543210")
    await partner.send("/start")
    await partner.share_contact()
    code = next(one.text for one in reversed(admin.messages) if "sign in" in one.text)
    await partner.send("000000")
    await partner.send(re.search(r"\d{6}", code)[0])
    await partner.send("/help")
    await partner.send("/customer")
    for text in ("Ramesh", "12", "98765 43211", "no", "ramesh@example.com", "Grain Market"):
        await partner.send(text)
    await partner.press("⟦Retail⟧")
    await partner.press("⟦Skip⟧")
    await partner.press("⟦✓ Save⟧")
    await partner.send("/customers")
    await partner.send("/invoice")
    await partner.send("Suresh")
    await partner.send("Ramesh")
    await partner.press("Ramesh")
    for text in ("rice", "-5", "much", "5 lakh", "10 <b>", "10 q", "0", "3200"):
        await partner.send(text)
    for text in ("wheat 52 q @ 2425/t", "wheat 52 2425"):
        await partner.send(text)
    await partner.press("⟦✓ Done⟧")
    await partner.send("1000")
    await partner.press("⟦📅 Calendar⟧")
    await partner.send("31-02-2026")
    await partner.send("+45")
    await partner.press("⟦✓ Save invoice⟧")
    await partner.send("/invoices")
    await walk(*MONEY)(partner)
    await partner.send("/cancel")
    partner.person.show_portrait(portrait("Ravi Kumar"))
    await partner.send("/me")
    await partner.press("⟦🌙 Evening summary: off⟧")
    await look(firm, firm.clock.today(), 20, 30)
    await partner.send("/me")
    assert any("⟦The day up to" in text and "⟦This was meant" in text for text in said)
    await partner.press("⟦🌙 Evening summary: on⟧")
    notice = next(one for one in partner.messages if one.text.startswith("⟦🔐"))
    await walk(*PARTNERS)(admin)
    await partner.press_old(notice, "⟦Not me: sign out⟧")
    await partner.share_contact()
    for text in (*said, *papers(admin), *papers(partner)):
        assert not re.search(r"[A-Za-z]{2,}", outside(text)), text
