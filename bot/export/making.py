"""An export from the store to the file, with nobody waiting for it but who asked."""

import pickle
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from bot.desk import Desk, Who
from bot.errors import UserError
from bot.export import Heading, Period, render_books
from bot.firm import letterhead_of
from bot.i18n import _
from bot.text import FILE_NAME_LIMIT, safe_file_name
from storage.store import Store

FOLDER = "export"
"""In ``DATA_DIR``, which alone can be written to everywhere; nothing stays in it."""

LARGEST = 49_000_000
"""Bytes. A bot may send 50 MB."""

_turn = Lock()
"""One export at a time: each reads all books."""


class ExportTooLarge(UserError):
    """Telegram does not take so large a file."""


def make_export(desk: Desk, who: Who, period: Period) -> bytes:
    """The books as an XLSX; blocking, in a worker thread.

    Raises:
        ExportTooLarge: Telegram would not take it.
        DrawingFailed: it took too long, or nothing could draw it.
        NotAllowed: they are no partner.
    """
    heading = heading_of(desk, who, period)
    with _turn:
        folder = desk.settings.data_dir / FOLDER
        shutil.rmtree(folder, ignore_errors=True)  # a killed process's
        folder.mkdir(mode=0o700, parents=True)
        with TemporaryDirectory(dir=folder) as own:
            accounts, book = Path(own) / "accounts", Path(own) / "book.xlsx"
            _put(desk.store, accounts)
            desk.draw_long(render_books, accounts, book, heading)
            size = book.stat().st_size
            if size > LARGEST:
                raise ExportTooLarge(
                    _(
                        "The file has {size} MB, and Telegram takes 50. Take fewer days, "
                        "e.g. 1/4 - 30/6."
                    ).format(size=size // 1_000_000)
                )
            return book.read_bytes()


def heading_of(desk: Desk, who: Who, period: Period) -> Heading:
    """Whose books, of when, made now, by whom.

    Raises:
        NotAllowed: they are no partner.
    """
    firm = letterhead_of(desk, name=who.partner.name, phone=who.partner.phone)
    return Heading(
        firm=firm.name,
        address=firm.address,
        phone=firm.phone,
        gstin=firm.gstin,
        period=period,
        made_at=desk.clock.now(),
        made_by=who.partner.name,
        zone=desk.clock.zone,
        currency=desk.settings.currency,
    )


def file_name(desk: Desk, who: Who, period: Period) -> str:
    """``Khanna Grain Merchants 2026-04-01 to 2026-06-30.xlsx``; of a long name what fits."""
    firm = letterhead_of(desk, name=who.partner.name, phone=None).name
    last = period.last or desk.clock.today()
    days = f"{period.first} to {last}" if period.first else f"to {last}"
    room = FILE_NAME_LIMIT - len(days) - 1
    return f"{safe_file_name(firm, _('Books'))[:room].rstrip(' .-_')} {days}.xlsx"


def _put(store: Store, path: Path) -> None:
    """All accounts into one file. They are read on the other side, where nobody waits."""
    with path.open("wb") as file:
        for account in store.accounts.each():
            pickle.dump((account.customer_id, account.customer, account.entries), file)
