"""What the process writes to its log: one line an event, never a code, a token or a message."""

import logging
import sys

from bot.delivery import keep_secrets_out_of_logs

CHATTY = ("apscheduler", "telegram.ext.Updater")
"""Loggers that write a line for every tick or poll."""

REPEATED = ("telegram.ext", "telegram.ext.Updater", "telegram.request.BaseRequest")
"""Loggers that write a traceback when Telegram is away, which others say in one line."""


TELLTALE = ("telegram", "pymongo")
"""Loggers that at DEBUG write whole calls and commands: the token, the codes, the books."""


def start_logging(level: str) -> None:
    """Log to standard error at this level; the libraries' own chatter from WARNING up."""
    logging.basicConfig(
        level=level,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    for name in REPEATED:
        logging.getLogger(name).addFilter(lambda record: record.levelno != logging.ERROR)
    logging.getLogger("asyncio").addFilter(_is_not_telegrams)
    for name in TELLTALE:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))
    keep_secrets_out_of_logs()


def _is_not_telegrams(record: logging.LogRecord) -> bool:
    """All but a poll that failed as the bot was told to stop, and that its library forgets."""
    error = record.exc_info[1] if record.exc_info else None
    return not type(error).__module__.startswith("telegram.")
