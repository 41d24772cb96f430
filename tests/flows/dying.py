"""A bot that dies with whatever it does, for the tests of what becomes of that afterwards."""

from contextlib import contextmanager

import pytest

from handlers.edge import outgoing


class Death(BaseException):
    """``kill -9``: nothing of ours gets hold of it."""


def dies(*_, **__):
    raise Death


@contextmanager
def dying(monkeypatch, *, before_it_answers: bool = True):
    """The bot dies with whatever it does: before it answers, or when the answer is out."""
    deliver = outgoing.deliver

    async def at_the_answer(*given, **named):
        if not before_it_answers:
            await deliver(*given, **named)
        raise Death

    with monkeypatch.context() as patch:
        patch.setattr(outgoing, "deliver", at_the_answer)
        with pytest.raises(Death):
            yield


def answers(phone) -> list[str]:
    return [message.text for message in phone.messages if message.from_bot]
