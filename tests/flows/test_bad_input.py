"""Whatever is typed, sent or pressed, at any step: an answer, no traceback, and nothing lost."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from storage.ids import new_id
from storage.models import Draft
from tests.chat import Phone
from tests.flows.conftest import Firm
from tests.flows.pictures import jpeg
from tests.flows.steps import ADMIN_STEPS, PARTNER_STEPS, with_customer
from tests.screen import frozen

TYPED = (
    "x" * 4096,
    "7" * 4096,
    "0000000012345678901",
    "0",
    "<&>" * 26,
    "🌾" * 80,
    "🌾",
    "Ram\u202egnp\u2066 عبدالله",
    "<b>x</b>",
    "</b><a href='tg://user?id=1'>x",
    "&lt;",
    "*x_[y](z)`",
    '{"$gt": ""}',
    "$where",
    "{name}",
    "{0}",
    "{",
    "%s %(x)s %",
    "a\0b",
    "\u200b\u200d\ufeff",
    "two\nlines\r\n\tand a tab",
    "../../x",
    "=cmd|'/c calc'!A1",
    "(a+)+$",
    "1e999",
    "-5",
    "0",
    "NaN",
    "²",
    "½",
    "1_000",
    "1,00,00",
    "1.234,56",
    "10" + "0" * 18,
    "1.005",
    "31-02-2026",
    "29/02/2027",
    "1/1/0001",
    "31/12/9999",
    "+919876543210;ext=5",
    "1 800 FLOWERS",
    "Z" + "\u0335\u0336\u0337\u0338\u0339" * 6,
    "Rаmesh",
    "/",
    "/nonsense",
    "/x\u202e<b>",
    "/start inv_zzz",
    "/start img_" + "0" * 24,
    "/start admin_zzz",
)

TOKENS = (
    "",
    "zzz",
    "to-",
    "to-zzz",
    "month-",
    "month-zzz",
    "month-0000-00",
    "month-9999-12",
    "month-2026-13",
    "day-",
    "day-zzz",
    "day-2026-02-31",
    "in-²",
    "in-99999999999999999999",
    "ago-99",
    "again-²",
    "again-99",
    "again-",
    "line-²",
    "line--1",
    "line-99999999999999999999",
    "save-",
    "save--1",
    "save-zzz",
    "full-",
    "full-999",
    "advance-1",
    "often-",
    "often-99",
    "oldest-1",
    "from-13",
    "from-²",
    "days-999",
    "26-28",
    "gold",
    "keep",
    "skip",
    "{x}",
    "<b>",
    "a:b",
)
"""What might stand in a button of the very step that is open."""

GARBAGE = (
    "do:",
    "do:x",
    "do:x:y:z",
    "do:x:y:z:w",
    "+do:x:y:z",
    "+" * 64,
    ":" * 64,
    "c:",
    "c:zzz",
    "c:" + "0" * 24,
    "cp:" + "0" * 24,
    "ci:a:b",
    "ci:" + "0" * 24 + ":-1",
    "i:zzz",
    "pdf:zzz",
    "il:-1",
    "il:²",
    "cl:999999999",
    "cl:999999",
    "drop:a:b",
    "drop:a:",
    "go:",
    "new",
    "new:",
    "new:zzz",
    "ni:zzz",
    "np:zzz",
    "npi:" + "0" * 24,
    "ua:zzz",
    "xi:" + "0" * 24,
    "xp:zzz",
    "undo:" + "0" * 24,
    "undo:",
    "p:zzz",
    "st:zzz",
    "st:" + "0" * 24 + ":0:0:end",
    "sp:zzz:0:0",
    "sr:zzz",
    "h:zzz",
    "pa:²",
    "pl:zzz:0",
    "ce:zzz",
    "add:zzz",
    "nc:",
    "nc:\u200b",
    "nc:<b>{0}",
    "otp:zzz",
    "firm",
    "firm:zzz",
    "sample:zzz",
    "zzz",
    "🌾" * 16,
    "<b>%s{0}",
    "\u200b",
)
"""What no button of ours says; and what is of things that are not there."""

Act = Callable[[Phone], Awaitable[object]]

SENT: dict[str, Act] = {
    "sticker": lambda phone: phone.send_sticker(),
    "voice": lambda phone: phone.send_voice(),
    "location": lambda phone: phone.send_location(),
    "poll": lambda phone: phone.send_poll(),
    "document": lambda phone: phone.send_document(b"%PDF-1.7", "book.pdf"),
    "fake picture": lambda phone: phone.send_document(b"no picture at all", "shop.jpg"),
    "album": lambda phone: phone.send_album(jpeg(), jpeg(50, 50), jpeg(60, 60)),
    "contact card": lambda phone: phone.send_contact("<b>Mahesh</b> {0}", "+91 98765 43299"),
    "landline card": lambda phone: phone.send_contact("Office", "+91 11 2345 6789"),
    "broken card": lambda phone: phone.send_contact("\u200b", "12"),
}


@dataclass
class Person:
    """Somebody at a place in the chat, to which every input finds them back."""

    firm: Firm
    phone: Phone
    caplog: pytest.LogCaptureFixture
    draft: Draft | None

    def __post_init__(self) -> None:
        self.stay_here()

    def stay_here(self) -> None:
        """The chat as it is now is what they are put back to."""
        messages = self.phone.person.chat.messages
        self._messages = {id: frozen(kept) for id, kept in messages.items()}

    async def tries(self, act: Act, what: str) -> None:
        """Do it: there must be an answer, no error, and the draft. Then all is put back."""
        before = self._seen()
        await act(self.phone)
        assert self._seen() != before, f"no answer {self._after(what)}"
        errors = [one for one in self.caplog.records if one.levelno >= logging.ERROR]
        assert not errors, f"{errors} {self._after(what)}"
        refused = [one for one in self.firm.chat.telegram.refusals if "not modified" not in one]
        assert not refused, f"{refused} {self._after(what)}"
        self._check_draft(what)
        self.put_draft_back()
        self._put_chat_back()

    def stem(self) -> str:
        """What the data of the open question's buttons begins with; "" when none is open."""
        if self.draft is None:
            return ""
        button = self.phone.screen.button_rows[-1][-1]
        assert button["text"].startswith("✕ ")
        return str(button["callback_data"]).removesuffix(":cancel")

    def put_draft_back(self) -> None:
        self.firm.put_back(self.firm.owner(self.phone), self.draft)

    def _put_chat_back(self) -> None:
        messages = self.phone.person.chat.messages
        messages.clear()
        messages.update({id: frozen(kept) for id, kept in self._messages.items()})

    def _check_draft(self, what: str) -> None:
        if self.draft is None:
            return
        now = self._drafts.get(self.draft.id)
        assert now is not None, f"the draft is lost {self._after(what)}"
        untouched = not self.draft.touched
        ops = {now.op, (now.parent or {}).get("op")}
        assert untouched or self.draft.op in ops, f"another is in its place {self._after(what)}"
        if now.op == self.draft.op and "⚠️" in self.phone.screen.text.split("\n")[0]:
            kept = (now.step, now.answers) == (self.draft.step, self.draft.answers)
            assert kept, f"something was taken {self._after(what)}"

    def _after(self, what: str) -> str:
        return f"after {what!r}:\n" + "\n".join(map(str, self.phone.messages[-4:]))

    @property
    def _drafts(self):
        return self.firm.store.drafts

    def _seen(self) -> object:
        """What the bot has said so far: its messages as they stand, and its words on buttons."""
        kept = self.phone.person.chat.messages.items()
        messages = [
            (number, one.formatted.text, one.message.get("reply_markup"))
            for number, one in kept
            if one.outgoing
        ]
        return messages, [answer.text for answer in self.phone.answers if answer.text]


