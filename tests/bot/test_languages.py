"""What customers are written to is there in each of their languages, word for word."""

import gettext
import re

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from bot import languages
from bot.errors import InvalidInput
from bot.i18n import CUSTOMERS, LOCALES
from bot.languages import NAMES, parse_language
from storage.models import Language

BOT = LOCALES.parent
OTHERS = [language for language in Language if language is not Language.ENGLISH]
METHODS = {"cash", "bank", "UPI", "cheque", "other"}


def written() -> set[str]:
    """Every message of ``bot/sharing.py``, and the ways in which money comes."""
    found = extract_from_file("python", BOT / "sharing.py", keywords={"_": None, "N_": None})
    return {message for _line, message, _comments, _context in found} | METHODS


def catalogue(language):
    with (LOCALES / language / "LC_MESSAGES" / f"{CUSTOMERS}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_missing_and_nothing_is_left_over(language):
    assert {one.id for one in catalogue(language) if one.id} == written()


@pytest.mark.parametrize("language", OTHERS)
def test_each_tells_the_same_figures(language):
    for message in catalogue(language):
        if message.id:
            told = [sorted(re.findall(r"{\w+}", text)) for text in (message.id, message.string)]
            assert told[0] == told[1], message.id


@pytest.mark.parametrize("language", OTHERS)
def test_it_is_compiled(language):
    """``make messages`` does it."""
    compiled = gettext.translation(CUSTOMERS, LOCALES, [language])
    for message in catalogue(language):
        if message.id:
            assert compiled.gettext(message.id) == message.string


@pytest.mark.parametrize("language", Language)
def test_it_is_known_by_its_names(language):
    for name in (NAMES[language], language.name, f" {language.name.title()} "):
        assert parse_language(name) is language


def test_another_is_refused_with_an_example():
    with pytest.raises(InvalidInput, match="“Klingon” is not among the languages"):
        parse_language("Klingon")


def test_all_have_a_name():
    assert set(languages.NAMES) == set(Language)
