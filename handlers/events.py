"""Who came in and who changed what: the audit's page, newest first, for the admin."""

from itertools import groupby

from markupsafe import Markup

from bot.dates import format_moment
from bot.desk import Desk
from bot.i18n import N_, _, fill, ngettext
from handlers.firm_answers import changed_words
from handlers.pages import paged, turn
from handlers.screen import Choice, Screen
from storage.models import AuditEvent, EventKind

PAGE = 10
"""Events of a page: two short lines each."""

WORDS = {
    EventKind.SIGN_IN: N_("<b>{subject}</b> signed in, as {actor} on Telegram"),
    EventKind.WRONG_CODE: N_("wrong code for <b>{subject}</b>, typed by {actor}"),
    EventKind.LOCK: N_("🔒 sign-in of <b>{subject}</b> closed, after wrong codes of {actor}"),
    EventKind.UNLOCK: N_("{actor} unlocked <b>{subject}</b>"),
    EventKind.SIGN_OUT: N_("<b>{subject}</b> was signed out by {actor}"),
    EventKind.ADD: N_("{actor} added <b>{subject}</b>"),
    EventKind.CHANGE: N_("{actor} changed <b>{subject}</b>"),
    EventKind.REMOVE: N_("{actor} deactivated <b>{subject}</b>"),
    EventKind.REACTIVATE: N_("{actor} reactivated <b>{subject}</b>"),
    EventKind.EXPORT: N_("{actor} took out the statement of <b>{subject}</b>"),
    EventKind.BACKUP: N_("{actor} took out a backup"),
    EventKind.RESTORE: N_("all books were restored, from the backup of <b>{subject}</b>"),
    EventKind.SETTING: N_("{actor} changed the firm"),
    EventKind.ADMIN: N_("{actor} became the admin"),
}
"""What happened, by whom (as Telegram named them then), to whom or what."""

ALL_BOOKS = N_("{actor} took out the books")
"""An export that is of no one customer."""


def listing(desk: Desk, page: int) -> Screen:
    """A page of events."""
    count = desk.store.audit.count()
    books = ((Choice(_("🔎 Check the books"), "audit"),),)
    if not count:
        return Screen(fill(_("Nothing has happened yet.")), books)
    page, offset = paged(page, count, PAGE)
    head = ngettext("📜 <b>{count} event</b>", "📜 <b>{count} events</b>", count)
    lines = [fill(head + _(", newest first"), count=count), Markup()]
    alike = groupby(desk.store.audit.page(offset, PAGE), key=_what)
    lines += [_line(desk, *events) for _same, events in alike]
    return Screen(Markup("\n").join(lines), (*turn("ev", page, count, PAGE), *books))


def _what(event: AuditEvent) -> tuple[EventKind, int, str, str]:
    """Events that follow each other and are alike in this are one line."""
    return event.kind, event.telegram_user_id, event.subject, event.detail


def _line(desk: Desk, event: AuditEvent, *others: AuditEvent) -> Markup:
    all_books = event.kind is EventKind.EXPORT and not event.subject
    restored = event.until if event.kind is EventKind.RESTORE else None
    said = fill(
        _(ALL_BOOKS if all_books else WORDS[event.kind]),
        actor=event.actor_name or event.telegram_user_id,
        subject=format_moment(restored, desk.clock) if restored else event.subject or "–",
    )
    setting = event.kind is EventKind.SETTING
    if detail := changed_words(event.detail) if setting else event.detail:
        said = fill("{said} ({detail})", said=said, detail=detail)
    if others:
        said = fill("{said} ×{times}", said=said, times=1 + len(others))
    return fill("• {when} · {said}", when=format_moment(event.at, desk.clock), said=said)
