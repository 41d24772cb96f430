"""The one form machine: ask → read → keep → next, the same for every flow.

It keeps the draft in the store before anything is answered, so that a killed bot goes on at the
same step; the draft's own ``step`` is the only truth about where a person is. Before it saves what
a form has made, it notes so in the draft: :meth:`FormMachine.settle` then finds out, whatever
happened, whether it was saved, and nobody types it again or edits what is posted.
"""

import datetime as dt
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from bot.desk import Desk, Who
from bot.errors import BalanceChanged, UserError
from bot.i18n import _, fill
from handlers.form import SAVE, SUMMARY, Form, Go, Moment, Start, Step, Within
from handlers.screen import LASTING, Act, Reply, Rows, Screen
from storage.ids import new_id
from storage.models import Draft

LOOKING = dt.timedelta(seconds=2)
"""What anybody needs to see what has come: what they press sooner was meant for what was there."""

REMEMBERED = 50
"""Updates that a draft knows it has taken; Telegram hands out at most 100 again, rarely over 2."""


class FormMachine:
    """Runs every registered form over the drafts in the store."""

    def __init__(self, *forms: Form[Any]) -> None:
        self.forms = {form.name: form for form in forms}

    def begin(
        self,
        desk: Desk,
        who: Who,
        act: Act,
        flow: str,
        start: Start[Any],
    ) -> Reply:
        """Open a draft. The caller has made sure that no other one is in the way."""
        form = self.forms[flow]
        lying = desk.store.drafts.get(who.owner)
        draft = Draft(
            id=who.owner,
            op=new_id(),
            flow=flow,
            step=start.step or form.steps[0].name,
            answers=start.answers.stored(),
            trail=form.before(start.step) if start.said else [],
            rev=lying.rev if lying else 0,
            touched=start.said,
            seen=[act.update_id],
            chat_id=act.chat_id,
            beside=act.pressed_in if act.press.startswith(LASTING) else None,
            updated_at=desk.clock.now(),
        )
        return (self._ask(desk, who, desk.store.drafts.save(draft)),)

    def has_just_begun(self, desk: Desk, draft: Draft) -> bool:
        """Whether nobody can have read the first question yet: of two quick taps, the second."""
        return len(draft.seen) == 1 and desk.clock.now() - draft.updated_at < LOOKING

    def ask(self, desk: Desk, who: Who, draft: Draft) -> Screen:
        """The question the draft stands at, as a new message."""
        return replace(self._ask(desk, who, draft), fresh=True)

    def title(self, desk: Desk, who: Who, draft: Draft) -> Markup:
        """What the draft is, in a line; after the one that waits for it."""
        form = self.forms[draft.flow]
        title = form.title(self._moment(desk, who, draft))
        if draft.parent is None:
            return title
        waiting = self.title(desk, who, Draft.read(draft.parent))
        return fill("{waiting} › {title}", waiting=waiting, title=title)

    def take(self, desk: Desk, who: Who, act: Act, draft: Draft) -> Reply:
        """Let the person's answer do its work. What cannot be read keeps the draft as it is."""
        if self.began_saving(act, draft):
            return self._go_on_saving(desk, who, act, draft)
        if act.update_id in draft.seen:
            return (self._ask(desk, who, draft),)
        step = self.forms[draft.flow].step(draft.step)
        moment = self._moment(desk, who, draft)
        try:
            moment = replace(moment, facts=step.look(desk, moment, act))
            if act.press:
                return self._press(desk, act, moment, step)
            go = step.typed(moment, act.text) if act.text else step.sent(moment, act)
            return self._go(desk, act, moment, go)
        except UserError as error:
            return self._refused(desk, who, draft, error)

    def began_saving(self, act: Act, draft: Draft) -> bool:
        """Whether this very update was saving the draft when the bot died, or the store went."""
        return act.again and draft.saving and draft.seen[-1:] == [act.update_id]

    def ended(self, desk: Desk, who: Who, act: Act) -> Reply:
        """What ended a form, and may not have been answered, is answered so.

        Without this nobody could tell that the form was there: text would be taken for a search.

        Raises:
            UserError: it cannot be told any more, or is not theirs by now.
        """
        draft = desk.store.inbox.ended(act.update_id) if act.again else None
        if draft is None:
            return ()
        form = self.forms[draft.flow]
        who.check(admin=form.admin)
        if not draft.saving:
            return (_dropped(form),)
        if form.receipt is None:
            return form.finish(desk, self._moment(desk, who, draft))
        return form.receipt(desk, draft) or ()

    def settle(self, desk: Desk, who: Who, draft: Draft) -> tuple[Reply, Draft | None]:
        """What has become of a draft: its receipt when it was being saved, and was; what goes on.

        A bot that was killed while it saved leaves that open. What was not saved stands at its
        summary again, with the figures of now.
        """
        if not draft.saving:
            return (), draft
        told = self.forms[draft.flow].receipt
        receipt = told(desk, draft) if told else None
        if receipt is None:
            return (), desk.store.drafts.save(draft.model_copy(update={"saving": False}))
        return receipt, self._leave(desk, draft)

    def cancel(self, desk: Desk, who: Who, act: Act, draft: Draft) -> Reply:
        """Drop the draft on purpose; one that waits behind it goes on, and is not dropped too."""
        if act.update_id in draft.seen:
            return (self._ask(desk, who, draft),)
        said = _dropped(self.forms[draft.flow])
        parent: Draft | None = None
        if draft.parent is None:
            desk.store.drafts.drop(draft.id, draft.rev)
        else:
            waiting = Draft.read(draft.parent)
            parent = desk.store.drafts.save(_taken(waiting, act, desk, rev=draft.rev))
        desk.store.inbox.note_ended(act.update_id, draft)
        return (said, self.ask(desk, who, parent)) if parent else (said,)

    def _go_on_saving(self, desk: Desk, who: Who, act: Act, draft: Draft) -> Reply:
        """What is saved by now is told; what is not is asked anew whether it may be.

        Who pressed Save meant the figures that they saw, and in between another may have posted.
        """
        told = self.forms[draft.flow].receipt
        if told and (receipt := told(desk, draft)):
            desk.store.inbox.note_ended(act.update_id, draft)
            waiting = self._leave(desk, draft)
            return (*receipt, self.ask(desk, who, waiting)) if waiting else receipt
        before = {"saving": False, "seen": draft.seen[:-1]}
        return self.take(desk, who, act, draft.model_copy(update=before))

    def _refused(self, desk: Desk, who: Who, draft: Draft, error: UserError) -> Reply:
        _done, now = self.settle(desk, who, desk.store.drafts.get(draft.id) or draft)
        if now is not None and isinstance(error, BalanceChanged):
            changed = {"changed_at": desk.clock.now()}
            now = desk.store.drafts.save(now.model_copy(update=changed))
        return (self.ask(desk, who, now or draft).headed(fill("⚠️ {error}", error=error)),)

    def _press(self, desk: Desk, act: Act, moment: Moment[Any], step: Step[Any]) -> Reply:
        draft, who = moment.draft, moment.who
        token = act.press.split(":", 3)[3]
        go: Go[Any] | None
        if token.startswith("save") and _just_changed(desk, draft):
            return (Screen(toast=_("The figures have changed: look, then save.")),)
        match token:
            case "cancel":
                return self.cancel(desk, who, act, draft)
            case "back":
                back = draft.trail[-1] if draft.trail else draft.step
                moved = {"step": back, "trail": draft.trail[:-1]}
                return self._move(desk, act, moment, moved)
            case "skip" if step.optional:
                go = step.skipped(moment)
            case "keep" if step.kept(moment):
                go = step.keep(moment)
            case "now" if step.save_now:
                doubtful = self.forms[draft.flow].doubts(desk, moment)
                go = Go(moment.answers, SUMMARY if doubtful else SAVE)
            case _:
                go = step.pressed(moment, token)
        if go is None:
            return (replace(self.ask(desk, who, draft), toast=_("This button is out of date.")),)
        return self._go(desk, act, moment, go)

    def _go(self, desk: Desk, act: Act, moment: Moment[Any], go: Go[Any]) -> Reply:
        if isinstance(go, Within):
            return self._open_within(desk, act, moment, go)
        if go.step == SAVE:
            return self._finish(desk, act, replace(moment, answers=go.answers))
        return self._move(desk, act, moment, self._onward(moment.draft, go))

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
        moved = _taken(moment.draft, act, desk, **changes)
        if moved.step == SUMMARY:
            moved = moved.model_copy(update={"editing": False})
        return (self._ask(desk, moment.who, desk.store.drafts.save(moved)),)

    def _open_within(self, desk: Desk, act: Act, moment: Moment[Any], go: Within[Any]) -> Reply:
        waiting = _taken(moment.draft, act, desk, answers=go.answers.stored())
        inner = waiting.model_copy(
            update={
                "op": new_id(),
                "flow": go.flow,
                "step": go.step,
                "answers": go.start.stored(),
                "trail": [],
                "editing": False,
                "parent": waiting.stored(),
            }
        )
        return (self._ask(desk, moment.who, desk.store.drafts.save(inner)),)

    def _finish(self, desk: Desk, act: Act, moment: Moment[Any]) -> Reply:
        answers = moment.answers.stored()
        draft = desk.store.drafts.save(
            _taken(moment.draft, act, desk, answers=answers, saving=True)
        )
        done = self.forms[draft.flow].finish(desk, moment)
        desk.store.inbox.note_ended(act.update_id, draft)
        waiting = self._leave(desk, draft)
        return (*done, self.ask(desk, moment.who, waiting)) if waiting else done

    def _leave(self, desk: Desk, draft: Draft) -> Draft | None:
        """Be done with a draft that was saved; the one that waits for it takes what it made."""
        if draft.parent is None:
            desk.store.drafts.drop(draft.id, draft.rev)
            return None
        parent = Draft.read(draft.parent)
        outer = self.forms[parent.flow]
        assert outer.adopt is not None, f"{outer.name} opens forms but adopts none"  # noqa: S101
        go = outer.adopt(desk, outer.answers.read(parent.answers), draft.op)
        going_on = parent.model_copy(update={**self._onward(parent, go), "rev": draft.rev})
        return desk.store.drafts.save(going_on)

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
        return replace(screen, choices=screen.choices + _controls(form, step, moment))


