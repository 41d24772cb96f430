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
from handlers import users as user_views
from handlers.form import SUMMARY, Field, Form, Go, Moment, Start, Summary
from handlers.screen import Act, Reply, Screen
from storage.models import Part, User

NAME = "partner"


class PartnerAnswers(Part):
    """``user_id`` is whom it changes; "" is a new one."""

    name: str = ""
    phone: str = ""
    user_id: str = ""


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
        phone = parse_phone(act.contact.phone, moment.region, mobile=True)
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
        return self.typed(moment, act.contact.phone)


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
        save = _("✓ Save") if answers.user_id else _("✓ Add")
        text = fill(
            _("<b>{name}</b>\n{phone}\n\nWho answers this phone can sign in and keep the books."),
            name=answers.name,
            phone=phone,
        )
        if owner is not None and (owner.active or answers.user_id):
            text = fill(
                _("⚠️ {phone} is already the number of {name}. Change it, or cancel."),
                phone=phone,
                name=owner.name,
            )
            return Screen(text, self.edit_rows(moment))
        if owner is not None:
            save = _("↩ Reactivate {name}").format(name=owner.name)
            text = fill(
                _("⚠️ {phone} is the number of <b>{name}</b>, who was removed. Let them in again?"),
                phone=phone,
                name=owner.name,
            )
        return Screen(text, ((moment.choice(save, "save"),), *self.edit_rows(moment)))


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
    return Start(PartnerAnswers(name=user.name, phone=user.phone, user_id=user.id), SUMMARY)


def _title(moment: Here) -> Markup:
    return fill(_("<b>Edit partner</b>") if moment.answers.user_id else _("<b>New partner</b>"))


def _finish(desk: Desk, moment: Here) -> Reply:
    answers, op, by = moment.answers, moment.draft.op, moment.who
    if not answers.user_id:
        added = users.add_partner(desk, op, name=answers.name, phone=answers.phone, by=by)
        return _said(desk, added)
    changed = users.change_partner(
        desk, op, answers.user_id, name=answers.name, phone=answers.phone, by=by
    )
    said = fill(_("✅ <b>{name}</b> was changed."), name=changed.name)
    return (user_views.card(desk, changed.id).headed(said),)


def _receipt(desk: Desk, op: str) -> Reply | None:
    user = desk.store.users.get(op)
    return _said(desk, user) if user else None


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
