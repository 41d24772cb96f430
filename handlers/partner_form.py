"""/adduser: the admin adds a partner in one line, by steps or a contact card; or edits one."""

from collections.abc import Callable

from markupsafe import Markup

from bot import users
from bot.desk import Desk
from bot.errors import InvalidInput
from bot.i18n import _, fill
from bot.phones import format_phone, parse_phone
from bot.text import clean_line
from bot.users import phone_owner
from handlers import knocks
from handlers import users as user_views
from handlers.contact_card import phone_of
from handlers.form import SAVE, SUMMARY, Field, Form, Go, Moment, Start, Summary
from handlers.screen import Act, Reply, Screen
from storage.models import Draft, Part, User

NAME = "partner"


class PartnerAnswers(Part):
    """``user_id`` is whom it changes; "" is a new one.

    ``was_name`` and ``was_phone`` are of whom it changes, as the form found them. ``lets_in`` is
    who was deactivated and has the number: they are let in again instead.
    """

    name: str = ""
    phone: str = ""
    user_id: str = ""
    was_name: str = ""
    was_phone: str = ""
    lets_in: str = ""
    knocked: int = 0
    """The Telegram user who had asked to be added, and hears of it."""

    def changes(self) -> dict[str, str]:
        """What differs from how it was, by field."""
        pairs = {"name": (self.was_name, self.name), "phone": (self.was_phone, self.phone)}
        return {field: now for field, (was, now) in pairs.items() if now != was}


Here = Moment[PartnerAnswers]


class AskName(Field[PartnerAnswers]):
    name = "name"

    def question(self, moment: Here) -> Markup:
        return fill(_("What is the partner's <b>name</b>? For example: Ravi Kumar"))

    def read(self, moment: Here, text: str) -> str:
        return clean_line(text, field=_("partner's name"), example=_("Ravi Kumar"))

    def with_value(self, moment: Here, value: str) -> Go[PartnerAnswers]:
        named = super().with_value(moment, value)
        return Go(named.answers, SUMMARY) if named.answers.phone else named

    def sent(self, moment: Here, act: Act) -> Go[PartnerAnswers]:
        if act.contact is None:
            return super().sent(moment, act)
        phone = phone_of(act.contact, moment.region, mobile=True)
        read = {"name": self.read(moment, act.contact.name), "phone": phone}
        return Go(moment.answers.model_copy(update=read), SUMMARY)


class AskPhone(Field[PartnerAnswers]):
    name = "phone"

    def question(self, moment: Here) -> Markup:
        return fill(
            _(
                "The <b>mobile number</b> of {name}? Sign-in codes go there. "
                "For example: +91 98765 43210"
            ),
            name=moment.answers.name,
        )

    def read(self, moment: Here, text: str) -> str:
        return parse_phone(text, moment.region, mobile=True)

    def show(self, moment: Here, value: str) -> str:
        return format_phone(value)

    def sent(self, moment: Here, act: Act) -> Go[PartnerAnswers]:
        if act.contact is None:
            return super().sent(moment, act)
        return self.with_value(moment, phone_of(act.contact, moment.region, mobile=True))


class PartnerSummary(Summary[PartnerAnswers]):
    def look(self, desk: Desk, moment: Here, act: Act | None) -> User | None:
        """Who else has this number."""
        owner = phone_owner(desk.store, moment.answers.phone)
        mine = (moment.draft.op, moment.answers.user_id)
        return None if owner is None or owner.id in mine else owner

    def edits(self) -> tuple[tuple[str, str], ...]:
        return (("name", _("Name")), ("phone", _("Phone")))

    def ask(self, moment: Here) -> Screen:
        answers, owner = moment.answers, moment.facts
        phone = format_phone(answers.phone)
        save = moment.choice(_("✓ Save") if answers.user_id else _("✓ Add"), "save")
        text = fill(
            _("<b>{name}</b>\n{phone}\n\nWho answers this phone can sign in and keep the books."),
            name=answers.name,
            phone=phone,
        )
        if answers.was_phone not in ("", answers.phone):
            ends = _("With another number they are signed out, and sign in anew with it.")
            text += fill("\n\n{ends}", ends=ends)
        if _blocks(moment):
            text = fill(
                _("⚠️ {phone} is already the number of {name}. Type another one, or cancel."),
                phone=phone,
                name=owner.name,
            )
            return Screen(text, self.edit_rows(moment))
        if owner is not None:
            label = _("↩ Reactivate {name}").format(name=owner.name)
            save = moment.choice(label, f"in-{owner.id}")
            text = fill(
                _(
                    "⚠️ {phone} is the number of <b>{name}</b>, who was deactivated. "
                    "Let them in again?"
                ),
                phone=phone,
                name=owner.name,
            )
        return Screen(text, ((save,), *self.edit_rows(moment)))

    def typed(self, moment: Here, text: str) -> Go[PartnerAnswers]:
        return AskPhone().typed(moment, text) if _blocks(moment) else super().typed(moment, text)

    def pressed(self, moment: Here, token: str) -> Go[PartnerAnswers] | None:
        owner = moment.facts
        if owner is not None and not owner.active and token == f"in-{owner.id}":
            return Go(moment.answers.model_copy(update={"lets_in": owner.id}), SAVE)
        return super().pressed(moment, token)


