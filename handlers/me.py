"""/me: what the bot knows of the partner who asks, their picture and their session."""

from dataclasses import replace

from markupsafe import Markup

from bot import access, evening
from bot.dates import format_date
from bot.desk import Desk, Who
from bot.errors import InvalidImage
from bot.i18n import _, fill
from bot.phones import format_phone
from bot.users import keep_portrait
from handlers.screen import Act, Choice, Reply, Screen
from handlers.sessions import session_words
from storage.models import User

PICTURE = "me:picture"
OUT = "me:out"
EVENING = "me:evening"
"""With the state that is wanted, so that a tap that comes again changes nothing."""


def profile(desk: Desk, who: Who, act: Act) -> Reply:
    """Who they are; with the picture they show on Telegram, kept the first time they ask."""
    user = who.partner
    if user.image_id is None:
        user = _with_portrait(desk, user, act) or user
    lines = [
        fill("👤 <b>{name}</b>", name=user.name),
        fill("📞 {phone}", phone=format_phone(user.phone)),
        fill(_("Partner since {day}"), day=format_date(user.registration_date)),
    ]
    if who.admin:
        lines.append(fill(_("You are the admin too.")))
    lines.append(Markup())
    lines += [
        session_words(desk, session)
        for session in access.sessions_of(desk.store, desk.clock, user.id)
    ]
    image = desk.store.images.get(user.image_id) if user.image_id else None
    wants = user.evening_from is not None
    evenings = _("🌙 Evening summary: on") if wants else _("🌙 Evening summary: off")
    rows = (
        (Choice(evenings, f"{EVENING}:{'off' if wants else 'on'}"),),
        (Choice(_("🖼 Take my Telegram picture"), PICTURE),),
        (Choice(_("🚪 Sign out"), OUT),),
    )
    return (
        Screen(Markup("\n").join(lines), rows, photo=image.content if image else None, fresh=True),
    )


def picture(desk: Desk, who: Who, act: Act) -> Reply:
    """Take the picture that they show on Telegram now."""
    user = _with_portrait(desk, who.partner, act)
    if user is None:
        none = _("You show no picture on Telegram, or only to your contacts.")
        return (Screen(fill(none), fresh=True),)
    return profile(desk, replace(who, user=user), act)


def evening_summary(desk: Desk, who: Who, act: Act, *, on: bool) -> Reply:
    """Send them the evening summary from the next evening on, or none any more."""
    user = evening.switch(desk, who.partner, on=on)
    said = fill(_("You get no evening summary any more."))
    if user.evening_from is not None:
        words = _(
            "At {time} each day you get the day's invoices, what was collected, and what is "
            "outstanding; nothing on a day on which nothing was posted. The first is of {day}."
        )
        time = format(desk.settings.evening_time, "%H:%M")
        said = fill(words, time=time, day=format_date(user.evening_from))
    (card,) = profile(desk, replace(who, user=user), act)
    # A picture cannot be turned into another text, and has been seen.
    return (replace(card, photo=None, fresh=False).headed(said),)


def _with_portrait(desk: Desk, user: User, act: Act) -> User | None:
    """The partner with their picture; None when they show none, or none that can be read."""
    content = act.portrait()
    if content is None:
        return None
    try:
        return keep_portrait(desk, user, content)
    except InvalidImage:
        return None
