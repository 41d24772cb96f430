"""What became of a call to Telegram that failed, and so what may be done about it."""

import httpx
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

_BEFORE_IT_WAS_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
)
"""No connection was there to send anything on: refused, no such host, no TLS, no free one."""


class NotSent(NetworkError):
    """The call did not arrive, for certain: it may be made again, and later that may help.

    ``after``: seconds for which Telegram wants to be left alone; 0 where it could not be reached.
    """

    def __init__(self, message: str, *, after: float = 0) -> None:
        super().__init__(message)
        self.after = after


class InDoubt(NetworkError):
    """Some of a reply may have arrived or not, after all of it was tried; ``__cause__`` says why.

    ``document``: the name of the file that is in doubt; empty where it is a text. It is for the
    partner's eyes: a customer's name is in it, and the words of an error go into the log.
    """

    def __init__(self, document: str = "") -> None:
        what = "a document" if document else "a text"
        super().__init__(f"Nobody knows whether {what} arrived")
        self.document = document


def never_arrived(error: TelegramError) -> bool:
    """Whether the call cannot have reached Telegram."""
    return isinstance(error.__cause__, _BEFORE_IT_WAS_SENT)


def is_unknown(error: TelegramError) -> bool:
    """Whether the call may have been carried out: a time-out, a broken connection, a 5xx.

    What Telegram refuses it did not do; PTB counts a bad request as trouble of the network.
    """
    answer_unreadable = type(error) is TelegramError
    return answer_unreadable or (
        isinstance(error, NetworkError) and not isinstance(error, BadRequest | NotSent)
    )


def is_gone(error: TelegramError) -> bool:
    """Whether this chat takes no message of ours: blocked, deleted, or never opened."""
    return isinstance(error, Forbidden) or (
        isinstance(error, BadRequest) and "chat not found" in error.message.lower()
    )
