"""What is asked about a customer, field by field."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bot.customers import (
    BUSINESS_TYPES,
    Profile,
    business_word,
    phone_holder,
)
from bot.desk import Desk
from bot.errors import AlreadyTaken
from bot.i18n import _, fill
from bot.languages import NAMES, parse_language
from bot.phones import format_phone, parse_phone
from bot.text import clean_line, parse_email
from handlers.contact_card import phone_of
from handlers.form import Field, Go, Moment
from handlers.picture_step import AskPicture
from handlers.screen import Act, Screen, grid
from storage.models import Customer, Language

ADDRESS_LIMIT = 160


class CustomerAnswers(Profile):
    """``customer_id`` and ``was`` are set when a customer that is there is being edited."""

    name: str = ""
    customer_id: str | None = None
    was: Profile | None = None

    @classmethod
    def of(cls, customer: Customer) -> "CustomerAnswers":
        profile = Profile.read(customer.stored())
        return cls(**profile.stored(), customer_id=customer.id, was=profile)

    def profile(self) -> Profile:
        return Profile.read(self.stored())


Here = Moment[CustomerAnswers]


class AskName(Field[CustomerAnswers]):
    name = "name"

    def question(self, moment: Here) -> Markup:
        return fill(_("What is the customer's <b>name</b>? For example: Ramesh Kumar"))

    def read(self, moment: Here, text: str) -> str:
        return clean_line(text, field=_("customer's name"), example=_("Ramesh Kumar"))

    def with_value(self, moment: Here, value: Any) -> Go[CustomerAnswers]:
        named = super().with_value(moment, value)
        new = not moment.draft.editing and not named.answers.customer_id
        return Go(named.answers, AskEmail.name) if new and named.answers.phone else named


class AskPhone(Field[CustomerAnswers]):
    name = "phone"
    optional = True
    save_now = True

    def question(self, moment: Here) -> Markup:
        return fill(
            _("<b>Phone</b> number? For example: 98765 43210. A contact card will do too.")
        )

    def read(self, moment: Here, text: str) -> str:
        return parse_phone(text, moment.region)

    def look(self, desk: Desk, moment: Here, act: Act | None) -> Callable[[str], Customer | None]:
        """Who has a number already: asked here, so that it is said at once and not at Save."""
        besides = moment.answers.customer_id
        return lambda phone: phone_holder(desk.store, phone, besides=besides)

    def show(self, moment: Here, value: Any) -> str:
        return format_phone(value)

    def sent(self, moment: Here, act: Act) -> Go[CustomerAnswers]:
        if act.contact is None:
            return super().sent(moment, act)
        return self.with_value(moment, phone_of(act.contact, moment.region))

    def with_value(self, moment: Here, value: Any) -> Go[CustomerAnswers]:
        holder = moment.facts(value) if value else None
        if holder:
            raise AlreadyTaken(
                _("{phone} is already the number of {name}. Type another one, or skip.").format(
                    phone=format_phone(value), name=holder.name
                )
            )
        return super().with_value(moment, value)


class AskEmail(Field[CustomerAnswers]):
    name = "email"
    optional = True
    save_now = True

    def question(self, moment: Here) -> Markup:
        return fill(_("<b>Email</b>? For example: ramesh@example.com"))

    def read(self, moment: Here, text: str) -> str:
        return parse_email(text)


class AskAddress(Field[CustomerAnswers]):
    name = "address"
    optional = True
    save_now = True

    def question(self, moment: Here) -> Markup:
        return fill(_("<b>Address</b>? For example: Shop 12, Grain Market, Khanna"))

    def read(self, moment: Here, text: str) -> str:
        example = _("Shop 12, Grain Market")
        return clean_line(text, field=_("address"), limit=ADDRESS_LIMIT, example=example)


class AskBusinessType(Field[CustomerAnswers]):
    name = "kind"
    attribute = "business_type"
    optional = True
    save_now = True

    def question(self, moment: Here) -> Markup:
        return fill(_("<b>Type of business</b>? Choose one, or type your own."))

    def ask(self, moment: Here) -> Screen:
        choices = [moment.choice(_(word), word) for word in BUSINESS_TYPES]
        return Screen(self.question(moment), grid(choices, 2))

    def read(self, moment: Here, text: str) -> str:
        return clean_line(text, field=_("type of business"), example=_("Retail"))

    def pressed(self, moment: Here, token: str) -> Go[CustomerAnswers] | None:
        return self.with_value(moment, token) if token in BUSINESS_TYPES else None

    def show(self, moment: Here, value: Any) -> str:
        return business_word(value)


class AskPhoto(AskPicture[CustomerAnswers]):
    name = "photo"
    attribute = "image_id"
    save_now = True

    def owner(self, moment: Here) -> str:
        return moment.who.partner.id

    def question(self, moment: Here) -> Markup:
        return fill(_("A <b>photo</b> of the customer or the shop? Send one picture."))

    def show(self, moment: Here, value: Any) -> str:
        return _("the photo")


class AskLanguage(Field[CustomerAnswers]):
    name = "language"
    optional = True

    def question(self, moment: Here) -> Markup:
        return fill(
            _(
                "In which <b>language</b> are they written to, on WhatsApp and by SMS? Without "
                "one it is the firm's."
            )
        )

    def ask(self, moment: Here) -> Screen:
        choices = [moment.choice(name, language.value) for language, name in NAMES.items()]
        return Screen(self.question(moment), grid(choices, 2))

    def show(self, moment: Here, value: Language) -> str:
        return NAMES[value]

    def read(self, moment: Here, text: str) -> Language:
        return parse_language(text)

    def pressed(self, moment: Here, token: str) -> Go[CustomerAnswers] | None:
        return self.with_value(moment, Language(token)) if token in [*Language] else None
