import pytest
from babel.dates import get_day_names, get_month_names

from bot.date_words import DAYS_ON, LANGUAGES, TURNS, UNITS, WIDTHS, month_of, weekday_of
from bot.numerals import plain


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_name_of_a_month_or_weekday_means_two_things(language, width):
    months = get_month_names(width, locale=language)
    weekdays = get_day_names(width, locale=language)
    for number, name in months.items():
        assert (month_of(name), weekday_of(name)) == (number, None)
    for number, name in weekdays.items():
        assert (month_of(name), weekday_of(name)) == (None, number)


def test_every_word_is_spelled_as_typed_text_arrives():
    for word in (*DAYS_ON, *TURNS, *UNITS):
        assert plain(word).casefold() == word
