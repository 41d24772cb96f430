"""The books as plain dictionaries, from the words of the rules: what the machine compares with.

Written from docs/decisions/0001 and 0003 and from what the docstrings of ``bot/payments.py`` and
``bot/reversals.py`` promise; it calls nothing of theirs. Amounts are paise.
"""

import datetime as dt
from dataclasses import dataclass, field

from bot.errors import (
    AlreadyReversed,
    BalanceChanged,
    InvalidAmount,
    NotAllowed,
    NotThere,
    UndoExpired,
    UserError,
)
from bot.invoices import NewInvoice
from bot.payments import NewPayment
from bot.reversals import NewReversal
from tests.ledger.firm import Order, Tap

Refusals = dict[type[UserError], str]
"""Each error with which an order may be refused, and what its text must name."""


@dataclass
class Account:
    """Of one customer. ``orders`` are the operations in the order in which they were posted."""

    advance: int = 0
    invoices: dict[str, dict] = field(default_factory=dict)
    orders: list[str] = field(default_factory=list)

    @property
    def due(self) -> dict[str, int]:
        """What is left to pay, by invoice, in the order in which money goes to them."""
        unpaid = {
            id: each["total"] - each["paid"]
            for id, each in self.invoices.items()
            if each["cancelled_by"] is None and each["paid"] < each["total"]
        }
        oldest = sorted(unpaid, key=lambda id: self.invoices[id]["oldness"])
        return {id: unpaid[id] for id in oldest}

    @property
    def net(self) -> int:
        return sum(self.due.values()) - self.advance

    def put(self, invoice_id: str, amount: int) -> None:
        """Move some of the advance to an invoice; negative moves it back."""
        self.advance -= amount
        self.invoices[invoice_id]["paid"] += amount

    def spread(self, money: int, only: str | None = None) -> dict[str, int]:
        """Put money to what is due, the oldest first: what went where."""
        went = {}
        for id, due in self.due.items():
            if only in (None, id) and money:
                went[id] = min(money, due)
                money -= went[id]
        for id, amount in went.items():
            self.put(id, amount)
        return went


