"""What the process writes to its log: one line an event, never a code, a token or a message.

Save one, which is there to be opened: while the firm has no admin, the link that makes the first.
"""

import datetime as dt
import json
import logging
import sys
from typing import Any

CHATTY = ("apscheduler", "asyncio", "telegram.ext.Updater", "uvicorn")
"""Loggers that write a line for every tick, loop, poll or start."""

REPEATED = ("telegram.ext", "telegram.ext.Updater", "telegram.request.BaseRequest")
"""Loggers that write a traceback when Telegram is away, which others say in one line."""

TELLTALE = ("telegram", "pymongo")
"""Loggers that at DEBUG write whole calls and commands: the token, the codes, the books."""

ADDRESSING = ("apprise", "httpcore", "httpx", "requests", "urllib3")
"""Loggers that write addresses, headers and bodies, which hold tokens and codes."""

TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_NOWHERE = logging.NullHandler()


class JsonLine(logging.Formatter):
    """An event as one line of JSON, for what collects logs. ``time`` is UTC.

    What an event of ours is about stands in fields of its own: ``extra={"about": {…}}``. What
    else a library hangs on its records is left out: it may be anything.
    """

    def format(self, record: logging.LogRecord) -> str:
        time = dt.datetime.fromtimestamp(record.created, dt.UTC)
        said: dict[str, Any] = {
            "time": time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "about", {}),
        }
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


def start_logging(level: str, form: str = "auto") -> None:
    """Log to standard error at this level; the libraries' own chatter from WARNING up.

    Args:
        level: the least that is written.
        form: ``text``, ``json``, or ``auto``: text on a terminal, and JSON elsewhere.
    """
    is_json = form == "json" or (form == "auto" and not sys.stderr.isatty())
    formatter = JsonLine() if is_json else logging.Formatter(TEXT)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler])
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