def tap_on(message_id: int, data: str) -> Act:
    """A button with this data, under an old message."""

    async def tap(phone: Phone) -> None:
        phone.person.tap(phone.person.chat.messages[message_id].message, data)
        await phone.chat.pump()

    return tap


async def tries_everything(person: Person) -> None:
    firm, phone = person.firm, person.phone
    stem = person.stem()
    for text in TYPED:
        await person.tries(lambda phone, text=text: phone.send(text), text[:60])
    for what, act in SENT.items():
        await person.tries(act, what)
    sent = await phone.send("7")
    person.put_draft_back()
    await person.tries(lambda phone: phone.edit(sent, "8"), "an edited message")
    stranger = firm.chat.phone("Stranger", "+919811112222")
    await person.tries(lambda phone: phone.forward_contact(stranger), "a forwarded contact")
    other = firm.store.drafts.get("1")
    others = [f"do:{other.op}:{place}:cancel" for place in (other.step, other.rev)]
    presses = [*GARBAGE, *others, f"drop:{other.op}:new:customer"]
    draft = person.draft
    if draft is not None:
        presses += [f"{stem}:{token}" for token in TOKENS]
        presses += [f"do:{draft.op}:nowhere:keep", f"go:{draft.op}"]
    old = await phone.chat.application.bot.send_message(phone.person.chat.id, "An old message")
    person.stay_here()
    for data in presses:
        await person.tries(tap_on(old.message_id, data), f"a button {data}")
    assert firm.store.drafts.get("1") == other


