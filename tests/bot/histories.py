"""All that may happen to one customer's account, in any order, as a strategy."""

import datetime as dt

from hypothesis import strategies as st

from storage.models import EntryKind, LedgerEntry
from tests.bot.ledger_of_one import FIRST_DAY, LedgerOfOne


class History(LedgerOfOne):
    """Every entry is of a day of its own: what is said of a day can only be of that entry."""

    def entry_of(self, day: dt.date) -> LedgerEntry:
        return self.entries[(day - FIRST_DAY).days]

    @property
    def in_the_books(self) -> list[str]:
        account = self.account
        return [id for id in account.invoices if id not in account.cancelled]

    @property
    def payments(self) -> list[LedgerEntry]:
        """With which money came to us, undone by now or not."""
        with_money = (EntryKind.INVOICE, EntryKind.PAYMENT)
        return [entry for entry in self.entries if entry.kind in with_money and entry.paid]

    @property
    def undoable(self) -> list[str]:
        uses = [entry for entry in self.entries if entry.kind is EntryKind.APPLY]
        undone = self.account.undone
        return [entry.op for entry in [*self.payments, *uses] if entry.op not in undone]

    @property
    def slips(self) -> list[LedgerEntry]:
        """The cancels and undos that can be taken back."""
        account = self.account
        kinds = (EntryKind.CANCEL, EntryKind.UNDO)
        return [one for one in self.entries if one.kind in kinds and account.in_force(one)]

    def trade(self, op: str, what: str, pick: int, amount: int) -> None:
        """Do this; nothing where it cannot be done at the moment."""
        match what:
            case "sell":
                self.invoice(op, amount, due_in=pick)
            case "sell for cash":
                self.invoice(op, amount, amount * pick // 4, due_in=pick)
            case "bring in":
                self.invoice(op, amount, amount * pick // 8, kind=EntryKind.OPENING)
            case "receive":
                self.pay(op, amount)
            case "receive for one":
                for id in one_of([*self.due], pick):
                    self.pay(op, amount, only=id)
            case "use the advance":
                if most := min(self.advance, sum(self.due.values())):
                    self.apply(op, min(most, amount))

    def think_again(self, op: str, what: str, pick: int) -> None:
        """Likewise."""
        match what:
            case "cancel":
                for id in one_of(self.in_the_books, pick):
                    self.take_back(op, invoice=id)
            case "undo":
                for payment in one_of(self.undoable, pick):
                    self.take_back(op, payment=payment)
            case "cancel and undo":
                for id in one_of(self.in_the_books, pick):
                    self.take_back(op, invoice=id, payment=id if id in self.undoable else None)
            case "put back":
                for slip in one_of(self.slips, pick):
                    self.put_back(op, slip)

    def _append(self, entry: LedgerEntry) -> LedgerEntry:
        day = FIRST_DAY + dt.timedelta(days=len(self.entries))
        return super()._append(entry.model_copy(update={"date": day}))


def one_of(among: list, pick: int) -> list:
    """One of them, where there is any."""
    return [among[pick % len(among)]] if among else []


TRADING = ("sell", "sell for cash", "bring in", "receive", "receive for one", "use the advance")
THINKING_AGAIN = ("cancel", "undo", "cancel and undo", "put back")

picks = st.integers(0, 7)
acts = st.one_of(
    st.tuples(st.sampled_from(TRADING), picks, st.integers(1, 400)),
    st.tuples(st.sampled_from(THINKING_AGAIN), picks),
)


def lived(acts: list[tuple]) -> History:
    history = History()
    history.invoice("0", 300)
    for number, (what, *how) in enumerate(acts, 1):
        do = history.trade if what in TRADING else history.think_again
        do(str(number), what, *how)
    return history


histories = st.lists(acts, min_size=12, max_size=30).map(lived)