class Model:
    def __init__(self, *customer_ids: str) -> None:
        self.accounts = {id: Account() for id in customer_ids}
        self.posted: dict[str, dict] = {}
        self.numbers = 0

    def seq(self, customer_id: str) -> int:
        return len(self.accounts[customer_id].orders)

    def uncancelled(self) -> list[str]:
        """The invoices in the books."""
        return [
            id
            for account in self.accounts.values()
            for id, invoice in account.invoices.items()
            if invoice["cancelled_by"] is None
        ]

    def not_undone(self) -> list[str]:
        """The operations that brought money, or used an advance, and still do."""
        return [
            op
            for op, entry in self.posted.items()
            if (entry["money"] or entry["kind"] == "apply") and entry["undone_by"] is None
        ]

    def customer_of(self, order: Order) -> str | None:
        """Whose money this order is about; None when it is about nothing that was posted."""
        if isinstance(order, NewInvoice | NewPayment):
            return order.customer_id
        target = order.on if isinstance(order, Tap) else order.target
        return self.posted[target]["customer"] if target in self.posted else None

    def already(self, order: Order) -> Order | None:
        """What was posted under the operation of this order. A tap has none of its own."""
        if isinstance(order, Tap) or order.op not in self.posted:
            return None
        return self.posted[order.op]["order"]

    def refusals(self, order: Order, standing_on: int | None, now: dt.datetime) -> Refusals:
        """Why an order that was never posted is refused; nothing when it is posted."""
        customer_id = self.customer_of(order)
        if customer_id is None:
            return {NotThere: ""}
        match order:
            case NewInvoice():
                refused: Refusals = {}
            case NewPayment():
                refused = self._payment_refused(order)
            case NewReversal():
                refused = self._reversal_refused(order)
            case Tap():
                return self._tap_refused(order, now)
        if standing_on not in (None, self.seq(customer_id)):
            refused[BalanceChanged] = "has changed"
        return refused

    def _payment_refused(self, order: NewPayment) -> Refusals:
        account = self.accounts[order.customer_id]
        due = account.due
        if order.invoice_id is not None and order.invoice_id not in due:
            return {NotThere: "Nothing is left to pay"}
        usable = min(
            account.advance, due[order.invoice_id] if order.invoice_id else sum(due.values())
        )
        too_much = order.from_advance and order.amount > usable
        return {InvalidAmount: "less"} if too_much else {}

    def _reversal_refused(self, order: NewReversal) -> Refusals:
        origin = self.posted[order.target]
        if order.invoice_id is not None:
            is_there = origin["kind"] == "invoice"
            by = self._cancelled_by(order.target) if is_there else None
        else:
            is_there = origin["money"] > 0 or origin["kind"] == "apply"
            by = origin["undone_by"]
        if not is_there:
            return {NotThere: ""}
        return {AlreadyReversed: self.posted[by]["by"]} if by else {}

    def _tap_refused(self, order: Tap, now: dt.datetime) -> Refusals:
        origin = self.posted[order.on]
        if origin["kind"] == "restore":
            return {NotAllowed: "no Undo"}
        by = self._taken_back_by(order.on)
        if by:
            return {AlreadyReversed: self.posted[by]["by"]}
        too_late = now - origin["at"] > dt.timedelta(minutes=10)
        return {UndoExpired: "ten minutes"} if too_late else {}

    def _cancelled_by(self, invoice_id: str) -> str | None:
        account = self.accounts[self.posted[invoice_id]["customer"]]
        return account.invoices[invoice_id]["cancelled_by"]

    def _taken_back_by(self, op: str) -> str | None:
        """The entry that took all of this operation back and is in force."""
        if op not in self.posted:
            return None
        origin = self.posted[op]
        if origin["kind"] == "invoice":
            return self._cancelled_by(op)
        return (
            origin["undone_by"]
            if origin["kind"] in ("payment", "apply")
            else origin["put_back_by"]
        )

    def post(self, op: str, order: Order, *, by: str, at: dt.datetime) -> None:
        """Take in what an order does once it is posted under this operation."""
        account = self.accounts[self.customer_of(order)]
        entry = {
            "order": order,
            "customer": self.customer_of(order),
            "by": by,
            "at": at,
            "money": 0,
            "went": {},
            "undone_by": None,
            "put_back_by": None,
        }
        match order:
            case NewInvoice():
                entry |= self._invoice(account, order)
            case NewPayment(from_advance=True):
                entry |= {"kind": "apply", "went": account.spread(order.amount, order.invoice_id)}
            case NewPayment():
                account.advance += order.amount
                went = account.spread(order.amount, order.invoice_id)
                entry |= {"kind": "payment", "money": order.amount, "went": went}
            case NewReversal():
                entry |= self._take_back(account, op, order.invoice_id, order.payment_id)
            case Tap():
                entry |= self._tap(account, op, order.on)
        entry["paid_on"] = [id for id, amount in entry["went"].items() if amount > 0]
        if entry.get("advance_used"):
            entry["paid_on"] = list(dict.fromkeys([op, *entry["paid_on"]]))
        self.posted[op] = entry
        account.orders.append(op)

    def _invoice(self, account: Account, order: NewInvoice) -> dict:
        """Money handed over goes to this invoice first; an advance pays what it does not cover."""
        self.numbers += 1
        total = order.items[0].price_per_unit
        cash = min(order.paid, total)
        advance_used = min(account.advance, total - cash)
        account.advance += order.paid
        older = account.spread(order.paid - cash)
        account.invoices[order.op] = {
            "total": total,
            "paid": 0,
            "oldness": (order.due_date, self.numbers),
            "number": self.numbers,
            "cancelled_by": None,
        }
        account.put(order.op, cash + advance_used)
        went = {order.op: cash, **older}
        return {
            "kind": "invoice",
            "money": order.paid,
            "went": {id: amount for id, amount in went.items() if amount},
            "advance_used": advance_used,
        }

    def _take_back(
        self, account: Account, op: str, invoice_id: str | None, payment_id: str | None
    ) -> dict:
        """What was paid on a cancelled invoice becomes advance.

        Money that goes is taken off what it had paid, then out of the advance, then off what an
        advance has paid since, then off what was paid last.
        """
        released: dict[str, int] = {}

        def release(id: str, at_most: int) -> None:
            paid = account.invoices[id]["paid"]
            if min(at_most, paid) > 0:
                account.put(id, -min(at_most, paid))
                released[id] = released.get(id, 0) + min(at_most, paid)

        if invoice_id is not None:
            release(invoice_id, account.invoices[invoice_id]["paid"])
            account.invoices[invoice_id]["cancelled_by"] = op
        if payment_id is not None:
            for id, amount in self.posted[payment_id]["went"].items():
                release(id, amount)
            account.advance -= self.posted[payment_id]["money"]
            for later in account.orders[account.orders.index(payment_id) + 1 :]:
                for id, amount in self._drawn(later).items():
                    release(id, min(amount, -account.advance))
            for earlier in reversed(account.orders):
                for id in self.posted[earlier]["paid_on"]:
                    release(id, -account.advance)
            self.posted[payment_id]["undone_by"] = op
        return {
            "kind": "cancel" if invoice_id else "undo",
            "invoice": invoice_id,
            "payment": payment_id,
            "released": released,
        }

    def _drawn(self, op: str) -> dict[str, int]:
        """What this operation took from the advance, by invoice, and has not given back."""
        entry = self.posted[op]
        if entry["kind"] == "apply" and not entry["undone_by"]:
            return entry["went"]
        return {op: entry["advance_used"]} if entry["kind"] == "invoice" else {}

    def _tap(self, account: Account, op: str, on: str) -> dict:
        """The invoice and its money, the payment, or what a cancel or an undo took."""
        origin = self.posted[on]
        if origin["kind"] == "invoice":
            has_money = origin["money"] and not origin["undone_by"]
            return self._take_back(account, op, on, on if has_money else None)
        if origin["kind"] in ("payment", "apply"):
            return self._take_back(account, op, None, on)
        return self._put_back(account, op, origin)

    def _put_back(self, account: Account, op: str, reversal: dict) -> dict:
        """Money goes back to where it was taken from, as far as that is open and there is some."""
        if reversal["invoice"]:
            account.invoices[reversal["invoice"]]["cancelled_by"] = None
        if reversal["payment"]:
            account.advance += self.posted[reversal["payment"]]["money"]
            self.posted[reversal["payment"]]["undone_by"] = None
        went = {}
        for id, amount in reversal["released"].items():
            went[id] = min(amount, account.due.get(id, 0), account.advance)
            account.put(id, went[id])
        reversal["put_back_by"] = op
        return {"kind": "restore", "went": went}
