"""The deed by which people get anywhere: an answer that the step takes at which they stand."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.people import Person
from tests.flows.deeds import datas

if TYPE_CHECKING:
    from tests.flows.busy_firm import BusyFirm


@dataclass(frozen=True)
class GoesOn:
    """With what they are in the middle of, by a button or words that it takes; or begins.

    Whoever is not let in signs in.
    """

    pick: int

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        if person.user_id not in firm.look().known:
            await self._sign_in(firm, person)
            return
        draft, newest = firm.draft_at(person), firm.newest_of(person)
        if draft is None:
            person.send(BEGINNINGS[self.pick % len(BEGINNINGS)])
            return
        this = f"do:{draft['op']}:{draft['rev']}:"
        buttons = [
            data
            for data in (datas(newest) if newest else ())
            if data.startswith(this) and data != f"{this}cancel"
        ]
        onward = [one for one in buttons if one.removeprefix(this).startswith(ONWARD)]
        choices = [*buttons, *onward * 4, *ANSWERS.get(draft["step"], ()) * 2] or ["/menu"]
        choice = choices[self.pick % len(choices)]
        if newest is not None and choice in buttons:
            person.tap(newest.message, choice)
        else:
            person.send(choice)

    async def _sign_in(self, firm: "BusyFirm", person: Person) -> None:
        if self.pick % 2:
            person.share_contact()
        else:
            person.send(firm.newest_code())


BEGINNINGS = ("/invoice", "/payment", "/customer", "Ramesh Kumar", "/adduser", "/firm")

ONWARD = ("save", "done", "keep", "skip", "nothing", "full", "oldest", "day-", "often-", "advance")
"""How the tokens of buttons begin that lead on."""

ANSWERS = {
    "customer": ("Ramesh Kumar", "Balwinder Singh"),
    "item": ("wheat 52 2425", "rice 10 bori 3200", "rice"),
    "quantity": ("10", "7.5"),
    "price": ("3200",),
    "paid": ("500", "0", "9000000"),
    "due": ("+15", "30"),
    "date": ("15/7", "kal"),
    "amount": ("50000", "700 upi 4821", "9000000 cash"),
    "method": ("upi", "cash"),
    "reference": ("4821",),
    "reason": ("goods returned",),
    "range": ("april", "1/4 - 30/6"),
    "name": ("Suresh", "Vijay", "Khanna Grain"),
    "phone": ("98765 00000", "98765 43288", "98765 43277"),
    "email": ("a@skwerl.example",),
    "address": ("Shop 4, Khanna",),
    "number": ("KGM",),
    "terms": ("Blimfed wheat is not taken back",),
    "upi": ("kgm@okbank",),
}
"""What the steps of these names take."""
