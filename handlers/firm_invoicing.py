"""The questions about the firm's invoices: numbers, year, due days, language, terms and paper."""

import re

from markupsafe import Markup

from bot.date_words import month_of
from bot.errors import InvalidDate, InvalidInput
from bot.firm import (
    example_number,
    parse_first_month,
    parse_number_prefix,
    parse_paper,
    parse_terms,
)
from bot.i18n import _, fill
from bot.languages import NAMES, parse_language
from bot.numerals import plain
from bot.text import shown
from handlers.firm_answers import (
    FirmAnswers,
    Here,
    ahead_words,
    days_words,
    due_words,
    one_line,
    paper_words,
    year_words,
)
from handlers.firm_steps import OfFirm
from handlers.form import Go
from handlers.invoice_steps import CREDIT_DAYS
from handlers.screen import Screen, grid
from storage.models import FirmProfile, Language, NumberStyle, PaperForm

YEARS = (4, 7, 1)
"""The months that financial years begin with, the commonest first."""

LONGEST_DUE = 365

AHEAD = (0, 1, 3, 7)
"""Days before it is due that something may be named at a tap."""

LONGEST_AHEAD = 30


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
        return _days(text, most=LONGEST_DUE, example=15)

    def pressed(self, moment: Here, token: str) -> Go[FirmAnswers] | None:
        said: dict[str, int | None] = {f"days-{count}": count for count in CREDIT_DAYS}
        said["ask"] = None
        return self.with_value(moment, said[token]) if token in said else None


class AskRemindDays(OfFirm):
    name = "remind"
    attribute = "remind_days"

    def question(self, moment: Here) -> Markup:
        return fill(
            _(
                "Every morning partners hear of what is overdue, and of what is due. How many "
                "<b>days before</b> it is due is it named already? Tap, or type the days: 5"
            )
        )

    def ask(self, moment: Here) -> Screen:
        others = (count for count in AHEAD if count != self.value(moment))
        days = [moment.choice(ahead_words(count), f"days-{count}") for count in others]
        return Screen(self.question(moment), grid(days, 2))

    def kept(self, moment: Here) -> str:
        return ahead_words(self.value(moment))

    def read(self, moment: Here, text: str) -> int:
        return _days(text, most=LONGEST_AHEAD, example=3)

    def pressed(self, moment: Here, token: str) -> Go[FirmAnswers] | None:
        said = {f"days-{count}": count for count in AHEAD}
        return self.with_value(moment, said[token]) if token in said else None


def _days(text: str, *, most: int, example: int) -> int:
    typed = plain(text)
    if not re.fullmatch(r"\d{1,3}", typed, re.ASCII) or int(typed) > most:
        raise InvalidInput(
            _("“{text}” is not a number of days from 0 to {most}. For example: {example}").format(
                text=shown(text), most=most, example=example
            )
        )
    return int(typed)


class AskLanguage(OfFirm):
    name = "language"

    def question(self, moment: Here) -> Markup:
        return fill(
            _(
                "In which <b>language</b> are customers written to, on WhatsApp and by SMS? Each "
                "customer can have another."
            )
        )

    def ask(self, moment: Here) -> Screen:
        others = [language for language in NAMES if language != self.value(moment)]
        choices = [moment.choice(NAMES[language], language.value) for language in others]
        return Screen(self.question(moment), grid(choices, 2))

    def show(self, moment: Here, value: Language) -> str:
        return NAMES[value]

    def read(self, moment: Here, text: str) -> Language:
        return parse_language(text)

    def pressed(self, moment: Here, token: str) -> Go[FirmAnswers] | None:
        return self.with_value(moment, Language(token)) if token in [*Language] else None


class AskTerms(OfFirm):
    name = "terms"
    optional = True

    def question(self, moment: Here) -> Markup:
        return fill(
            _(
                "Which <b>terms</b> stand at the foot of every invoice? Several lines are "
                "fine:\n\n"
                "Goods once sold are not taken back.\n"
                "Interest 2% a month after the due date."
            )
        )

    def read(self, moment: Here, text: str) -> str:
        return parse_terms(text)

    def show(self, moment: Here, value: str) -> str:
        return shown(one_line(value, between=" · "))


class AskPaper(OfFirm):
    name = "paper"

    def question(self, moment: Here) -> Markup:
        return fill(
            _(
                "Which <b>paper</b> are invoices and receipts made for? An A4 page suits any "
                "printer and every phone; the 80 mm roll is that of a receipt printer. "
                "Statements stay A4."
            )
        )

    def ask(self, moment: Here) -> Screen:
        others = (paper for paper in PaperForm if paper != self.value(moment))
        choices = tuple(moment.choice(paper_words(paper), paper.value) for paper in others)
        return Screen(self.question(moment), (choices,))

    def show(self, moment: Here, value: PaperForm) -> str:
        return paper_words(value)

    def read(self, moment: Here, text: str) -> PaperForm:
        return parse_paper(text)

    def pressed(self, moment: Here, token: str) -> Go[FirmAnswers] | None:
        return self.with_value(moment, PaperForm(token)) if token in [*PaperForm] else None
