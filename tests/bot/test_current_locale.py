import datetime as dt
from io import BytesIO

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from bot import i18n
from bot.calendar import month_title
from bot.dates import format_date

DAY = dt.date(2026, 8, 15)


@pytest.fixture
def hindi(tmp_path, monkeypatch):
    compiled = BytesIO()
    write_mo(compiled, Catalog(locale="hi"))
    folder = tmp_path / "hi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.mo").write_bytes(compiled.getvalue())
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    i18n._translations.cache_clear()
    i18n._locale.cache_clear()
    yield
    i18n._translations.cache_clear()
    i18n._locale.cache_clear()


@pytest.mark.usefixtures("hindi")
@pytest.mark.parametrize("tag", ["hi", "hi-IN"])
def test_dates_are_in_the_language_of_the_messages(tag):
    with i18n.speaking(tag):
        assert format_date(DAY) == "15 अग॰ 2026"
        assert month_title(2026, 8) == "अगस्त 2026"
    assert format_date(DAY) == "15 Aug 2026"


@pytest.mark.parametrize("tag", [None, "", "en-GB", "fr", "xx-yy", "../../etc", "☃"])
def test_dates_are_in_english_where_there_is_no_catalogue(tag):
    with i18n.speaking(tag):
        assert format_date(DAY) == "15 Aug 2026"
