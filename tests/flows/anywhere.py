"""Every state that a person of a :class:`~tests.flows.busy_firm.BusyFirm` can be in."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from tests.chat import Phone
from tests.flows.steps import ADMIN_STEPS, DUE, PARTNER_STEPS, Way, walk

if TYPE_CHECKING:
    from tests.flows.busy_firm import BusyFirm

Place = Callable[["BusyFirm"], Coroutine[Any, Any, Phone]]
"""Brings somebody there, in a firm that is furnished; and says who that is."""


def _by(way: Way, who: str) -> Place:
    async def go(firm: "BusyFirm") -> Phone:
        phone: Phone = getattr(firm, who)
        await way(phone)
        return phone

    return go


async def _code_awaited(firm: "BusyFirm") -> Phone:
    await firm.gopal.share_contact()
    return firm.gopal


async def _session_over(firm: "BusyFirm") -> Phone:
    await walk(*DUE)(firm.ravi)
    firm.clock.advance(days=8)
    return firm.ravi


async def _deactivated(firm: "BusyFirm") -> Phone:
    await walk(*DUE)(firm.ravi)
    await walk("/users", "[Ravi Kumar]", "[🚫 Deactivate]")(firm.admin)
    return firm.ravi


async def _killed_while_saving(firm: "BusyFirm") -> Phone:
    await walk(*DUE)(firm.ravi)
    draft = firm.draft_of(firm.ravi)
    assert draft is not None
    firm.store.drafts.save(draft.model_copy(update={"saving": True}))
    return firm.ravi


async def _admin_and_partner(firm: "BusyFirm") -> Phone:
    await walk("/adduser Asha +91 98111 11111", "[✓ Add]", "/adduser", "Vijay")(firm.admin)
    await firm.admin.share_contact()
    await firm.admin.send(firm.code())
    return firm.admin


CARD = ("Ramesh", "[Ramesh Kumar]")

PLACES: dict[str, Place] = {
    "menu": _by(walk("/menu"), "ravi"),
    **{name: _by(way, "ravi") for name, way in PARTNER_STEPS.items()},
    "statement range": _by(walk(*CARD, "[📒 Statement]", "[Choose dates]"), "ravi"),
    "customer summary edited": _by(walk(*CARD, "[✎ Edit]"), "ravi"),
    "killed while saving": _killed_while_saving,
    "session over": _session_over,
    "deactivated": _deactivated,
    "admin's menu": _by(walk("/menu"), "admin"),
    **{name: _by(way, "admin") for name, way in ADMIN_STEPS.items()},
    "admin and partner": _admin_and_partner,
    "signed out": _by(walk("/start"), "gopal"),
    "code awaited": _code_awaited,
    "stranger": _by(walk("/start"), "mallory"),
}
"""By its name; the steps of forms by those of form and step."""
