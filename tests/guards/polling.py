"""What keeps Telegram asked for updates, or the bot from staying when it is not."""

from tests.guards.guard import Guard

POLLING, REPORTER = "handlers/edge/polling.py", "handlers/edge/reporter.py"

ON_POLLING = "tests/handlers/edge/test_polling.py"
ON_REPORTER = "tests/handlers/edge/test_reporter.py"
ON_PROCESS = "tests/process/test_polling.py"

GUARDS = [
    Guard(
        "a token that is refused in passing silences nobody",
        POLLING,
        "            raise TokenRefused(now - self._refused_since) from error\n",
        "            raise\n",
        f"{ON_POLLING}::test_a_token_that_is_refused_may_be_accepted_the_next_time",
    ),
    Guard(
        "and one that is refused for good ends the bot",
        REPORTER,
        "        if refused.lasting > REFUSED_SECONDS:\n",
        "        if False:\n",
        f"{ON_REPORTER}::test_and_when_it_lasts_it_is_why_the_bot_stops",
    ),
    Guard(
        "no bot is there that asks for nothing",
        "bot/app.py",
        '    queue.run_once(reporter.watch_polling, 0, name="polling", job_kwargs=LATE_IS_FINE)\n',
        "    del reporter, queue\n",
        f"{ON_PROCESS}::test_polling_that_ends_by_itself_ends_it_in_one_line",
    ),
    Guard(
        "what is no answer of Telegram's is not asked for at once",
        POLLING,
        "            raise Garbled from error\n",
        "            raise\n",
        f"{ON_POLLING}::test_what_is_no_answer_of_telegrams_is_not_told_and_asked_for_again",
    ),
    Guard(
        "nor are updates that are none",
        POLLING,
        " and all(map(_is_update, answer))",
        "",
        f"{ON_POLLING}::test_what_is_no_answer_of_telegrams_is_not_told_and_asked_for_again",
    ),
]
