"""Every word of ours in an export went through gettext; what people typed did not."""

import gettext
import re

from bot import i18n
from tests.bot.books import every_kind, keep
from tests.bot.export.reading_back import exported

OURS = re.compile(r"⟦[^⟧]*⟧")
TYPED = {"Ravi", "Ramesh", "Suresh", "salt", "wheat", "wrong amount", "was right"}
CODES = {"INR", "Asia/Kolkata", "+919876543210"}
ID = re.compile(
    r"[a-z]|26-27/\d{5}(, 26-27/\d{5})*|(cancel|undo|restore|drop) [a-z]|use|ramesh|suresh"
)


class Brackets(gettext.NullTranslations):
    def gettext(self, message):
        return f"⟦{message}⟧"


def test_all_that_is_ours_is_translated(mongomock_store, clock, tmp_path, monkeypatch):
    monkeypatch.setattr(i18n, "_translations", lambda *_reader: Brackets())
    keep(mongomock_store, every_kind())
    book = exported(mongomock_store, clock, tmp_path)
    cells = [cell.value for sheet in book for row in sheet for cell in row]
    texts = {text for text in cells if isinstance(text, str)}

    assert all(name.startswith("⟦") for name in book.sheetnames)
    assert not {text for text in texts if not OURS.search(text) and not ID.fullmatch(text)} - (
        TYPED | CODES
    )
