"""The questions of a payment: from whom, how much, how it came, and what it is for."""

from markupsafe import Markup

from bot.desk import Desk
from bot.errors import InvalidText
from bot.i18n import _, fill
from bot.ledger import Balance
from bot.methods import method_word, parse_method, parse_money, parse_reference
from bot.money import format_amount
from bot.numerals import plain
from bot.posting import balance_of
from handlers.customer_step import OFFERED, AskCustomer
from handlers.date_step import AskDate
from handlers.form import SUMMARY, Field, Go, Step
from handlers.money import balance_words
from handlers.payment_answers import Here, PaymentAnswers
from handlers.screen import Act, Screen, grid
from storage.models import Customer, OpenInvoice, PaymentMethod

INVOICES = 8
"""Open invoices to choose from; any other is chosen by its number."""


class AskPayer(AskCustomer[PaymentAnswers]):
    """Those who owe come first, the longest overdue at the top."""

    def offered(self, desk: Desk) -> list[Customer]:
        owing = desk.store.customers.many(desk.store.invoices.longest_due(OFFERED))
        others = (one for one in desk.store.customers.recent(OFFERED) if one not in owing)
        return [*owing, *others][:OFFERED]

    def chosen(self, answers: PaymentAnswers, customer_id: str, name: str) -> PaymentAnswers:
        mine = super().chosen(answers, customer_id, name)
        if customer_id == answers.customer_id:
            return mine
        # An invoice, and an advance, are one customer's.
        amount = None if answers.from_advance else answers.amount
        other = {"invoice_id": None, "invoice_number": "", "from_advance": False, "amount": amount}
        return mine.model_copy(update=other)


class AskAmount(Step[PaymentAnswers]):
    name = "amount"

    def look(self, desk: Desk, moment: Here, act: Act | None) -> Balance:
        return balance_of(desk.store, moment.answers.customer_id or "")

    def ask(self, moment: Here) -> Screen:
        stands: Balance = moment.facts
        due, usable = _due(moment), _usable(moment)
        rows = []
        # While an advance is held, what is open is more than what is owed: first it is used.
        if usable:
            used = format_amount(usable, moment.currency)
            label = _("Use the advance held: {used}").format(used=used)
            rows.append((moment.choice(label, f"advance-{stands.seq}"),))
        elif due:
            label = _("Full: {due}").format(due=format_amount(due, moment.currency))
            rows.append((moment.choice(label, f"full-{stands.seq}"),))
        question = _(
            "How much was <b>received</b>? Tap, or type it: 50000, or with how it came: "
            "<code>50000 upi</code>"
        )
        return Screen(self._stand(moment) + fill(question), tuple(rows))

    def kept(self, moment: Here) -> str:
        answers = moment.answers
        if answers.amount is None or answers.from_advance:
            return ""
        return format_amount(answers.amount, moment.currency)

    def typed(self, moment: Here, text: str) -> Go[PaymentAnswers]:
        money = parse_money(text, currency=moment.currency)
        given = {"amount": money.amount, "from_advance": False, "all_left": False}
        answers = moment.answers.model_copy(update=given)
        if money.method is None:
            return Go(answers)
        how = {"method": money.method.value, "reference": money.reference}
        return Go(answers.model_copy(update=how), SUMMARY)

    def pressed(self, moment: Here, token: str) -> Go[PaymentAnswers] | None:
        answers, seq = moment.answers, moment.facts.seq
        if token == f"full-{seq}" and not _usable(moment) and (due := _due(moment)):
            return Go(answers.model_copy(update={"amount": due, "from_advance": False}))
        if token == f"advance-{seq}" and (usable := _usable(moment)):
            given = {"amount": usable, "from_advance": True}
            return Go(answers.model_copy(update=given), SUMMARY)
        return None

    def _stand(self, moment: Here) -> Markup:
        answers, stands = moment.answers, moment.facts
        if answers.invoice_id is None:
            words = balance_words(stands.net, moment.currency)
            return fill(_("Balance: <b>{words}</b>.\n"), words=words)
        return fill(
            _("Invoice {number}: <b>{due}</b> left to pay.\n"),
            number=answers.invoice_number,
            due=format_amount(_due(moment), moment.currency),
        )


