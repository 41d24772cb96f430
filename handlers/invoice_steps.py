"""The other questions of a new invoice: what is paid now, when the rest is due."""

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from bot.calendar import month_grid, month_title, neighbours, weekday_titles
from bot.dates import format_date, parse_date
from bot.desk import Desk
from bot.i18n import _, fill
from bot.money import format_amount, parse_amount
from bot.posting import balance_of
from handlers.date_step import AskDate, day_of
from handlers.form import SUMMARY, Go, Step
from handlers.invoice_answers import Here, InvoiceAnswers, dated, due_on
from handlers.screen import Act, Choice, Screen, grid

CREDIT_DAYS = (7, 15, 30)
LONGEST_CREDIT = dt.timedelta(days=3 * 366)


@dataclass(frozen=True)
class Terms:
    """What the books say to both questions.

    ``advance`` (paise) is held for the customer: it pays what the money handed over does not.
    ``due_days`` is after how many days the firm's invoices fall due, None when that is asked.
    """

    advance: int
    due_days: int | None

    @classmethod
    def of(cls, desk: Desk, moment: Here) -> "Terms":
        held = balance_of(desk.store, moment.answers.customer_id or "").advance
        return cls(held, desk.store.firm.get().due_days)


class AskPaid(Step[InvoiceAnswers]):
    name = "paid"

    def look(self, desk: Desk, moment: Here, act: Act | None) -> Terms:
        return Terms.of(desk, moment)

    def ask(self, moment: Here) -> Screen:
        total = format_amount(moment.answers.total, moment.currency)
        question = _("Total <b>{total}</b>. How much is <b>paid now</b>? Tap, or type an amount.")
        if moment.facts.advance:
            question = _(
                "Total <b>{total}</b>. The advance held, {advance}, is used for what is not paid "
                "now.\nHow much is <b>paid now</b>? Tap, or type an amount."
            )
        row = (
            moment.choice(_("Nothing"), "nothing"),
            moment.choice(_("Full: {total}").format(total=total), "full"),
        )
        advance = format_amount(moment.facts.advance, moment.currency)
        return Screen(fill(question, total=total, advance=advance), (row,))

    def kept(self, moment: Here) -> str:
        answers = moment.answers
        if answers.in_full or answers.paid is None:
            return ""
        return format_amount(answers.paid, moment.currency)

    def keep(self, moment: Here) -> Go[InvoiceAnswers]:
        return self._go(moment, paid=moment.answers.paid, in_full=False)

    def typed(self, moment: Here, text: str) -> Go[InvoiceAnswers]:
        paid = parse_amount(text, allow_zero=True, currency=moment.currency)
        return self._go(moment, paid=paid, in_full=False)

    def pressed(self, moment: Here, token: str) -> Go[InvoiceAnswers] | None:
        match token:
            case "nothing":
                return self._go(moment, paid=0, in_full=False)
            case "full":
                return self._go(moment, paid=None, in_full=True)
        return None

    def _go(self, moment: Here, *, paid: int | None, in_full: bool) -> Go[InvoiceAnswers]:
        terms: Terms = moment.facts
        given = {"paid": paid, "in_full": in_full, "due_days": terms.due_days}
        answers = moment.answers.model_copy(update=given)
        # What is paid at once falls due at once, and the rest when the firm says.
        covered = answers.received + terms.advance >= answers.total
        return Go(answers, SUMMARY if covered or answers.due_is_known else "due")


class AskDue(Step[InvoiceAnswers]):
    name = "due"

    def look(self, desk: Desk, moment: Here, act: Act | None) -> Terms:
        return Terms.of(desk, moment)

    def ask(self, moment: Here) -> Screen:
        start = dated(moment)
        if moment.answers.month:
            return self._calendar(moment)
        days = [moment.choice(_("Today"), f"day-{start}")]
        for count in sorted({*CREDIT_DAYS, moment.facts.due_days or CREDIT_DAYS[0]}):
            due = start + dt.timedelta(days=count)
            label = _("+{days} · {date}").format(days=count, date=format_date(due))
            days.append(moment.choice(label, f"day-{due}"))
        calendar = moment.choice(_("📅 Calendar"), f"month-{start:%Y-%m}")
        question = _("When is the rest <b>due</b>? Tap, or type a date: 15/8, +45, 3 Apr")
        return Screen(self._paid(moment) + fill(question), (*grid(days, 2), (calendar,)))

    def kept(self, moment: Here) -> str:
        return format_date(due_on(moment)) if moment.answers.due_is_known else ""

    def typed(self, moment: Here, text: str) -> Go[InvoiceAnswers]:
        start = dated(moment)
        due = parse_date(text, today=moment.today, earliest=start, latest=start + LONGEST_CREDIT)
        return self._due(moment, due)

    def pressed(self, moment: Here, token: str) -> Go[InvoiceAnswers] | None:
        verb, _dash, value = token.partition("-")
        start = dated(moment)
        match verb:
            case "month":
                return Go(moment.answers.model_copy(update={"month": value}), self.name)
            case "day":
                due = day_of(value)
                if due and start <= due <= start + LONGEST_CREDIT:
                    return self._due(moment, due)
        return None

    def _due(self, moment: Here, due: dt.date) -> Go[InvoiceAnswers]:
        chosen = {"due_date": due, "month": ""}
        return Go(moment.answers.model_copy(update=chosen), SUMMARY)

    def _paid(self, moment: Here) -> Markup:
        """What was taken down a tap ago, so that a slip shows at once."""
        answers = moment.answers
        open_part = max(0, answers.total - answers.received)
        used = min(moment.facts.advance, open_part)
        words = _("Paid now <b>{paid}</b>, left {left}.\n\n")
        if used:
            words = _("Paid now <b>{paid}</b>, from the advance {used}, left {left}.\n\n")
        return fill(
            words,
            paid=format_amount(answers.received, moment.currency),
            used=format_amount(used, moment.currency),
            left=format_amount(open_part - used, moment.currency),
        )

    def _calendar(self, moment: Here) -> Screen:
        start = dated(moment)
        last = start + LONGEST_CREDIT
        shown = min(max(day_of(f"{moment.answers.month}-01") or start, start), last)
        here = f"month-{shown:%Y-%m}"

        def day(date: dt.date | None) -> Choice:
            if date is None or not start <= date <= last:
                return moment.choice("·", here)
            return moment.choice(str(date.day), f"day-{date.isoformat()}")

        before, after = neighbours(shown.year, shown.month, earliest=start, latest=last)
        turn = [moment.choice(month_title(shown.year, shown.month), "month-")]
        if before:
            turn.insert(0, moment.choice("‹", f"month-{before:%Y-%m}"))
        if after:
            turn.append(moment.choice("›", f"month-{after:%Y-%m}"))
        names = tuple(moment.choice(name, here) for name in weekday_titles())
        weeks = (
            tuple(map(day, week))
            for week in month_grid(shown.year, shown.month)
            if any(date and start <= date <= last for date in week)
        )
        question = _("When is the rest <b>due</b>? Choose a day.")
        return Screen(fill(question), (tuple(turn), names, *weeks))


class AskInvoiceDate(AskDate[InvoiceAnswers]):
    """Asked only from the summary: an invoice is of today unless somebody says otherwise."""

    attribute = "invoice_date"

    def question(self) -> Markup:
        return fill(_("What <b>date</b> does the invoice carry? Tap, or type: 15/8, yesterday"))
