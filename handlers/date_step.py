"""A day of today or before: the question that a form asks from its summary."""

import datetime as dt
from abc import abstractmethod
from typing import ClassVar, TypeVar

from markupsafe import Markup

from bot.dates import format_date, parse_date
from bot.i18n import _
from handlers.form import SUMMARY, Go, Moment, Step
from handlers.screen import Screen
from storage.models import Part

A = TypeVar("A", bound=Part)

OLDEST = dt.timedelta(days=366)


class AskDate(Step[A]):
    """Keeps the answer ``attribute``; None there means today."""

    name = "date"
    attribute: ClassVar[str]

    @abstractmethod
    def question(self) -> Markup:
        """What the day is of, with an example."""

    def ask(self, moment: Moment[A]) -> Screen:
        row = (
            moment.choice(_("Today"), f"day-{moment.today}"),
            moment.choice(_("Yesterday"), f"day-{moment.today - dt.timedelta(days=1)}"),
        )
        return Screen(self.question(), (row,))

    def kept(self, moment: Moment[A]) -> str:
        return format_date(getattr(moment.answers, self.attribute) or moment.today)

    def typed(self, moment: Moment[A], text: str) -> Go[A]:
        today = moment.today
        date = parse_date(text, today=today, earliest=today - OLDEST, latest=today, forward=False)
        return self._date(moment, date)

    def pressed(self, moment: Moment[A], token: str) -> Go[A] | None:
        date = day_of(token.removeprefix("day-"))
        if date is None or not moment.today - OLDEST <= date <= moment.today:
            return None
        return self._date(moment, date)

    def _date(self, moment: Moment[A], date: dt.date) -> Go[A]:
        return Go(moment.answers.model_copy(update={self.attribute: date}), SUMMARY)


def day_of(text: str) -> dt.date | None:
    """The day that a button names."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