class AskMethod(Step[PaymentAnswers]):
    name = "method"

    def look(self, desk: Desk, moment: Here, act: Act | None) -> Balance:
        return balance_of(desk.store, moment.answers.customer_id or "")

    def ask(self, moment: Here) -> Screen:
        methods = [moment.choice(_capital(method_word(one)), one.value) for one in PaymentMethod]
        answers = moment.answers
        question = _("{number}: {amount}. <b>How</b> did it come?")
        if answers.invoice_id is None:
            question = _("{amount}. <b>How</b> did it come?")
        amount = format_amount(self._received(moment), moment.currency)
        said = fill(question, number=answers.invoice_number, amount=amount)
        return Screen(said, grid(methods, 3))

    def kept(self, moment: Here) -> str:
        method = moment.answers.method
        return method_word(PaymentMethod(method)) if method else ""

    def keep(self, moment: Here) -> Go[PaymentAnswers]:
        return self._by(moment, PaymentMethod(moment.answers.method or PaymentMethod.CASH))

    def typed(self, moment: Here, text: str) -> Go[PaymentAnswers]:
        method = parse_method(text)
        if method is None:
            raise InvalidText(_("Tap how it came, or type: cash, bank, UPI, cheque, other."))
        return self._by(moment, method)

    def pressed(self, moment: Here, token: str) -> Go[PaymentAnswers] | None:
        known = {method.value: method for method in PaymentMethod}
        return self._by(moment, known[token]) if token in known else None

    def _by(self, moment: Here, method: PaymentMethod) -> Go[PaymentAnswers]:
        given = {"method": method.value, "amount": self._received(moment)}
        answers = moment.answers.model_copy(update=given)
        # Cash has no number that anybody would ask for.
        if method is PaymentMethod.CASH:
            return Go(answers.model_copy(update={"reference": None}), SUMMARY)
        return Go(answers, "reference")

    def _received(self, moment: Here) -> int:
        """All that is left by now, where that was meant: another may have recorded some of it."""
        answers, stands = moment.answers, moment.facts
        left: int = stands.due_on(answers.invoice_id or "")
        return left if answers.all_left and left else answers.amount or 0


class AskReference(Field[PaymentAnswers]):
    name = "reference"
    optional = True

    def question(self, moment: Here) -> Markup:
        return fill(_("Its <b>reference</b>: a cheque or transfer number, e.g. UTR 4821"))

    def read(self, moment: Here, text: str) -> str:
        return parse_reference(text)

    def with_value(self, moment: Here, value: str | None) -> Go[PaymentAnswers]:
        return Go(super().with_value(moment, value).answers, SUMMARY)

    def keep(self, moment: Here) -> Go[PaymentAnswers]:
        return Go(moment.answers, SUMMARY)


class AskPaymentDate(AskDate[PaymentAnswers]):
    """Asked only from the summary: money is of today unless somebody says otherwise."""

    attribute = "date"

    def question(self) -> Markup:
        return fill(_("On which <b>date</b> was it received? Tap, or type: 15/8, yesterday"))


class AskInvoice(Step[PaymentAnswers]):
    """Asked only from the summary: money goes to the oldest due unless somebody says otherwise."""

    name = "which"

    def look(self, desk: Desk, moment: Here, act: Act | None) -> tuple[OpenInvoice, ...]:
        return balance_of(desk.store, moment.answers.customer_id or "").open

    def ask(self, moment: Here) -> Screen:
        rows = [(moment.choice(_("Oldest due first"), "oldest"),)]
        for one in moment.facts[:INVOICES]:
            label = f"{one.number} · {format_amount(one.due, moment.currency)}"
            rows.append((moment.choice(label, one.invoice_id),))
        question = _("Which <b>invoice</b> is it for? Tap, or type an invoice's number.")
        return Screen(fill(question), tuple(rows))

    def typed(self, moment: Here, text: str) -> Go[PaymentAnswers]:
        typed = plain(text)
        serial = typed.lstrip("0")
        exact = [one for one in moment.facts if typed == one.number]
        found = exact or [one for one in moment.facts if serial and serial == _serial(one.number)]
        if len(found) == 1:
            return self._for(moment, found[0])
        if found:
            several = _("Several open invoices end so. Tap one, or type it like {example}.")
            raise InvalidText(several.format(example=found[0].number))
        none = _("No open invoice has this number. Tap one, or type it like {example}.")
        example = moment.facts[0].number if moment.facts else "26-27/00042"
        raise InvalidText(none.format(example=example))

    def pressed(self, moment: Here, token: str) -> Go[PaymentAnswers] | None:
        if token == "oldest":
            return self._for(moment, None)
        chosen = next((one for one in moment.facts if one.invoice_id == token), None)
        return self._for(moment, chosen) if chosen else None

    def _for(self, moment: Here, invoice: OpenInvoice | None) -> Go[PaymentAnswers]:
        given = {
            "invoice_id": invoice.invoice_id if invoice else None,
            "invoice_number": invoice.number if invoice else "",
        }
        return Go(moment.answers.model_copy(update=given), SUMMARY)


def _due(moment: Here) -> int:
    """What is left to pay, in paise: on the invoice it is for, or on all."""
    stands: Balance = moment.facts
    picked = moment.answers.invoice_id
    return stands.due_on(picked) if picked else stands.outstanding


def _usable(moment: Here) -> int:
    """How much of the advance held (paise) can be put to what is open."""
    stands: Balance = moment.facts
    return min(stands.advance, _due(moment))


def _serial(number: str) -> str:
    return number.rpartition("/")[2].lstrip("0")


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
