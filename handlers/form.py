"""What a flow is made of: a form, its steps, and where each answer leads.

A flow is a :class:`Form`: its answers (a frozen model), and its steps in order. A step is three
pure functions of a :class:`Moment` (what it asks, what typed text means, what a button means) and
one ``look`` that names what it needs to know from the books. ``form_machine.py`` runs them.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from markupsafe import Markup

from bot.desk import Desk, Who
from bot.errors import InvalidInput
from bot.i18n import _
from handlers.screen import Act, Choice, Reply, Rows, Screen, grid
from storage.models import Draft, Part

A = TypeVar("A", bound=Part)

SAVE = "!save"
"""Where :class:`Go` leads when the form is complete."""

SUMMARY = "summary"


@dataclass(frozen=True)
class Go(Generic[A]):
    """Where a step leads: the answers so far, and the next step ("" is the one that follows)."""

    answers: A
    step: str = ""


@dataclass(frozen=True)
class Within(Go[A]):
    """Leads into another form, whose saving comes back to this one by ``Form.adopt``."""

    flow: str = ""
    start: Part = field(default_factory=Part)


@dataclass(frozen=True)
class Moment(Generic[A]):
    """All that a step may look at. ``facts`` is what its own ``look`` returned."""

    who: Who
    draft: Draft
    answers: A
    today: dt.date
    currency: str
    region: str
    facts: Any = None

    def choice(self, label: str, token: str) -> Choice:
        """A button of the draft as it is now: once that has changed, it is out of date."""
        return Choice(label, f"do:{self.draft.op}:{self.draft.rev}:{token}")


class Step(ABC, Generic[A]):
    """One question. Subclasses say what it asks and what the answers mean."""

    name: ClassVar[str]
    optional: ClassVar[bool] = False
    save_now: ClassVar[bool] = False

    def look(self, desk: Desk, moment: Moment[A], act: Act | None) -> Any:
        """Fetch what this step asks with (``act`` None), or what it reads this answer by."""
        del desk, moment, act

    @abstractmethod
    def ask(self, moment: Moment[A]) -> Screen:
        """The question, with the buttons that answer it."""

    def kept(self, moment: Moment[A]) -> str:
        """The present answer in words, offered to be kept; "" when there is none yet."""
        del moment
        return ""

    def keep(self, moment: Moment[A]) -> Go[A]:
        """Go on with the present answer (only asked when there is one)."""
        return Go(moment.answers)

    def typed(self, moment: Moment[A], text: str) -> Go[A]:
        """Read typed text. Raises UserError with what is right, and an example."""
        raise InvalidInput(_("Please choose one of the buttons."))

    def pressed(self, moment: Moment[A], token: str) -> Go[A] | None:
        """Read a button of this step; None when it means nothing (any more)."""
        del moment, token
        return None

    def sent(self, moment: Moment[A], act: Act) -> Go[A]:
        """Read a picture or a contact card."""
        raise InvalidInput(_("I cannot use this here. Please answer the question below."))

    def skipped(self, moment: Moment[A]) -> Go[A]:
        """Go on without an answer (only asked of an optional step)."""
        return Go(moment.answers)


class Field(Step[A]):
    """A step that keeps one value: the answer ``attribute``, or that of its own name."""

    attribute: ClassVar[str] = ""

    @abstractmethod
    def question(self, moment: Moment[A]) -> Markup:
        """The question, with an example."""

    @abstractmethod
    def read(self, moment: Moment[A], text: str) -> Any:
        """Typed text as the value. Raises UserError."""

    def show(self, moment: Moment[A], value: Any) -> str:
        """The value in words."""
        del moment
        return str(value)

    def value(self, moment: Moment[A]) -> Any:
        return getattr(moment.answers, self.attribute or self.name)

    def ask(self, moment: Moment[A]) -> Screen:
        return Screen(self.question(moment))

    def kept(self, moment: Moment[A]) -> str:
        value = self.value(moment)
        return self.show(moment, value) if value else ""

    def typed(self, moment: Moment[A], text: str) -> Go[A]:
        return self.with_value(moment, self.read(moment, text))

    def skipped(self, moment: Moment[A]) -> Go[A]:
        return self.with_value(moment, None)

    def with_value(self, moment: Moment[A], value: Any) -> Go[A]:
        return Go(moment.answers.model_copy(update={self.attribute or self.name: value}))


class Summary(Step[A]):
    """The last step: everything at a glance, each field to be edited, and Save."""

    name = SUMMARY

    @abstractmethod
    def edits(self) -> tuple[tuple[str, str], ...]:
        """(step, label) of each field that can be edited from here."""

    def edit_rows(self, moment: Moment[A], columns: int = 3) -> Rows:
        return grid(
            [moment.choice(f"✎ {label}", f"to-{to}") for to, label in self.edits()], columns
        )

    def typed(self, moment: Moment[A], text: str) -> Go[A]:
        raise InvalidInput(
            _("Only the buttons count here: tap ✓ to save this, or ✎ to change it.")
        )

    def pressed(self, moment: Moment[A], token: str) -> Go[A] | None:
        if token == "save":
            return Go(moment.answers, SAVE)
        to = token.removeprefix("to-")
        return Go(moment.answers, to) if to in dict(self.edits()) else None


@dataclass(frozen=True)
class Start(Generic[A]):
    """Where a form opens. ``said``: the answers came from the person, who may go back over them.

    ``again`` is the button that opens it once what is in the way is dropped, where that cannot be
    the one that was pressed.
    """

    answers: A
    step: str = ""
    said: bool = False
    again: str = ""


@dataclass(frozen=True)
class Form(Generic[A]):
    """A flow.

    Attributes:
        name: what a draft calls it.
        answers: the model of its answers.
        steps: in order; the last is the summary.
        title: the line above each question.
        finish: saves, by way of one use case, and says so.
        receipt: says so again of a draft, or gives None when nothing was saved of it; None of a
            form that saves nothing, and can be finished again.
        dropped: what Cancel answers.
        doubts: true when "Save now" must show the summary first.
        adopt: takes the id of what a form opened from this one has saved.
        starts: by the verb of a button ``verb:object``, how the form opens about that object.
        leave: the label of the button that drops it.
        admin: it is the admin's, signed in as a partner or not; else it is the partners'.
    """

    name: str
    answers: type[A]
    steps: tuple[Step[A], ...]
    title: Callable[[Moment[A]], Markup]
    finish: Callable[[Desk, Moment[A]], Reply]
    receipt: Callable[[Desk, Draft], Reply | None] | None
    dropped: Callable[[], str]
    doubts: Callable[[Desk, Moment[A]], bool] = field(default=lambda _desk, _moment: False)
    adopt: Callable[[Desk, A, str], Go[A]] | None = None
    starts: Mapping[str, Callable[[Desk, str], Start[A]]] = field(default_factory=dict)
    leave: Callable[[], str] = field(default=lambda: _("✕ Cancel"))
    admin: bool = False

    def step(self, name: str) -> Step[A]:
        """The step of this name, or the first (a draft of an earlier version may name another)."""
        return next((step for step in self.steps if step.name == name), self.steps[0])

    def before(self, name: str) -> list[str]:
        """The steps on the straight way to this one."""
        names = [step.name for step in self.steps]
        return names[: names.index(self.step(name).name)]

    def following(self, name: str) -> str:
        names = [step.name for step in self.steps]
        return names[min(names.index(self.step(name).name) + 1, len(names) - 1)]
