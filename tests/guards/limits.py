"""What bounds sign-in: codes sent, wrong guesses, and unknown people that the admins hear of."""

from tests.guards.guard import Guard

RULES, STORED = "bot/sign_in.py", "storage/sign_ins.py"
CODES, LIMITS = "bot/access/codes.py", "bot/access/limits.py"

ON_AGAIN = "tests/flows/test_again_signing_in.py"
ON_DEATH = "tests/flows/test_death_at_every_write.py::test_it_is_done_once"

ON_RULES, ON_STORED = "tests/bot/test_sign_in.py", "tests/storage/test_sign_ins.py"
ON_CODES, ON_SENDS, ON_LOCKS, ON_EVENTS = (
    f"tests/bot/access/test_{name}.py" for name in ("codes", "sends", "locks", "events")
)

GUARDS = [
    Guard(
        "three codes in a quarter of an hour",
        RULES,
        "    (3, dt.timedelta(minutes=15)),\n",
        "",
        f"{ON_SENDS}::test_a_telegram_user_gets_three_codes_in_a_quarter_whatever_the_phone",
    ),
    Guard(
        "five an hour",
        RULES,
        "    (5, dt.timedelta(hours=1)),\n",
        "",
        f"{ON_SENDS}::test_a_phone_gets_five_codes_an_hour_whoever_asks",
    ),
    Guard(
        "ten a day",
        RULES,
        "    (10, dt.timedelta(days=1)),\n",
        "",
        f"{ON_SENDS}::test_a_phone_gets_ten_codes_a_day_whoever_asks",
    ),
    Guard(
        "a minute and more between them",
        RULES,
        "max([cooled, *_freed_at(limit, SEND_LIMITS)])",
        "max(_freed_at(limit, SEND_LIMITS), default=None)",
        f"{ON_SENDS}::test_another_code_waits_its_time",
    ),
    Guard(
        "fifty an hour over the firm",
        LIMITS,
        "        charges.append((FIRM, partial(_one_more_of_the_firm, now=now)))\n",
        "        pass\n",
        f"{ON_SENDS}::test_a_firm_sends_fifty_codes_an_hour_whoever_asks",
    ),
    Guard(
        "a phone is bounded whoever asks",
        LIMITS,
        'f"phone:{phone}"',
        'f"phone:{phone}:{telegram_user_id}"',
        f"{ON_SENDS}::test_a_phone_gets_five_codes_an_hour_whoever_asks",
    ),
    Guard(
        "a Telegram user whatever the phone",
        LIMITS,
        'f"telegram:{telegram_user_id}"',
        'f"telegram:{telegram_user_id}:{phone}"',
        f"{ON_SENDS}::test_a_telegram_user_gets_three_codes_in_a_quarter_whatever_the_phone",
    ),
    Guard(
        "a code that is not sent is charged to nobody",
        LIMITS,
        "        for key in charged:\n"
        "            store.sign_ins.amend_limit(key, partial(sign_in.without_send, at=now))\n",
        "",
        f"{ON_SENDS}::test_nor_is_who_finds_the_firm_at_its_limit_by_then",
    ),
    Guard(
        "of changes at once none is lost",
        STORED,
        '{"_id": limit.id, "rev": limit.rev}',
        '{"_id": limit.id}',
        f"{ON_STORED}::test_no_change_is_lost_when_many_come_at_once",
    ),
    Guard(
        "a wrong guess counts against both",
        CODES,
        "locks = charge_failure(store, _keys(guessed), now, update_id)",
        "locks = False",
        f"{ON_CODES}::test_thirty_guesses_at_once_are_five_guesses",
    ),
    Guard(
        "fifteen wrong guesses lock",
        RULES,
        "if len(failures) < FAILURES:",
        "if True:",
        f"{ON_RULES}::test_fifteen_failures_in_a_day_lock_for_an_hour",
    ),
    Guard(
        "each lock is twice as long as the last",
        RULES,
        "FIRST_LOCK * 2**limit.locks",
        "FIRST_LOCK",
        f"{ON_RULES}::test_each_further_lock_is_twice_as_long",
    ),
    Guard(
        "fifty in a row close it until an admin opens it",
        LIMITS,
        "if any(map(sign_in.is_closed, limits)):",
        "if False:",
        f"{ON_LOCKS}::test_fifty_failures_close_it_whatever_time_they_take",
    ),
    Guard(
        "a lock holds back the next code",
        LIMITS,
        "    if lock := lock_of([limit], now):\n        raise Refused(lock)\n",
        "",
        f"{ON_LOCKS}::test_fifteen_failures_lock_for_an_hour_then_two",
    ),
    Guard(
        "and the one that waits",
        CODES,
        "    if lock and not counted:\n        return lock\n",
        "",
        f"{ON_LOCKS}::test_a_lock_also_holds_back_the_code_that_waits",
    ),
    Guard(
        "also from a guess that was counted before",
        CODES,
        "return lock or _sign_in(",
        "return _sign_in(",
        f"{ON_LOCKS}::test_also_from_a_guess_that_a_process_counted_before_it_died",
    ),
    Guard(
        "a code that nobody saw is made anew",
        LIMITS,
        "    if again and sign_in.may_send_for(limit, update_id):\n"
        "        return sign_in.after_try(limit)\n",
        "",
        f"{ON_AGAIN}::test_a_code_that_was_made_and_not_sent_is_made_and_sent",
    ),
    Guard(
        "by the update that asked for it alone",
        RULES,
        "its_own = update_id is not None and limit.sent_for == update_id",
        "its_own = update_id is not None",
        f"{ON_SENDS}::test_the_next_code_needs_another_update",
    ),
    Guard(
        "and when that is answered again alone",
        LIMITS,
        "    if again and sign_in.may_send_for(limit, update_id):\n",
        "    if sign_in.may_send_for(limit, update_id):\n",
        f"{ON_SENDS}::test_the_next_code_needs_another_update",
    ),
    Guard(
        "three times at most",
        RULES,
        "return its_own and limit.codes < CODES_OF_AN_UPDATE",
        "return its_own",
        f"{ON_AGAIN}::test_a_code_that_reaches_nobody_is_made_three_times",
    ),
    Guard(
        "and not once they are in",
        RULES,
        '            "sent_for": None,\n        }\n',
        "        }\n",
        f"{ON_SENDS}::test_the_next_code_needs_another_update",
    ),
    Guard(
        "the firm is charged for it once",
        LIMITS,
        "if not (again and sign_in.may_send_for(limit_of(store, keys[-1], now), update_id)):",
        "if True:",
        ON_DEATH,
    ),
    Guard(
        "a wrong guess counts once, however often it is answered",
        RULES,
        "    if update_id is not None and limit.failed_by == update_id:\n        return limit\n",
        "",
        ON_DEATH,
    ),
    Guard(
        "and counts although the bot died before",
        CODES,
        "        return _failed(store, guessed, now, by, update_id=update_id)\n",
        "        if counted:\n"
        "            return WrongCode(left=sign_in.ATTEMPTS - guessed.attempts)\n"
        "        return _failed(store, guessed, now, by, update_id=update_id)\n",
        ON_DEATH,
    ),
    Guard(
        "whoever came in is forgiven although the bot died",
        CODES,
        "    forgive(store, _keys(guessed))\n    opened = store.sign_ins.open_session(",
        "    opened = store.sign_ins.open_session(",
        ON_DEATH,
    ),
    Guard(
        "whoever is forgiven gets no more codes for it",
        RULES,
        '"failures": [],\n            "failures_in_a_row": 0,\n',
        '"failures": [],\n            "sends": [],\n            "failures_in_a_row": 0,\n',
        f"{ON_RULES}::test_what_is_forgiven_are_failures_and_locks_but_not_codes_sent",
    ),
    Guard(
        "that an admin unlocks is noted before",
        LIMITS,
        "    if locked(store, clock, user):\n        id",
        "    forgiving = locked(store, clock, user)\n"
        "    forgive(store, _keys_of(store, user))\n"
        "    if forgiving:\n        id",
        f"{ON_EVENTS}::test_a_kill_while_unlocking_leaves_its_event",
    ),
    Guard(
        "the admins hear of an unknown person once a day",
        RULES,
        "who in heard or ",
        "",
        f"{ON_SENDS}::test_the_admins_hear_of_an_unknown_person_once_a_day",
    ),
    Guard(
        "and of twenty",
        RULES,
        " or len(heard) >= KNOCKS",
        "",
        f"{ON_SENDS}::test_the_admins_hear_of_twenty_unknown_people_a_day",
    ),
    Guard(
        "who knocked is heard although the bot died",
        RULES,
        "    if update_id is not None and limit.knocked_by.get(who) == update_id:\n"
        "        return limit\n",
        "",
        f"{ON_AGAIN}::test_the_admins_hear_of_who_knocked_before_a_death",
    ),
]
