"""The questions about the firm, each asked from the card that shows all of it."""

import re
from typing import Any

from markupsafe import Markup

from bot.date_words import month_of
from bot.errors import InvalidDate, InvalidInput
from bot.firm import (
    GSTIN_EXAMPLE,
    example_number,
    parse_first_month,
    parse_gstin,
    parse_number_prefix,
    parse_upi_id,
)
from bot.i18n import _, fill
from bot.numerals import plain
from bot.phones import format_phone, parse_phone
from bot.text import clean_line, clean_lines, shown
from handlers.contact_card import phone_of
from handlers.firm_answers import FirmAnswers, Here, days_words, due_words, one_line, year_words
from handlers.form import SUMMARY, Field, Go
from handlers.invoice_steps import CREDIT_DAYS
from handlers.picture_step import AskPicture
from handlers.screen import Act, Screen, grid
from storage.models import FirmProfile, NumberStyle

ADDRESS_LINES = 4
YEARS = (4, 7, 1)
"""The months that financial years begin with, the commonest first."""

LONGEST_DUE = 365


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


class AskNumber(OfFirm):
    """Two values make the number: a prefix is typed, the style is a button with an example."""

    name = "number"
    attribute = "number_prefix"

    def question(self, moment: Here) -> Markup:
        return fill(
            _(
                "How do <b>invoice numbers</b> look? Tap one; or type what is to stand before "
                "them, at most three letters or digits. For example: KGM\n\n"
                "It is for the invoices to come; the numbers go on counting."
            )
        )

    def ask(self, moment: Here) -> Screen:
        looks = self._looks(moment)
        choices = [moment.choice(number, token) for number, token in looks.items()]
        return Screen(self.question(moment), grid(choices, 2))

    def kept(self, moment: Here) -> str:
        return example_number(moment.answers.now, moment.today)

    def read(self, moment: Here, text: str) -> str:
        return parse_number_prefix(text)

    def pressed(self, moment: Here, token: str) -> Go[FirmAnswers] | None:
        if token not in self._looks(moment).values():
            return None
        if token == "bare":
            return self.changed(moment, number_prefix="")
        return self.changed(moment, number_style=NumberStyle(token))

    def _looks(self, moment: Here) -> dict[str, str]:
        """The other numbers that one tap gives, each with its token."""
        now = moment.answers.now
        others: dict[str, FirmProfile] = {"bare": now.model_copy(update={"number_prefix": ""})}
        for style in NumberStyle:
            others[style.value] = now.model_copy(update={"number_style": style})
        looks = {example_number(other, moment.today): token for token, other in others.items()}
        looks.pop(self.kept(moment), None)
        return looks


class AskYear(OfFirm):
    name = "year"
    attribute = "first_month"

    def question(self, moment: Here) -> Markup:
        return fill(_("Which is the <b>financial year</b>? Tap, or type its first month: October"))

    def ask(self, moment: Here) -> Screen:
        others = (month for month in YEARS if month != self.value(moment))
        choices = [moment.choice(year_words(month), f"from-{month}") for month in others]
        return Screen(self.question(moment), grid(choices, 1))

    def show(self, moment: Here, value: int) -> str:
        return year_words(value)

    def read(self, moment: Here, text: str) -> int:
        typed = plain(text)
        month = int(typed) if re.fullmatch(r"\d{1,2}", typed, re.ASCII) else month_of(typed)
        if month is None:
            raise InvalidDate(
                _("“{text}” is not a month. Type its name or number, for example: April").format(
                    text=shown(text)
                )
            )
        return parse_first_month(month)

    def pressed(self, moment: Here, token: str) -> Go[FirmAnswers] | None:
        said = {f"from-{month}": month for month in YEARS}
        return self.with_value(moment, said[token]) if token in said else None


class AskDueDays(OfFirm):
    name = "due"
    attribute = "due_days"

    def question(self, moment: Here) -> Markup:
        return fill(
            _(
                "How many days after their date do <b>invoices fall due</b>? Partners can still "
                "change it on each. Tap, or type the days: 45"
            )
        )

    def ask(self, moment: Here) -> Screen:
        present = self.value(moment)
        others = (count for count in CREDIT_DAYS if count != present)
        days = tuple(moment.choice(days_words(count), f"days-{count}") for count in others)
        asked = (moment.choice(_("Ask on each invoice"), "ask"),)
        return Screen(self.question(moment), (days, asked))

    def kept(self, moment: Here) -> str:
        present = self.value(moment)
        return "" if present is None else due_words(present)

    def read(self, moment: Here, text: str) -> int:
        typed = plain(text)
        if not re.fullmatch(r"\d{1,3}", typed, re.ASCII) or int(typed) > LONGEST_DUE:
            raise InvalidInput(
                _("“{text}” is not a number of days from 0 to {most}. For example: 15").format(
                    text=shown(text), most=LONGEST_DUE
                )
            )
        return int(typed)

    def pressed(self, moment: Here, token: str) -> Go[FirmAnswers] | None:
        said: dict[str, int | None] = {f"days-{count}": count for count in CREDIT_DAYS}
        said["ask"] = None
        return self.with_value(moment, said[token]) if token in said else None
