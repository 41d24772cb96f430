"""What passes between the edge and the flows: what a person did, and what they are shown.

Everything here is data. A flow is tested by handing it an :class:`Act` and reading the
:class:`Screen`; the edge turns the one from, and the other into, Telegram's words.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from bot.i18n import _, fill

LASTING = "+"
"""Begins the data of a button whose message stays as it is when the button is pressed."""

DATA_BYTES = 64
"""What Telegram keeps with a button."""

EDITED = "edited"
"""``Act.other`` of a message that was sent before and changed now."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact card. ``own`` is true only for the sender's own number, sent by themselves.

    ``telegram``: it is of a Telegram account, and so its number is an international one.
    """

    phone: str
    name: str
    own: bool
    telegram: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was sent; ``fetch`` downloads its bytes (blocking, from a worker thread)."""

    size: int
    fetch: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did, in one update.

    ``command`` comes without its slash, ``text`` then holds its argument. ``press`` is the data of
    a button, of the message ``pressed_in``. ``other`` names a kind of message that no step takes
    (a sticker, a voice message, …). ``portrait`` downloads the picture that they show on Telegram
    (blocking, from a worker thread); None when they show none, or it does not come. ``again``: it
    may have done its work before, and nobody heard what came of it: the bot died, or the store was
    away.
    """

    update_id: int
    user_id: int
    chat_id: int
    private: bool
    name: str = ""
    language: str = "en"
    text: str = ""
    command: str = ""
    press: str = ""
    pressed_in: int | None = None
    contact: Contact | None = None
    picture: Picture | None = None
    other: str = ""
    portrait: Callable[[], bytes | None] = lambda: None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. ``data`` is ``verb:object:id``, at most ``DATA_BYTES``, never an amount.

    Raises:
        ValueError: ``data`` is longer than that.
    """

    label: str
    data: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if len(self.data.encode(errors="surrogatepass")) > DATA_BYTES:
            raise ValueError(f"Telegram takes {DATA_BYTES} bytes of a button: {self.data!r}")


Rows = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send. ``make`` renders it in a worker thread, after the text has gone out."""

    name: str
    make: Callable[[], bytes]
    caption: Markup = field(default_factory=Markup)


@dataclass(frozen=True, slots=True)
class Screen:
    """One message.

    Attributes:
        text: HTML with every value escaped (``Markup``, so that the type checker watches).
        choices: rows of buttons under it.
        menu: rows of the keyboard below the chat; None leaves it as it is.
        ask_contact: label of a button that shares the phone number.
        documents: sent after the text, one after the other.
        silent: nobody's phone sounds, where it is sent to who did not ask for it.
        photo: bytes of a picture to show with the text as its caption.
        toast: a short word on the button that was pressed.
        fresh: send a new message even where the pressed one could be edited.
        spent: take the buttons off the pressed message, which is out of date.
        at: a message of the chat that turns into this, if it still can; nothing is lost if not.
        to: another chat than the one the act came from.
        occurrence: what may not be lost; under this id it is sent once, whoever sends it.
        until: up to when such a thing tells of what was posted, UTC; it is kept with it.
        forget: delete the person's own message (it held a code).
        commands: the names and descriptions in this chat's command menu from now on.
        list_of: the data of the button that shows this list: as the newest of its chat it follows
            the books. Empty: no list stands in this message any more.
        moves: with this the books have moved, and the lists on show follow.
        work: for what takes seconds: makes, in a worker thread, what takes this screen's place.
    """

    text: Markup = field(default_factory=Markup)
    choices: Rows = ()
    menu: tuple[tuple[str, ...], ...] | None = None
    ask_contact: str = ""
    documents: tuple[Document, ...] = ()
    silent: bool = False
    photo: bytes | None = None
    toast: str = ""
    fresh: bool = False
    spent: bool = False
    at: int | None = None
    to: int | None = None
    occurrence: str = ""
    until: dt.datetime | None = None
    forget: bool = False
    commands: tuple[tuple[str, str], ...] = ()
    list_of: str | None = None
    moves: bool = False
    work: "Callable[[], Screen] | None" = None

    def headed(self, text: Markup) -> "Screen":
        """The same screen with a line above: what just happened, or what was wrong."""
        joined = text + Markup("\n\n") + self.text if self.text else text
        return replace(self, text=joined)


Reply = tuple[Screen, ...]


def say(template: str, /, **values: object) -> Screen:
    """A screen of text alone; values are escaped."""
    return Screen(fill(template, **values))


def lasting(rows: Rows) -> Rows:
    """The same buttons, answered below: what they stand under is a receipt and must remain.

    A link asks nothing of the bot.
    """
    return tuple(
        tuple(
            choice
            if choice.url or choice.data.startswith(LASTING)
            else replace(choice, data=LASTING + choice.data)
            for choice in row
        )
        for row in rows
    )


def whatsapp(url: str) -> Choice:
    """A button that opens WhatsApp with a text typed already, out of ``bot.sharing``."""
    return Choice(_("📲 WhatsApp"), url=url)


def grid(choices: list[Choice], columns: int) -> Rows:
    """Lay buttons out in rows of this many."""
    return tuple(tuple(choices[i : i + columns]) for i in range(0, len(choices), columns))
