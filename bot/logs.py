"""What the process writes to its log: one line an event, never a code, a token or a message."""

import logging
import sys

CHATTY = ("httpx", "httpcore", "apscheduler", "telegram.ext.Updater", "apprise", "urllib3")
"""Loggers that write addresses with the token in them, or a line for every poll."""


def start_logging(level: str) -> None:
    """Log to standard error at this level; the libraries' own chatter from WARNING up."""
    logging.basicConfig(
        level=level,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
