"""How an error came about, for the log: without its words, which may quote the books."""

import traceback

from telegram.error import TelegramError


def way_of(error: BaseException | None) -> str:
    """The way that an error took, cause by cause. Without its words, which may quote the books.

    What Telegram answered is no such quotation, and tells what no line of ours can.
    """
    ways = []
    while error is not None:
        words = f": {error}" if isinstance(error, TelegramError) else ""
        lines = "".join(traceback.format_tb(error.__traceback__))
        ways.append(f"{type(error).__name__}{words}\n{lines}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "because of ".join(ways)


def place_of(error: BaseException) -> str:
    """What failed and where, in a few words that stay the same from one time to the next."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
