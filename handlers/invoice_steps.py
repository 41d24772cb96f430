"""The other questions of a new invoice: for whom, what is paid now, when the rest is due."""

import datetime as dt

from markupsafe import Markup

from bot.calendar import month_grid, month_title, neighbours, weekday_titles
from bot.customers import phone_holder
from bot.dates import format_date, parse_date
from bot.desk import Desk
from bot.i18n import _, fill
from bot.money import format_amount, parse_amount
from bot.phones import parse_phone
from bot.text import clean_line, fold_name
from handlers import customer_form
from handlers.customers import labels
from handlers.form import SUMMARY, Go, Step, Within
from handlers.invoice_answers import Here, InvoiceAnswers, dated
from handlers.screen import Act, Choice, Rows, Screen, grid
from storage.ids import is_id

OFFERED = 6
CREDIT_DAYS = (7, 15, 30)
LONGEST_CREDIT = dt.timedelta(days=3 * 366)
OLDEST = dt.timedelta(days=366)


class AskCustomer(Step[InvoiceAnswers]):
    name = "customer"

    def look(self, desk: Desk, moment: Here, act: Act | None) -> list[tuple[str, str, str]]:
        """(id, name, label) of the customers to offer; of the one pressed; of those typed for."""
        customers, query = desk.store.customers, moment.answers.query
        if act is None:
            found = customers.search(query, OFFERED) if query else customers.recent(OFFERED)
        elif act.press:
            token = act.press.rsplit(":", 1)[1]
            chosen = customers.get(token) if is_id(token) else None
            found = [chosen] if chosen else []
        elif act.contact is not None:
            phone = parse_phone(act.contact.phone, moment.region)
            holder = phone_holder(desk.store, phone, besides=None)
            found = [holder] if holder else []
        else:
            found = customers.search(act.text, OFFERED)
        return [(one.id, one.name, text) for one, text in labels(desk, found)]

    def kept(self, moment: Here) -> str:
        return moment.answers.customer_name

    def ask(self, moment: Here) -> Screen:
        query = moment.answers.query
        rows: Rows = tuple((moment.choice(text, one),) for one, _name, text in moment.facts)
        if query:
            question = (
                _("Which of these? Or type another name.")
                if moment.facts
                else _("No customer matches <b>{query}</b>. Type another name, or add them.")
            )
            new = _("➕ New customer “{query}”").format(query=query[:30])
            return Screen(fill(question, query=query), (*rows, (moment.choice(new, "new"),)))
        question = _("For which <b>customer</b>? Tap one, or type a name or phone number.")
        return Screen(fill(question), (*rows, (moment.choice(_("➕ New customer"), "new"),)))

    def typed(self, moment: Here, text: str) -> Go[InvoiceAnswers]:
        query = clean_line(text, field=_("customer's name"), example=_("Ramesh Kumar"))
        match moment.facts:
            case [(customer_id, name, _label)] if fold_name(name) == fold_name(query):
                return self._chosen(moment, customer_id, name)
        return Go(moment.answers.model_copy(update={"query": query}), self.name)

    def sent(self, moment: Here, act: Act) -> Go[InvoiceAnswers]:
        if act.contact is None:
            return super().sent(moment, act)
        for customer_id, name, _label in moment.facts:
            return self._chosen(moment, customer_id, name)
        start = customer_form.of_contact(act.contact, moment.region)
        return Within(moment.answers, SUMMARY, customer_form.NAME, start)

    def pressed(self, moment: Here, token: str) -> Go[InvoiceAnswers] | None:
        answers = moment.answers
        if token == "new":
            start = customer_form.start(answers.query, moment.region)
            return Within(answers, "phone" if start.name else "name", customer_form.NAME, start)
        for customer_id, name, _label in moment.facts:
            if customer_id == token:
                return self._chosen(moment, customer_id, name)
        return None

    def _chosen(self, moment: Here, customer_id: str, name: str) -> Go[InvoiceAnswers]:
        chosen = {"customer_id": customer_id, "customer_name": name, "query": ""}
        return Go(moment.answers.model_copy(update=chosen))


