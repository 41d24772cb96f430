"""The books for the accountant: one question, of which days, and the file is its answer."""

import logging
from collections.abc import Callable

from markupsafe import Markup

from bot import access
from bot.audit_trail import note
from bot.date_range import parse_date_range
from bot.desk import Desk, Who
from bot.drawing import DrawingFailed
from bot.export.making import ExportTooLarge, file_name, make_export
from bot.export.period import Period, last_month, last_year, this_month, this_year
from bot.i18n import _, fill
from bot.numbering import APRIL
from handlers.form import SAVE, Form, Go, Moment, Step
from handlers.screen import Act, Document, Reply, Screen, grid, say
from storage.database import store_errors
from storage.models import EventKind, Part
from storage.types import IsoDate

log = logging.getLogger(__name__)

NAME = "export"


class ExportAnswers(Part):
    """Both None are all days."""

    first: IsoDate | None = None
    last: IsoDate | None = None


Here = Moment[ExportAnswers]


class AskDays(Step[ExportAnswers]):
    name = "days"

    def look(self, desk: Desk, moment: Here, act: Act | None) -> int:
        """The month in which the firm's financial year begins."""
        return desk.store.firm.get().first_month

    def ask(self, moment: Here) -> Screen:
        question = _(
            "All customers, invoices, items, payments and ledger entries, as an Excel file for "
            "the accountant. Of which <b>days</b>? Tap, or type them: 1/4/26 - 30/6/26, april, "
            "2025-26; one day alone is from then until today"
        )
        choices = [
            moment.choice(label, token) for token, (label, _days) in _offered(moment).items()
        ]
        return Screen(fill(question), grid(choices, 2))

    def typed(self, moment: Here, text: str) -> Go[ExportAnswers]:
        days = parse_date_range(text, today=moment.today, first_month=_first_month(moment))
        return _go(Period(*days))

    def pressed(self, moment: Here, token: str) -> Go[ExportAnswers] | None:
        offered = _offered(moment).get(token)
        return _go(offered[1]()) if offered else None


def _offered(moment: Here) -> dict[str, tuple[str, Callable[[], Period]]]:
    today, first_month = moment.today, _first_month(moment)
    return {
        "month": (_("This month"), lambda: this_month(today)),
        "last-month": (_("Last month"), lambda: last_month(today)),
        "year": (_("This financial year"), lambda: this_year(today, first_month)),
        "last-year": (_("Last financial year"), lambda: last_year(today, first_month)),
        "all": (_("Everything"), Period),
    }


def _first_month(moment: Here) -> int:
    return int(moment.facts or APRIL)


def _go(period: Period) -> Go[ExportAnswers]:
    return Go(ExportAnswers(first=period.first, last=period.last), SAVE)


def _finish(desk: Desk, moment: Here) -> Reply:
    """Noted before anything goes out, once for each time it was asked."""
    who, period = moment.who, Period(moment.answers.first, moment.answers.last)
    note(
        desk,
        EventKind.EXPORT,
        who,
        id=f"{moment.draft.op}:{EventKind.EXPORT}",
        detail=str(period),
    )
    said = fill(_("📊 Writing the books, {period}…"), period=period)
    return (Screen(said, work=lambda: _made(desk, who, period)),)


def _made(desk: Desk, who: Who, period: Period) -> Screen:
    try:
        with store_errors():
            content = make_export(desk, who, period)
            user = access.identify(desk.store, desk.clock, telegram_user_id=who.telegram_id)
    except ExportTooLarge as error:
        return say("⚠️ {error}", error=str(error))
    except DrawingFailed as error:
        log.warning("An export could not be made: %s", error)
        return say(_("⚠️ The file could not be made. Take fewer days, e.g. 1/4 - 30/6."))
    if user is None or user.id != who.partner.id:
        # It takes long, and whoever was removed meanwhile gets nothing of it.
        return say(_("You are signed out; the file was not sent."))
    name = file_name(desk, who, period)
    caption = fill(_("Books, {period}. Open it with Excel or LibreOffice."), period=period)
    return Screen(
        fill(_("📊 <b>The books</b>, {period}"), period=period),
        documents=(Document(name, lambda: content, caption),),
    )


def _title(_moment: Here) -> Markup:
    return fill(_("<b>Export</b>"))


FORM: Form[ExportAnswers] = Form(
    name=NAME,
    answers=ExportAnswers,
    steps=(AskDays(),),
    title=_title,
    finish=_finish,
    receipt=None,
    dropped=lambda: _("Nothing was exported."),
)
