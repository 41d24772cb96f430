"""The way to every step of every form, by the name of form and step."""

from collections.abc import Awaitable, Callable

from tests.chat import Phone
from tests.flows.conftest import Firm

Way = Callable[[Phone], Awaitable[None]]


def walk(*acts: str) -> Way:
    """A way of presses (``[label]``) and of typed words."""

    async def go(phone: Phone) -> None:
        for act in acts:
            if act.startswith("["):
                await phone.press(act[1:-1])
            else:
                await phone.send(act)

    return go


NAMED = ("/customer", "Suresh")
SKIP = "[Skip]"
FOR_RAMESH = ("/invoice", "[Ramesh Kumar]")
ONE_LINE = (*FOR_RAMESH, "wheat 52 2425")
PAYING = (*ONE_LINE, "[✓ Done]")
OWING = (*PAYING, "[Nothing]")
DUE = (*OWING, "[+15]")
SOLD = (*DUE, "[✓ Save invoice]")
RECEIVING = (*SOLD, "/payment", "[Ramesh Kumar]")
BY_UPI = (*RECEIVING, "50000", "[UPI]")
RECEIVED = (*RECEIVING, "50000 cash")
PAID = (*RECEIVED, "[✓ Save payment]")

HALF_MADE = (*ONE_LINE, "/payment")

FIRM = ("/firm", "Khanna Grain Merchants")

EDITING = ("/adduser Sunita Devi 98765 00000", "[✓ Add]", "/users", "[Sunita Devi]", "[✎ Edit]")

PARTNER_STEPS: dict[str, Way] = {
    "customer name": walk("/customer"),
    "customer phone": walk(*NAMED),
    "customer email": walk(*NAMED, SKIP),
    "customer address": walk(*NAMED, SKIP, SKIP),
    "customer kind": walk(*NAMED, SKIP, SKIP, SKIP),
    "customer photo": walk(*NAMED, SKIP, SKIP, SKIP, SKIP),
    "customer language": walk(*NAMED, SKIP, SKIP, SKIP, SKIP, SKIP, "[✎ Language]"),
    "customer summary": walk(*NAMED, SKIP, SKIP, SKIP, SKIP, SKIP),
    "invoice customer": walk("/invoice"),
    "invoice customer within": walk("/invoice", "Mahesh", "[New customer]"),
    "invoice item": walk(*FOR_RAMESH),
    "invoice item again": walk(*ONE_LINE),
    "invoice quantity": walk(*FOR_RAMESH, "rice"),
    "invoice price": walk(*FOR_RAMESH, "rice", "10"),
    "invoice remove": walk(*ONE_LINE, "[Remove a line]"),
    "invoice paid": walk(*PAYING),
    "invoice due": walk(*OWING),
    "invoice due calendar": walk(*OWING, "[📅 Calendar]"),
    "invoice date": walk(*DUE, "[✎ Date]"),
    "invoice summary": walk(*DUE),
    "payment customer": walk("/payment"),
    "payment amount": walk(*RECEIVING),
    "payment method": walk(*RECEIVING, "50000"),
    "payment reference": walk(*BY_UPI),
    "payment date": walk(*RECEIVED, "[✎ Date]"),
    "payment which": walk(*RECEIVED, "[✎ Which invoice]"),
    "payment summary": walk(*RECEIVED),
    "cancel reason": walk(*SOLD, "[✕ Cancel invoice]"),
    "cancel summary": walk(*SOLD, "[✕ Cancel invoice]", "[Wrong amount]"),
    "undo reason": walk(*PAID, "/payments", "[50,000]", "[Undo this payment]"),
    "undo summary": walk(*PAID, "/payments", "[50,000]", "[Undo this payment]", "[Wrong amount]"),
    "promise until": walk(*SOLD, "[⏰ Follow up]", "[🤝 Promise]"),
    "statement range": walk("/customers", "[Ramesh Kumar]", "[📒 Statement]", "[Choose dates]"),
    "export days": walk("/export"),
}
"""For a signed-in partner of a firm that has the customer Ramesh Kumar."""

ADMIN_STEPS: dict[str, Way] = {
    "partner name": walk("/adduser"),
    "partner phone": walk("/adduser", "Sunita Devi"),
    "partner summary": walk("/adduser", "Sunita Devi", "98765 00000"),
    "partner summary edited": walk(*EDITING),
    "partner name edited": walk(*EDITING, "[✎ Name]"),
    "partner phone edited": walk(*EDITING, "[✎ Phone]"),
    "firm name": walk("/firm"),
    "firm address": walk(*FIRM, "[✎ Address]"),
    "firm phone": walk(*FIRM, "[✎ Phone]"),
    "firm gstin": walk(*FIRM, "[✎ GSTIN]"),
    "firm upi": walk(*FIRM, "[✎ UPI id]"),
    "firm logo": walk(*FIRM, "[✎ Logo]"),
    "firm number": walk(*FIRM, "[✎ Number]"),
    "firm year": walk(*FIRM, "[✎ Year]"),
    "firm due": walk(*FIRM, "[✎ Due]"),
    "firm remind": walk(*FIRM, "[✎ Morning]"),
    "firm language": walk(*FIRM, "[✎ Language]"),
    "firm terms": walk(*FIRM, "[✎ Terms]"),
    "firm paper": walk(*FIRM, "[✎ Paper]"),
    "firm summary": walk(*FIRM),
}
"""For the admin."""


async def with_customer(firm: Firm, phone: Phone) -> None:
    """Let the firm have the customer Ramesh Kumar."""
    await walk("/customer", "Ramesh Kumar", "[Save now]")(phone)
    assert firm.store.customers.count() == 1