def _just_changed(desk: Desk, draft: Draft) -> bool:
    """Whether nobody can have read the new figures yet: the second of two quick taps."""
    return draft.changed_at is not None and desk.clock.now() - draft.changed_at < LOOKING


def _dropped(form: Form[Any]) -> Screen:
    return Screen(fill("{text}", text=form.dropped()))


def _taken(draft: Draft, act: Act, desk: Desk, **changes: Any) -> Draft:
    """The draft, changed by an update that is never to change it again."""
    seen = [*draft.seen, act.update_id][-REMEMBERED:]
    given = {"touched": True, "seen": seen, "updated_at": desk.clock.now()}
    return draft.model_copy(update={**given, **changes})


def _walked(trail: list[str], left: str, to: str) -> list[str]:
    """The way back. Coming again to a step that is on it cuts the loop off."""
    if to == left:
        return trail
    walked = [*trail, left]
    return walked[: walked.index(to)] if to in walked else walked


def _controls(form: Form[Any], step: Step[Any], moment: Moment[Any]) -> Rows:
    kept = step.kept(moment)
    keep = [moment.choice(_("✓ Keep {value}").format(value=kept), "keep")] if kept else []
    onward = []
    if step.optional:
        onward.append(moment.choice(_("Leave empty") if kept else _("Skip"), "skip"))
    if step.save_now:
        onward.append(moment.choice(_("Save now"), "now"))
    leave = [moment.choice(_("‹ Back"), "back")] if moment.draft.trail else []
    leave.append(moment.choice(form.leave(), "cancel"))
    return tuple(tuple(row) for row in (keep, onward, leave) if row)
