"""Words: gettext with English msgids, and the one way in which values get into a message.

The language is the one of the update being answered, held in a context variable; a thread started
with :func:`asyncio.to_thread` sees it too. What customers are written to has catalogues of its
own, which are whole where those for partners may not be there yet.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

PARTNERS, CUSTOMERS = "messages", "customers"
"""The domains of gettext, by who reads."""

LOCALES = Path(__file__).parent / "locale"

_reader: ContextVar[tuple[str, str]] = ContextVar("reader", default=(PARTNERS, "en"))


@cache
def _translations(domain: str, language: str) -> gettext.NullTranslations:
    return gettext.translation(domain, LOCALES, languages=[language], fallback=True)


@cache
def _locale(domain: str, language: str) -> Locale:
    spoken = _translations(domain, language).info().get("language", "en")
    try:
        return Locale.parse(spoken)
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@contextmanager
def speaking(language: str | None, domain: str = PARTNERS) -> Iterator[None]:
    """Write in this language (an IETF tag such as ``hi`` or ``pa-IN``) inside the block."""
    token = _reader.set((domain, (language or "en").replace("-", "_")))
    try:
        yield
    finally:
        _reader.reset(token)


def current_language() -> str:
    """The language in which the current update is answered, as :func:`speaking` takes it."""
    return _reader.get()[1]


def current_locale() -> Locale:
    """What Babel names months and days by: the language that messages really are in.

    That is English where there is no catalogue for the current language, so that no message is
    half translated.
    """
    return _locale(*_reader.get())


def _(message: str) -> str:
    """The message in the current language, as plain text."""
    return _translations(*_reader.get()).gettext(message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a message that is kept in English and translated where it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """The form for this count in the current language, as plain text."""
    return _translations(*_reader.get()).ngettext(one, many, count)


def isolated(value: Any) -> Any:
    """Right-to-left text between Unicode's isolates, so that it does not turn our words around."""
    if type(value) is str and any(bidirectional(letter) in ("R", "AL") for letter in value):
        return f"\u2068{value}\u2069"
    return value


def fill(template: str, /, **values: Any) -> Markup:
    """An HTML message: the template is ours and may carry tags, every value is escaped.

    ``fill(_("Saved <b>{name}</b>."), name=customer.name)``
    """
    return Markup(template).format(**{name: isolated(value) for name, value in values.items()})  # noqa: S704 - templates are our own msgids
