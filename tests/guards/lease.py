"""What keeps two bots from the same books, where no folder's lock does."""

from tests.guards.guard import Guard

STORED, HELD = "storage/lease.py", "bot/lease.py"

ON_STORED, ON_HELD = "tests/storage/test_lease.py", "tests/bot/test_lease.py"
ON_QUIET = "tests/handlers/edge/test_taken_over.py"
ON_REPORTER = "tests/handlers/edge/test_reporter.py"
ON_PROCESS = "tests/process/test_one_bot.py"

GUARDS = [
    Guard(
        "a bot does nothing before the books are its own",
        "bot/commands.py",
        "as store, held(store.lease, wait=wait):",
        "as store:",
        f"{ON_PROCESS}::test_a_deployments_next_bot_answers_once_the_last_has_stopped",
    ),
    Guard(
        "of several who would take them over one does",
        STORED,
        '        as_seen = {"_id": THE_ONE, **seen.stored()}\n',
        '        as_seen = {"_id": THE_ONE}\n',
        f"{ON_STORED}::test_of_two_who_saw_that_it_stands_still_one_takes_it",
    ),
    Guard(
        "only its holder shows that it lives",
        STORED,
        '        return {"_id": THE_ONE, "holder": self._holder}\n',
        '        return {"_id": THE_ONE}\n',
        f"{ON_STORED}::test_who_lost_it_hears_so_and_does_not_shake_who_has_it",
    ),
    Guard(
        "a bot that beats slowly is not taken for dead",
        HELD,
        "still = still + 1 if seen == before else 0",
        "still += 1",
        f"{ON_HELD}::test_a_bot_that_beats_slowly_lives",
    ),
    Guard(
        "who was taken for dead stops",
        HELD,
        "                self._stop_bot()\n",
        "",
        f"{ON_HELD}::test_a_bot_whose_books_were_taken_over_stops",
    ),
    Guard(
        "and does not end the poll of the one that took over",
        "handlers/edge/polling.py",
        "        if self._intake.is_taken_over():\n",
        "        if False:\n",
        f"{ON_QUIET}::test_who_finds_them_taken_over_asks_for_none",
    ),
    Guard(
        "nor does the one that took over stop because that one moved again",
        "handlers/edge/reporter.py",
        "        if at_work or self.took_over:\n",
        "        if at_work:\n",
        f"{ON_REPORTER}::test_the_one_that_took_over_from_one_that_stood_still_stays_from_the_start",
    ),
    Guard(
        "a store that is away for a while stops no beats",
        HELD,
        "            self._beating = False\n            return True\n",
        "            return False\n",
        f"{ON_HELD}::test_a_bot_beats_on_once_the_store_is_back",
    ),
    Guard(
        "a deployment's next bot need not wait for a dead one",
        HELD,
        "            self._lease.give_back()\n",
        "            pass\n",
        f"{ON_HELD}::test_a_bot_that_ends_gives_it_back_however_it_ends",
    ),
    Guard(
        "nor for what hangs in the last one",
        "bot/process.py",
        "    leaving.start()\n",
        "",
        "tests/process/test_stop.py::test_what_hangs_is_left_and_that_is_no_failure",
    ),
    Guard(
        "no second signal cuts the end short",
        "bot/process.py",
        "        except Exception:\n"
        "            if reporter.fatal is None:  # else it is why, once more\n"
        "                raise\n"
        "        finally:\n"
        "            _begin_to_end(1)  # by itself, unless it was told to\n"
        "            mark_ended(settings.data_dir)\n"
        "    return refuse(reporter.fatal) if reporter.fatal else 0\n"
        "\n"
        "\n"
        "def _poll(application: App) -> None:\n"
        "    application.run_polling(\n"
        "        allowed_updates=list(WANTED),\n"
        "        bootstrap_retries=BOOTSTRAP_RETRIES,\n"
        "        drop_pending_updates=False,\n"
        "        poll_interval=ANSWER_FIRST,\n"
        "        stop_signals=None,\n"
        "        close_loop=False,  # it would give the signals their defaults back\n",
        "        except Exception:\n"
        "            if reporter.fatal is None:  # else it is why, once more\n"
        "                raise\n"
        "    return refuse(reporter.fatal) if reporter.fatal else 0\n"
        "\n"
        "\n"
        "def _poll(application: App) -> None:\n"
        "    application.run_polling(\n"
        "        allowed_updates=list(WANTED),\n"
        "        bootstrap_retries=BOOTSTRAP_RETRIES,\n"
        "        drop_pending_updates=False,\n"
        "        poll_interval=ANSWER_FIRST,\n"
        "        stop_signals=None,\n",
        "tests/process/test_stop.py::test_to_be_told_again_changes_nothing",
    ),
    Guard(
        "a bot that waits for another stops when asked",
        "bot/process.py",
        "        signal.signal(told, _stop)\n",
        "        pass\n",
        f"{ON_PROCESS}::test_one_that_waits_stops_when_asked_and_that_is_no_failure",
    ),
    Guard(
        "what is written after a take-over does not count as kept",
        "handlers/edge/intake.py",
        "        self._store.check_ours()\n",
        "",
        "tests/handlers/edge/test_taken_over.py"
        "::test_what_it_wrote_too_late_for_the_other_to_see_does_not_count_as_kept",
    ),
    Guard(
        "a file that was taken away is no store",
        "storage/database.py",
        ", check_file=file.check",
        "",
        "tests/storage/test_opened_file.py"
        "::test_taken_away_it_is_no_store_though_it_takes_what_is_written",
    ),
    Guard(
        "where a bot has worked no books are begun anew",
        "bot/process.py",
        "    if missing:\n",
        "    if missing is None:\n",
        "tests/process/test_start.py::test_books_that_are_gone_are_missed_and_not_begun_anew",
    ),
]