def _blocks(moment: Here) -> bool:
    """Whether the number is another's, so that nothing can be saved with it."""
    owner = moment.facts
    return owner is not None and (owner.active or bool(moment.answers.user_id))


def start(name: str, phone: str, region: str) -> tuple[PartnerAnswers, str, InvalidInput | None]:
    """The answers in an admin's one line or contact card; what is "" there was not said.

    Returns:
        What could be read, the step that asks for the rest, and why something could not be read.
    """
    answers, wrong = PartnerAnswers(), None
    readers: dict[str, Callable[[], str]] = {}
    if name:
        readers["name"] = lambda: clean_line(name, field=_("partner's name"))
    if phone:
        readers["phone"] = lambda: parse_phone(phone, region, mobile=True)
    for field, read in readers.items():
        try:
            answers = answers.model_copy(update={field: read()})
        except InvalidInput as error:
            wrong = error
    if not answers.name:
        return answers, AskName.name, wrong
    return answers, SUMMARY if answers.phone else AskPhone.name, wrong


def _edited(desk: Desk, user_id: str) -> Start[PartnerAnswers]:
    user = users.get(desk.store, user_id)
    answers = PartnerAnswers(
        name=user.name,
        phone=user.phone,
        user_id=user.id,
        was_name=user.name,
        was_phone=user.phone,
    )
    return Start(answers, SUMMARY)


def _title(moment: Here) -> Markup:
    answers = moment.answers
    title = fill(_("<b>Edit partner</b>") if answers.user_id else _("<b>New partner</b>"))
    if answers.phone and moment.draft.step != SUMMARY:
        title += fill(" · {phone}", phone=format_phone(answers.phone))
    return title


def _finish(desk: Desk, moment: Here) -> Reply:
    answers, op, by = moment.answers, moment.draft.op, moment.who
    if answers.lets_in:
        return _said(desk, users.reactivate(desk, answers.lets_in, by=by))
    if not answers.user_id:
        added = users.add_partner(desk, op, name=answers.name, phone=answers.phone, by=by)
        return _added(desk, answers, added)
    changed = users.change_partner(desk, op, answers.user_id, answers.changes(), by=by)
    return _changed(desk, answers, changed)


def _receipt(desk: Desk, draft: Draft) -> Reply | None:
    answers = PartnerAnswers.read(draft.answers)
    user = desk.store.users.get(answers.lets_in or answers.user_id or draft.op)
    if user is None or not user.active:
        return None
    if answers.lets_in:
        return _said(desk, user)
    if not answers.user_id:
        return _added(desk, answers, user)
    done = all(getattr(user, field) == value for field, value in answers.changes().items())
    return _changed(desk, answers, user) if done else None


def _added(desk: Desk, answers: PartnerAnswers, user: User) -> Reply:
    """Whoever had knocked hears of it too."""
    told = (knocks.let_in(answers.knocked),) if answers.knocked else ()
    return (*_said(desk, user), *told)


def _changed(desk: Desk, answers: PartnerAnswers, user: User) -> Reply:
    """Whom another number has signed out hears why."""
    said = fill(_("✅ <b>{name}</b> was changed."), name=user.name)
    card = user_views.card(desk, user.id).headed(said)
    if "phone" not in answers.changes():
        return (card,)
    bye = _("The admin changed your number to {phone}. /start signs you in with it.")
    return (card, *user_views.told(user, fill(bye, phone=format_phone(user.phone))))


def _said(desk: Desk, user: User) -> Reply:
    said = fill(
        _(
            "✅ <b>{name}</b>, {phone}, is a partner now.\n\n"
            "They open {link}, press Start and share their phone number."
        ),
        name=user.name,
        phone=format_phone(user.phone),
        link=f"https://t.me/{desk.bot_username()}",
    )
    return (Screen(said),)


def _dropped() -> str:
    return _("Dropped. Nobody was added or changed.")


FORM: Form[PartnerAnswers] = Form(
    name=NAME,
    answers=PartnerAnswers,
    steps=(AskName(), AskPhone(), PartnerSummary()),
    title=_title,
    finish=_finish,
    receipt=_receipt,
    dropped=_dropped,
    starts={"ue": _edited},
    admin=True,
)
