"""The one form machine: ask → read → keep → next, the same for every flow.

A flow is a :class:`Form`: its answers (a frozen model), and its steps in order. A step is three
pure functions of a :class:`Moment` (what it asks, what typed text means, what a button means) and
one ``look`` that names what it needs to know from the books. The machine keeps the draft in the
store before anything is answered, so that a killed bot goes on at the same step; the draft's own
``step`` is the only truth about where a person is.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Generic, TypeVar

from markupsafe import Markup

from bot.desk import Desk, Who
from bot.errors import InvalidInput, UserError
from bot.i18n import _, fill
from handlers.screen import Act, Choice, Reply, Rows, Screen, grid
from storage.ids import new_id
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
        """A button of this very step of this very draft; elsewhere and later it is out of date."""
        return Choice(label, f"do:{self.draft.op}:{self.draft.step}:{token}")


class Step(Generic[A]):
    """One question. Subclasses say what it asks and what the answers mean."""

    name: ClassVar[str]
    optional: ClassVar[bool] = False
    save_now: ClassVar[bool] = False

    def look(self, desk: Desk, moment: Moment[A], act: Act | None) -> Any:
        """Read from the books what this step asks with (``act`` None) or reads an answer by."""
        del desk, moment, act

    def ask(self, moment: Moment[A]) -> Screen:
        """The question, with the buttons that answer it."""
        raise NotImplementedError

    def kept(self, moment: Moment[A]) -> str:
        """The present answer in words, offered to be kept; "" when there is none yet."""
        del moment
        return ""

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

    def question(self, moment: Moment[A]) -> Markup:
        """The question, with an example."""
        raise NotImplementedError

    def read(self, moment: Moment[A], text: str) -> Any:
        """Typed text as the value. Raises UserError."""
        raise NotImplementedError

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

    def edits(self) -> tuple[tuple[str, str], ...]:
        """(step, label) of each field that can be edited from here."""
        raise NotImplementedError

    def edit_rows(self, moment: Moment[A], columns: int = 3) -> Rows:
        return grid(
            [moment.choice(f"✎ {label}", f"to-{to}") for to, label in self.edits()], columns
        )

    def pressed(self, moment: Moment[A], token: str) -> Go[A] | None:
        if token == "save":
            return Go(moment.answers, SAVE)
        to = token.removeprefix("to-")
        return Go(moment.answers, to) if to in dict(self.edits()) else None


@dataclass(frozen=True)
class Form(Generic[A]):
    """A flow.

    Attributes:
        name: what a draft calls it.
        answers: the model of its answers.
        steps: in order; the last is the summary.
        title: the line above each question.
        finish: saves, by way of one use case, and says so.
        dropped: what Cancel answers.
        doubts: true when "Save now" must show the summary first.
        adopt: takes the id of what a form opened from this one has saved.
    """

    name: str
    answers: type[A]
    steps: tuple[Step[A], ...]
    title: Callable[[Moment[A]], Markup]
    finish: Callable[[Desk, Moment[A]], Reply]
    dropped: Callable[[], str]
    doubts: Callable[[Desk, Moment[A]], bool] = field(default=lambda _desk, _moment: False)
    adopt: Callable[[Desk, A, str], Go[A]] | None = None

    def step(self, name: str) -> Step[A]:
        """The step of this name, or the first (a draft of an earlier version may name another)."""
        return next((step for step in self.steps if step.name == name), self.steps[0])

    def following(self, name: str) -> str:
        names = [step.name for step in self.steps]
        return names[min(names.index(self.step(name).name) + 1, len(names) - 1)]


class FormMachine:
    """Runs every registered form over the drafts in the store."""

    def __init__(self, *forms: Form[Any]) -> None:
        self.forms = {form.name: form for form in forms}

    def begin(
        self, desk: Desk, who: Who, act: Act, flow: str, answers: Part, *, step: str = ""
    ) -> Reply:
        """Open a draft. The caller has made sure that no other one is in the way."""
        form = self.forms[flow]
        lying = desk.store.drafts.get(str(who.telegram_id))
        draft = Draft(
            id=str(who.telegram_id),
            op=new_id(),
            flow=flow,
            step=step or form.steps[0].name,
            answers=answers.stored(),
            rev=lying.rev if lying else 0,
            seen=act.update_id,
            chat_id=act.chat_id,
            updated_at=desk.clock.now(),
        )
        return (self._ask(desk, who, desk.store.drafts.save(draft)),)

    def ask(self, desk: Desk, who: Who, draft: Draft) -> Screen:
        """The question the draft stands at, as a new message."""
        return replace(self._ask(desk, who, draft), fresh=True)

    def title(self, desk: Desk, who: Who, draft: Draft) -> Markup:
        """What the draft is, in a line."""
        form = self.forms[draft.flow]
        return form.title(self._moment(desk, who, draft))

    def take(self, desk: Desk, who: Who, act: Act, draft: Draft) -> Reply:
        """Let the person's answer do its work. What cannot be read keeps the draft as it is."""
        if act.update_id == draft.seen:
            return (self.ask(desk, who, draft),)
        step = self.forms[draft.flow].step(draft.step)
        moment = self._moment(desk, who, draft)
        try:
            moment = replace(moment, facts=step.look(desk, moment, act))
            if act.press:
                return self._press(desk, act, moment, step)
            go = step.typed(moment, act.text) if act.text else step.sent(moment, act)
            return self._go(desk, act, moment, go)
        except UserError as error:
            return (self.ask(desk, who, draft).headed(fill("⚠️ {error}", error=error)),)

    def cancel(self, desk: Desk, who: Who, draft: Draft) -> Reply:
        """Drop the draft on purpose; one that waits behind it goes on."""
        form = self.forms[draft.flow]
        said = Screen(fill("{text}", text=form.dropped()))
        if draft.parent is None:
            desk.store.drafts.drop(draft.id, draft.rev)
            return (said,)
        parent = Draft.read(draft.parent).model_copy(update={"rev": draft.rev})
        return (said, self.ask(desk, who, desk.store.drafts.save(parent)))

    def _press(self, desk: Desk, act: Act, moment: Moment[Any], step: Step[Any]) -> Reply:
        draft, who = moment.draft, moment.who
        token = act.press.split(":", 3)[3]
        go: Go[Any] | None
        match token:
            case "cancel":
                return self.cancel(desk, who, draft)
            case "back":
                back = draft.trail[-1] if draft.trail else draft.step
                moved = {"step": back, "trail": draft.trail[:-1]}
                return self._move(desk, act, moment, moved)
            case "skip" if step.optional:
                go = step.skipped(moment)
            case "keep" if step.kept(moment):
                go = Go(moment.answers)
            case "now" if step.save_now:
                doubtful = self.forms[draft.flow].doubts(desk, moment)
                go = Go(moment.answers, SUMMARY if doubtful else SAVE)
            case _:
                go = step.pressed(moment, token)
        if go is None:
            return (replace(self.ask(desk, who, draft), toast=_("This button is out of date.")),)
        return self._go(desk, act, moment, go)

    def _go(self, desk: Desk, act: Act, moment: Moment[Any], go: Go[Any]) -> Reply:
        draft = moment.draft
        if isinstance(go, Within):
            return self._open_within(desk, moment.who, act, draft, go)
        if go.step == SAVE:
            return self._finish(desk, replace(moment, answers=go.answers))
        return self._move(desk, act, moment, self._onward(draft, go))

    def _onward(self, draft: Draft, go: Go[Any]) -> dict[str, Any]:
        """What changes in a draft that goes on from where it stands."""
        following = self.forms[draft.flow].following(draft.step)
        to = go.step or (SUMMARY if draft.editing else following)
        return {
            "answers": go.answers.stored(),
            "step": to,
            "trail": _walked(draft.trail, draft.step, to),
            "editing": draft.editing or draft.step == SUMMARY,
        }

    def _move(self, desk: Desk, act: Act, moment: Moment[Any], changes: dict[str, Any]) -> Reply:
        moved = moment.draft.model_copy(
            update={**changes, "seen": act.update_id, "updated_at": desk.clock.now()}
        )
        if moved.step == SUMMARY:
            moved = moved.model_copy(update={"editing": False})
        return (self._ask(desk, moment.who, desk.store.drafts.save(moved)),)

    def _open_within(
        self, desk: Desk, who: Who, act: Act, draft: Draft, go: "Within[Any]"
    ) -> Reply:
        waiting = draft.model_copy(update={"answers": go.answers.stored(), "seen": act.update_id})
        inner = waiting.model_copy(
            update={
                "op": new_id(),
                "flow": go.flow,
                "step": go.step,
                "answers": go.start.stored(),
                "trail": [],
                "editing": False,
                "parent": waiting.stored(),
                "updated_at": desk.clock.now(),
            }
        )
        return (self._ask(desk, who, desk.store.drafts.save(inner)),)

    def _finish(self, desk: Desk, moment: Moment[Any]) -> Reply:
        draft = moment.draft
        done = self.forms[draft.flow].finish(desk, moment)
        if draft.parent is None:
            desk.store.drafts.drop(draft.id, draft.rev)
            return done
        parent = Draft.read(draft.parent)
        outer = self.forms[parent.flow]
        assert outer.adopt is not None, f"{outer.name} opens forms but adopts none"  # noqa: S101
        go = outer.adopt(desk, outer.answers.read(parent.answers), draft.op)
        going_on = parent.model_copy(update={**self._onward(parent, go), "rev": draft.rev})
        return (*done, self.ask(desk, moment.who, desk.store.drafts.save(going_on)))

    def _moment(self, desk: Desk, who: Who, draft: Draft) -> Moment[Any]:
        return Moment(
            who=who,
            draft=draft,
            answers=self.forms[draft.flow].answers.read(draft.answers),
            today=desk.clock.today(),
            currency=desk.settings.currency,
            region=desk.settings.default_region,
        )

    def _ask(self, desk: Desk, who: Who, draft: Draft) -> Screen:
        form = self.forms[draft.flow]
        step = form.step(draft.step)
        moment = self._moment(desk, who, draft)
        moment = replace(moment, facts=step.look(desk, moment, None))
        screen = step.ask(moment).headed(form.title(moment))
        return replace(screen, choices=screen.choices + _controls(step, moment))


def _walked(trail: list[str], left: str, to: str) -> list[str]:
    """The way back. Coming again to a step that is on it cuts the loop off."""
    if to == left:
        return trail
    walked = [*trail, left]
    return walked[: walked.index(to)] if to in walked else walked


def _controls(step: Step[Any], moment: Moment[Any]) -> Rows:
    kept = step.kept(moment)
    keep = [moment.choice(_("✓ Keep {value}").format(value=kept), "keep")] if kept else []
    onward = []
    if step.optional:
        onward.append(moment.choice(_("Leave empty") if kept else _("Skip"), "skip"))
    if step.save_now:
        onward.append(moment.choice(_("Save now"), "now"))
    leave = [moment.choice(_("‹ Back"), "back")] if moment.draft.trail else []
    leave.append(moment.choice(_("✕ Cancel"), "cancel"))
    return tuple(tuple(row) for row in (keep, onward, leave) if row)
