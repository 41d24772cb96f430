"""A picture: the question of any form that keeps one."""

from abc import abstractmethod
from typing import TypeVar

from bot.desk import Desk
from bot.errors import InvalidInput
from bot.i18n import _
from bot.images import keep_picture
from handlers.form import Field, Go, Moment
from handlers.screen import Act
from storage.models import Part

A = TypeVar("A", bound=Part)


class AskPicture(Field[A]):
    """Keeps the id of the picture that was sent."""

    optional = True

    @abstractmethod
    def owner(self, moment: Moment[A]) -> str:
        """Who is on record as having sent it."""

    def look(self, desk: Desk, moment: Moment[A], act: Act | None) -> str | None:
        """Keep a picture that came in; the fact is its id."""
        if act is None or act.picture is None:
            return None
        fetch, size = act.picture.fetch, act.picture.size
        return keep_picture(desk.store, fetch, size=size, owner=self.owner(moment))

    def read(self, moment: Moment[A], text: str) -> str:
        raise _not_a_picture()

    def sent(self, moment: Moment[A], act: Act) -> Go[A]:
        if act.picture is None:
            raise _not_a_picture()
        return self.with_value(moment, moment.facts)


def _not_a_picture() -> InvalidInput:
    return InvalidInput(_("Send a picture with the paper clip, or skip this."))
