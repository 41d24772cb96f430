"""Whatever Telegram answers to a bot that asks for updates, it is one that can be asked again."""

import json
from contextlib import suppress

import pytest
from telegram.error import InvalidToken, NetworkError
from telegram.request import HTTPXRequest

from handlers.edge.intake import Intake
from handlers.edge.polling import Garbled, KeepingBot, TokenRefused
from handlers.edge.store_away import StoreAway

NOTHING_NEW = (200, {"ok": True, "result": []})
UNAUTHORIZED = (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
NOT_FOUND = (404, {"ok": False, "error_code": 404, "description": "Not Found"})
AWAY = (502, {"ok": False, "error_code": 502, "description": "Bad Gateway"})

PRIVATE = "Ramesh"


class Telegram(HTTPXRequest):
    """Gives one answer each time; an hour passes while it is thought about."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = []
        self.now = 0.0

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        status, answer = self.answers.pop(0)
        self.now += 3600
        return status, json.dumps(answer).encode()

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def bot(mongomock_store, clock, telegram) -> KeepingBot:
    intake = Intake(mongomock_store, clock, StoreAway(mongomock_store), frozenset)
    return KeepingBot(
        intake,
        token="1:a",  # noqa: S106
        get_updates_request=telegram,
        monotonic=telegram.monotonic,
    )


@pytest.mark.parametrize("refusal", [UNAUTHORIZED, NOT_FOUND])
async def test_a_token_that_is_refused_may_be_accepted_the_next_time(bot, telegram, refusal):
    telegram.answers = [refusal, NOTHING_NEW]

    with pytest.raises(NetworkError) as refused:
        await bot.get_updates()

    assert not isinstance(refused.value, InvalidToken)
    assert await bot.get_updates() == ()


async def test_it_is_known_for_how_long_nothing_else_was_answered(bot, telegram):
    telegram.answers = [UNAUTHORIZED, NOT_FOUND, UNAUTHORIZED]

    assert [await _refused(bot) for _ in range(3)] == [0, 3600, 7200]


@pytest.mark.parametrize("another", [NOTHING_NEW, AWAY, (200, PRIVATE)])
async def test_another_answer_in_between_begins_it_anew(bot, telegram, another):
    telegram.answers = [UNAUTHORIZED, another, UNAUTHORIZED]

    await _refused(bot)
    with suppress(NetworkError):
        await bot.get_updates()
    assert await _refused(bot) == 0


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, {"ok": True}),
        (200, []),
        (200, PRIVATE),
        (200, None),
        (200, {"ok": True, "result": None}),
        (200, {"ok": True, "result": True}),
        (200, {"ok": True, "result": {PRIVATE: 1}}),
        (200, {"ok": True, "result": [PRIVATE]}),
        (200, {"ok": True, "result": [None]}),
        (200, {"ok": True, "result": [{"message": PRIVATE}]}),
        (200, {"ok": True, "result": [{"update_id": PRIVATE}]}),
        (200, {"ok": True, "result": [{"update_id": None}]}),
        (500, [PRIVATE]),
        (429, {"ok": False, "parameters": [PRIVATE]}),
        (429, {"ok": False, "parameters": {"retry_after": PRIVATE}}),
    ],
    ids=json.dumps,
)
async def test_what_is_no_answer_of_telegrams_is_not_told_and_asked_for_again(
    bot, telegram, status, answer
):
    telegram.answers = [(status, answer), NOTHING_NEW]

    with pytest.raises(Garbled) as garbled:
        await bot.get_updates()

    assert PRIVATE not in str(garbled.value)
    assert await bot.get_updates() == ()


async def test_of_a_garbled_answer_nothing_is_taken(bot, telegram, mongomock_store):
    whole, half = {"update_id": 7}, {"message": PRIVATE}
    telegram.answers = [(200, {"ok": True, "result": [whole, half]})]

    with pytest.raises(Garbled):
        await bot.get_updates()

    assert mongomock_store.inbox.get(7) is None


async def _refused(bot: KeepingBot) -> float:
    with pytest.raises(TokenRefused) as refused:
        await bot.get_updates()
    return refused.value.lasting
