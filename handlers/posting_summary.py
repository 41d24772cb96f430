"""The last step of every form that posts to the ledger: what it would do, and Save."""

from abc import abstractmethod
from typing import Any, TypeVar

from markupsafe import Markup

from bot.desk import Desk
from bot.errors import BalanceChanged, UserError
from bot.i18n import _, fill
from handlers.form import SAVE, Go, Moment, Summary
from handlers.screen import Act, Screen
from storage.models import Part

A = TypeVar("A", bound=Part)


class PostingSummary(Summary[A]):
    """Shows what saving would do to the balance, and saves only what was shown.

    The Save button carries the number of the ledger entry that the figures stand on, and the day.
    When another partner posted on this customer meanwhile, or midnight has passed, it is refused
    and the new figures are shown; the ledger itself checks the entry again as it posts. (What the
    draft holds cannot have changed: no button outlives that.)
    """

    def look(self, desk: Desk, moment: Moment[A], act: Act | None) -> Any:
        """The figures; or why this cannot be posted as it is, so that it can be edited."""
        try:
            return self.preview(desk, moment)
        except UserError as error:
            return error

    @abstractmethod
    def preview(self, desk: Desk, moment: Moment[A]) -> Any:
        """The figures. Raises UserError when it cannot be posted as it is."""

    @abstractmethod
    def stands_on(self, moment: Moment[A]) -> str:
        """What the figures stand on besides the draft: the entry's ``seq``, and the day."""

    @abstractmethod
    def save_label(self) -> str: ...

    @abstractmethod
    def head(self, moment: Moment[A]) -> Markup:
        """What is to be saved."""

    @abstractmethod
    def figures(self, moment: Moment[A]) -> Markup:
        """What saving it does."""

    def ask(self, moment: Moment[A]) -> Screen:
        head = self.head(moment)
        if isinstance(moment.facts, UserError):
            wrong = fill("\n\n⚠️ {error}", error=moment.facts)
            return Screen(head + wrong, self.edit_rows(moment))
        text = head + Markup("\n\n") + self.figures(moment)
        save = (moment.choice(self.save_label(), f"save-{self.stands_on(moment)}"),)
        return Screen(text, (save, *self.edit_rows(moment)))

    def pressed(self, moment: Moment[A], token: str) -> Go[A] | None:
        verb, _dash, shown = token.partition("-")
        if verb != "save":
            return super().pressed(moment, token)
        if isinstance(moment.facts, UserError):
            raise moment.facts
        if shown != self.stands_on(moment):
            raise BalanceChanged(
                _("The balance or the day has changed since this was shown. Look, then save.")
            )
        return Go(moment.answers, SAVE)