class AskPaid(Step[InvoiceAnswers]):
    name = "paid"

    def ask(self, moment: Here) -> Screen:
        total = format_amount(moment.answers.total, moment.currency)
        question = _("Total <b>{total}</b>. How much is <b>paid now</b>? Tap, or type an amount.")
        row = (
            moment.choice(_("Nothing"), "nothing"),
            moment.choice(_("Full: {total}").format(total=total), "full"),
        )
        return Screen(fill(question, total=total), (row,))

    def kept(self, moment: Here) -> str:
        answers = moment.answers
        if answers.in_full or answers.paid is None:
            return ""
        return format_amount(answers.paid, moment.currency)

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
        answers = moment.answers.model_copy(update={"paid": paid, "in_full": in_full})
        # What is paid at once falls due at once: one question less.
        settled = answers.received >= answers.total or answers.due_date is not None
        return Go(answers, SUMMARY if settled else "due")


class AskDue(Step[InvoiceAnswers]):
    name = "due"

    def ask(self, moment: Here) -> Screen:
        start = dated(moment)
        if moment.answers.month:
            return self._calendar(moment)
        days = [moment.choice(_("Today"), f"day-{start}")]
        for count in CREDIT_DAYS:
            due = start + dt.timedelta(days=count)
            label = _("+{days} · {date}").format(days=count, date=format_date(due))
            days.append(moment.choice(label, f"day-{due}"))
        calendar = moment.choice(_("📅 Calendar"), f"month-{start:%Y-%m}")
        question = _("When is the rest <b>due</b>? Tap, or type a date: 15/8, +45, 3 Apr")
        return Screen(self._paid(moment) + fill(question), (*grid(days, 2), (calendar,)))

    def kept(self, moment: Here) -> str:
        due = moment.answers.due_date
        return format_date(due) if due else ""

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
                due = _day(value)
                if due and start <= due <= start + LONGEST_CREDIT:
                    return self._due(moment, due)
        return None

    def _due(self, moment: Here, due: dt.date) -> Go[InvoiceAnswers]:
        chosen = {"due_date": due, "month": ""}
        return Go(moment.answers.model_copy(update=chosen), SUMMARY)

    def _paid(self, moment: Here) -> Markup:
        """What was taken down a tap ago, so that a slip shows at once."""
        answers = moment.answers
        return fill(
            _("Paid now <b>{paid}</b>, left {left}.\n\n"),
            paid=format_amount(answers.received, moment.currency),
            left=format_amount(max(0, answers.total - answers.received), moment.currency),
        )

    def _calendar(self, moment: Here) -> Screen:
        start = dated(moment)
        last = start + LONGEST_CREDIT
        shown = min(max(_day(f"{moment.answers.month}-01") or start, start), last)
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


class AskDate(Step[InvoiceAnswers]):
    """Asked only from the summary: an invoice is of today unless somebody says otherwise."""

    name = "date"

    def ask(self, moment: Here) -> Screen:
        row = (
            moment.choice(_("Today"), f"day-{moment.today}"),
            moment.choice(_("Yesterday"), f"day-{moment.today - dt.timedelta(days=1)}"),
        )
        question = _("What <b>date</b> does the invoice carry? Tap, or type: 15/8, yesterday")
        return Screen(fill(question), (row,))

    def kept(self, moment: Here) -> str:
        return format_date(dated(moment))

    def typed(self, moment: Here, text: str) -> Go[InvoiceAnswers]:
        today = moment.today
        date = parse_date(text, today=today, earliest=today - OLDEST, latest=today, forward=False)
        return self._date(moment, date)

    def pressed(self, moment: Here, token: str) -> Go[InvoiceAnswers] | None:
        date = _day(token.removeprefix("day-"))
        if date is None or not moment.today - OLDEST <= date <= moment.today:
            return None
        return self._date(moment, date)

    def _date(self, moment: Here, date: dt.date) -> Go[InvoiceAnswers]:
        return Go(moment.answers.model_copy(update={"invoice_date": date}), SUMMARY)


def _day(text: str) -> dt.date | None:
    """The day that a button names."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
