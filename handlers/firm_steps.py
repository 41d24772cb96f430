"""The questions about who the firm is, each asked from the card that shows all of it."""

from typing import Any

from markupsafe import Markup

from bot.firm import GSTIN_EXAMPLE, parse_gstin, parse_upi_id
from bot.i18n import _, fill
from bot.phones import format_phone, parse_phone
from bot.text import clean_line, clean_lines, shown
from handlers.contact_card import phone_of
from handlers.firm_answers import FirmAnswers, Here, one_line
from handlers.form import SUMMARY, Field, Go
from handlers.picture_step import AskPicture
from handlers.screen import Act

ADDRESS_LINES = 4


class OfFirm(Field[FirmAnswers]):
    """Keeps one value of the profile, and goes back to the card."""

    def value(self, moment: Here) -> Any:
        return getattr(moment.answers.now, self.attribute or self.name)

    def with_value(self, moment: Here, value: Any) -> Go[FirmAnswers]:
        return self.changed(moment, **{self.attribute or self.name: value})

    def keep(self, moment: Here) -> Go[FirmAnswers]:
        return Go(moment.answers, SUMMARY)

    def changed(self, moment: Here, **values: Any) -> Go[FirmAnswers]:
        now = moment.answers.now.model_copy(update=values)
        return Go(moment.answers.model_copy(update={"now": now}), SUMMARY)


class AskName(OfFirm):
    name = "name"

    def question(self, moment: Here) -> Markup:
        return fill(_("What is the firm's <b>name</b>? For example: Khanna Grain Merchants"))

    def read(self, moment: Here, text: str) -> str:
        return clean_line(text, field=_("firm's name"), example=_("Khanna Grain Merchants"))


class AskAddress(OfFirm):
    name = "address"
    optional = True

    def question(self, moment: Here) -> Markup:
        return fill(
            _("<b>Address</b>? Several lines are fine:\n\nShop 12, Grain Market\nKhanna 141401")
        )

    def read(self, moment: Here, text: str) -> str:
        example = _("Shop 12, Grain Market, Khanna")
        return clean_lines(text, field=_("address"), lines=ADDRESS_LINES, example=example)

    def show(self, moment: Here, value: str) -> str:
        return shown(one_line(value))


class AskPhone(OfFirm):
    name = "phone"
    optional = True

    def question(self, moment: Here) -> Markup:
        return fill(
            _("The firm's <b>phone</b>, a mobile or a landline? For example: 01628 222333")
        )

    def read(self, moment: Here, text: str) -> str:
        return parse_phone(text, moment.region)

    def show(self, moment: Here, value: str) -> str:
        return format_phone(value)

    def sent(self, moment: Here, act: Act) -> Go[FirmAnswers]:
        if act.contact is None:
            return super().sent(moment, act)
        return self.with_value(moment, phone_of(act.contact, moment.region))


class AskGstin(OfFirm):
    name = "gstin"
    optional = True

    def question(self, moment: Here) -> Markup:
        return fill(_("<b>GSTIN</b>? For example: {example}"), example=GSTIN_EXAMPLE)

    def read(self, moment: Here, text: str) -> str:
        return parse_gstin(text)


class AskUpiId(OfFirm):
    name = "upi"
    attribute = "upi_id"
    optional = True

    def question(self, moment: Here) -> Markup:
        return fill(
            _("<b>UPI id</b> that customers pay to? For example: {example}"),
            example="singhandsons@okicici",
        )

    def read(self, moment: Here, text: str) -> str:
        return parse_upi_id(text)


class AskLogo(OfFirm, AskPicture[FirmAnswers]):
    name = "logo"
    attribute = "logo_id"

    def owner(self, moment: Here) -> str:
        # The admin may be no partner.
        return str(moment.who.telegram_id)

    def question(self, moment: Here) -> Markup:
        return fill(
            _("The firm's <b>logo</b>? Send a picture; as a file where its background is clear.")
        )

    def show(self, moment: Here, value: str) -> str:
        return _("the logo")
