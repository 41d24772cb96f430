"""For whom: the question that every form about a customer's money begins with."""

from typing import TypeVar

from bot.customers import phone_holder
from bot.desk import Desk
from bot.i18n import _, fill
from bot.text import clean_line, fold_name
from handlers import customer_form
from handlers.contact_card import phone_of
from handlers.customers import labels
from handlers.form import SUMMARY, Go, Moment, Step, Within
from handlers.screen import Act, Rows, Screen
from storage.ids import is_id
from storage.models import Customer, Part

OFFERED = 6


class ForCustomer(Part):
    """Answers about one customer; ``query`` is what was typed to find them."""

    customer_id: str | None = None
    customer_name: str = ""
    query: str = ""


F = TypeVar("F", bound=ForCustomer)


def chosen(answers: F, customer_id: str, name: str) -> F:
    """The answers for this customer."""
    update = {"customer_id": customer_id, "customer_name": name, "query": ""}
    return answers.model_copy(update=update)


class AskCustomer(Step[F]):
    """A tap on one of the customers offered, a typed name or number, or a contact card."""

    name = "customer"

    def offered(self, desk: Desk) -> list[Customer]:
        """Whom to offer before anything is typed, at most ``OFFERED``."""
        return desk.store.customers.recent(OFFERED)

    def chosen(self, answers: F, customer_id: str, name: str) -> F:
        """The answers for this customer."""
        return chosen(answers, customer_id, name)

    def look(self, desk: Desk, moment: Moment[F], act: Act | None) -> list[tuple[str, str, str]]:
        """(id, name, label) of the customers to offer; of the one pressed; of those typed for."""
        customers, query = desk.store.customers, moment.answers.query
        if act is None:
            found = customers.search(query, OFFERED) if query else self.offered(desk)
        elif act.press:
            token = act.press.rsplit(":", 1)[1]
            pressed = customers.get(token) if is_id(token) else None
            found = [pressed] if pressed else []
        elif act.contact is not None:
            phone = phone_of(act.contact, moment.region)
            holder = phone_holder(desk.store, phone, besides=None)
            found = [holder] if holder else []
        else:
            found = customers.search(act.text, OFFERED)
        return [(one.id, one.name, text) for one, text in labels(desk, found)]

    def kept(self, moment: Moment[F]) -> str:
        return moment.answers.customer_name

    def ask(self, moment: Moment[F]) -> Screen:
        query = moment.answers.query
        rows: Rows = tuple((moment.choice(text, one),) for one, _name, text in moment.facts)
        if query:
            question = (
                _("Which of these? Or type another name.")
                if moment.facts
                else _("No customer matches <b>{query}</b>. Type another name, or add them.")
            )
            new = _("➕ New customer “{query}”").format(query=query)
            return Screen(fill(question, query=query), (*rows, (moment.choice(new, "new"),)))
        question = _("For which <b>customer</b>? Tap one, or type a name or phone number.")
        return Screen(fill(question), (*rows, (moment.choice(_("➕ New customer"), "new"),)))

    def typed(self, moment: Moment[F], text: str) -> Go[F]:
        query = clean_line(text, field=_("customer's name"), example=_("Ramesh Kumar"))
        match moment.facts:
            case [(customer_id, name, _label)] if fold_name(name) == fold_name(query):
                return Go(self.chosen(moment.answers, customer_id, name))
        return Go(moment.answers.model_copy(update={"query": query}), self.name)

    def sent(self, moment: Moment[F], act: Act) -> Go[F]:
        if act.contact is None:
            return super().sent(moment, act)
        for customer_id, name, _label in moment.facts:
            return Go(self.chosen(moment.answers, customer_id, name))
        start = customer_form.of_contact(act.contact, moment.region)
        return Within(moment.answers, SUMMARY, customer_form.NAME, start)

    def pressed(self, moment: Moment[F], token: str) -> Go[F] | None:
        answers = moment.answers
        if token == "new":
            start = customer_form.start(answers.query, moment.region)
            return Within(answers, "phone" if start.name else "name", customer_form.NAME, start)
        for customer_id, name, _label in moment.facts:
            if customer_id == token:
                return Go(self.chosen(answers, customer_id, name))
        return None
