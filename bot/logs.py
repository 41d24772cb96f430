"""What the process writes to its log: one line an event, never a code, a token or a message.

Save one, which is there to be opened: while the firm has no admin, the link that makes the first.
"""

import logging
import sys

CHATTY = ("apscheduler", "asyncio", "telegram.ext.Updater")
"""Loggers that write a line for every tick, loop or poll."""

REPEATED = ("telegram.ext", "telegram.ext.Updater", "telegram.request.BaseRequest")
"""Loggers that write a traceback when Telegram is away, which others say in one line."""

TELLTALE = ("telegram", "pymongo")
"""Loggers that at DEBUG write whole calls and commands: the token, the codes, the books."""

ADDRESSING = ("apprise", "httpcore", "httpx", "requests", "urllib3")
"""Loggers that write addresses, headers and bodies, which hold tokens and codes."""

_NOWHERE = logging.NullHandler()


def start_logging(level: str) -> None:
    """Log to standard error at this level; the libraries' own chatter from WARNING up."""
    logging.basicConfig(
        level=level,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    hold_back_libraries()


def hold_back_libraries() -> None:
    """Let none write a secret, or a line for nothing, whatever the level of the log is."""
    level = logging.getLogger().level
    for names, least in ((CHATTY, logging.WARNING), (TELLTALE, logging.INFO)):
        for name in names:
            logging.getLogger(name).setLevel(max(least, level))
    for name in REPEATED:
        logging.getLogger(name).addFilter(_is_no_error)
    for name in ADDRESSING:
        logging.getLogger(name).setLevel(logging.WARNING)
    # Its warnings quote tokens and numbers; the channel says of a send what helps.
    logging.getLogger("apprise").propagate = False
    logging.getLogger("apprise").addHandler(_NOWHERE)


def _is_no_error(record: logging.LogRecord) -> bool:
    return record.levelno != logging.ERROR