@pytest.fixture
def others_draft(firm: Firm) -> Draft:
    """What another person is in the middle of."""
    draft = Draft(
        id="1", op=new_id(), flow="customer", step="phone", chat_id=1, updated_at=firm.clock.now()
    )
    return firm.store.drafts.save(draft)


@pytest.mark.parametrize("step", PARTNER_STEPS)
async def test_at_every_step_of_a_partner(step, firm, partner, others_draft, caplog):
    await with_customer(firm, partner)
    await PARTNER_STEPS[step](partner)
    draft = firm.draft_of(partner)
    assert draft.step == step.split()[1] or draft.parent
    (customer,) = firm.store.customers.recent(2)
    entries = firm.store.ledger.entries(customer.id)
    await tries_everything(Person(firm, partner, caplog, draft))
    assert firm.store.customers.recent(2) == [customer]
    assert firm.store.ledger.entries(customer.id) == entries


@pytest.mark.parametrize("step", ADMIN_STEPS)
async def test_at_every_step_of_the_admin(step, firm, others_draft, caplog):
    await ADMIN_STEPS[step](firm.admin)
    draft = firm.draft_of(firm.admin)
    assert draft.step == step.split()[1]
    partners, profile = firm.store.users.all(), firm.store.firm.get()
    await tries_everything(Person(firm, firm.admin, caplog, draft))
    assert firm.store.users.all() == partners
    assert firm.store.firm.get() == profile


async def test_outside_any_form(firm, partner, others_draft, caplog):
    await with_customer(firm, partner)
    await tries_everything(Person(firm, partner, caplog, None))


async def test_by_the_admin_outside_any_form(firm, others_draft, caplog):
    await tries_everything(Person(firm, firm.admin, caplog, None))


async def test_by_somebody_unknown(firm, others_draft, caplog):
    stranger = firm.chat.phone("<b>Nobody</b> {0}", "+919876500001")
    await stranger.send("/start")
    await tries_everything(Person(firm, stranger, caplog, None))
    assert firm.draft_of(stranger) is None


async def test_where_the_code_is_asked_for(firm, others_draft, caplog):
    await firm.add_partner("Ravi Kumar", "+919876543210")
    phone = firm.chat.phone("Ravi", "+919876543210")
    await phone.share_contact()
    await tries_everything(Person(firm, phone, caplog, None))
    await phone.send(firm.code())
    assert "Welcome" in phone.screen.text


@pytest.mark.parametrize(
    "typed", ["<b>x</b>", "&lt;", "{name}", "{0}", "%s", "x" * 80, "<&>" * 26]
)
async def test_markup_is_shown_as_it_was_typed_and_printed_so(firm, partner, typed):
    await partner.send("/customer")
    await partner.send(typed)
    assert typed in partner.screen.text
    await partner.press("Save now")
    assert typed in partner.screen.text
    await partner.send(typed)
    await partner.press(typed[:20])
    await partner.press("New invoice")
    for _line in range(14):
        await partner.send(f"i{typed}"[:80])
        assert typed[:79] in partner.screen.text
        await partner.send("52")
        await partner.send("2425")
    await partner.press("✓ Done")
    await partner.press("Nothing")
    await partner.press("+15")
    assert typed in partner.screen.text
    await partner.press("✓ Save invoice")
    assert typed in partner.screen.document.caption
    await partner.press("Invoices")
    await partner.press("26-27/00001")
    assert partner.screen.text.count(typed[:79]) >= 15


async def test_an_album_is_one_picture_and_one_answer(firm, partner):
    await PARTNER_STEPS["customer photo"](partner)
    said = len(partner.messages)
    await partner.send_album(jpeg(), jpeg(50, 50), jpeg(60, 60))
    assert "Photo: yes" in partner.screen.text
    assert len([m for m in partner.messages[said:] if m.from_bot]) == 1
    await partner.send_album(jpeg(), jpeg(50, 50))
    assert "cannot use this here" in partner.screen.text


async def test_a_long_text_is_cut_at_a_line_and_its_tags_are_whole(firm, partner):
    await partner.send("/customer")
    await partner.send("<&>" * 26)
    await partner.press("Save now")
    await partner.press("New invoice")
    for _line in range(25):
        await partner.send(f"a{'<&>' * 26} 1 1")
    assert "Total ₹25.00" in partner.screen.text
    await partner.press("✓ Done")
    await partner.press("Full")
    await partner.press("✓ Save invoice")
    await partner.press("Invoices")
    await partner.press("26-27/00001")
    assert "… and 5 more" in partner.screen.text
    assert not firm.chat.telegram.refusals
