"""What holds the sign-in code: what is kept of it, whom it lets in, and where it goes."""

from tests.guards.guard import Guard

RULES, CODES, STORED = "bot/sign_in.py", "bot/access/codes.py", "storage/sign_ins.py"
GATEWAY, CHAIN = "bot/delivery/gateway.py", "bot/delivery/chain.py"

ON_RULES, ON_CODES = "tests/bot/test_sign_in.py", "tests/bot/access/test_codes.py"
ON_STORED = "tests/storage/test_sign_ins.py"
ON_GATEWAY, ON_CHAIN = "tests/bot/delivery/test_gateway.py", "tests/bot/delivery/test_chain.py"
ELSEWHERE = f"{ON_RULES}::test_a_digest_is_worth_nothing_elsewhere"
KEPT = f"{ON_CODES}::test_neither_code_nor_token_is_kept_or_printed"

GUARDS = [
    Guard(
        "a code is random",
        RULES,
        "secrets.randbelow(10**CODE_DIGITS)",
        "123456",
        f"{ON_RULES}::test_a_code_is_six_digits_and_not_the_same_again",
    ),
    Guard("of a code a digest is kept", CODES, "otp=digest,", "otp=code,", KEPT),
    Guard(
        "of a session's token too",
        CODES,
        "sign_in.token_digest(secret_key, secrets.token_urlsafe())",
        "secrets.token_urlsafe()",
        KEPT,
    ),
    Guard(
        "a digest is worth nothing without the secret key",
        RULES,
        'hmac.digest(secret_key, message.encode(), "sha256")',
        'hmac.digest(b"", message.encode(), "sha256")',
        f"{ON_RULES}::test_a_digest_depends_on_the_code_and_the_key_and_shows_neither",
    ),
    Guard("it names the Telegram user", RULES, "code:{telegram_user_id}:", "code:", ELSEWHERE),
    Guard("it names the chat", RULES, ":{chat_id}:", ":", ELSEWHERE),
    Guard("it names the phone", RULES, ":{phone}:", ":", ELSEWHERE),
    Guard("it names the one code", RULES, ":{challenge}:", ":", ELSEWHERE),
    Guard(
        "another code does not sign in",
        CODES,
        "if not sign_in.same_digest(digest, guessed.otp):",
        "if False:",
        f"{ON_CODES}::test_guesses_count_down_and_the_fifth_voids_the_code",
    ),
    Guard(
        "a guess is counted before it is looked at",
        CODES,
        "            most=sign_in.ATTEMPTS,\n",
        "            most=10**6 if pending.attempts < sign_in.ATTEMPTS else 0,\n",
        f"{ON_CODES}::test_thirty_guesses_at_once_are_five_guesses",
    ),
    Guard(
        "a code may be guessed at five times",
        STORED,
        '                "attempts": {"$lt": most},\n',
        "",
        f"{ON_STORED}::test_every_guess_is_counted_up_to_the_most",
    ),
    Guard(
        "and for five minutes",
        STORED,
        '"otp_expiration": {"$gt": instant_text(now)},',
        "",
        f"{ON_STORED}::test_no_guess_is_counted_once_the_code_expired",
    ),
    Guard(
        "and in the chat that asked for it",
        STORED,
        '                "chat_id": chat_id,\n',
        "",
        f"{ON_STORED}::test_no_guess_is_counted_from_another_chat",
    ),
    Guard(
        "a code is used up with the session that it opens",
        STORED,
        '                    "otp": None,\n                    "otp_expiration": None,\n',
        "",
        f"{ON_CODES}::test_a_used_code_is_worth_nothing_even_signed_out",
    ),
    Guard(
        "and opens one, however many type it at once",
        STORED,
        ', "otp": guessed.otp}',
        "}",
        f"{ON_STORED}::test_a_code_opens_one_session_however_many_try_at_once",
    ),
    Guard(
        "and none once there is another code",
        STORED,
        '"challenge": guessed.challenge, ',
        "",
        f"{ON_STORED}::test_a_guess_at_a_code_that_was_replaced_opens_nothing",
    ),
    Guard(
        "another code needs the card of a moment ago",
        RULES,
        "dt.timedelta(0) <= now - shared < AGAIN_WITHIN",
        "True",
        "tests/bot/access/test_again.py"
        "::test_a_card_proves_it_for_a_quarter_of_an_hour_however_often_it_is_asked",
    ),
    Guard(
        "and of this very chat",
        CODES,
        "last.chat_id != chat_id or ",
        "",
        "tests/bot/access/test_again.py::test_in_that_chat_alone",
    ),
    Guard(
        "a session takes its place",
        STORED,
        '                    "shared_at": None,\n',
        "",
        f"{ON_STORED}::test_the_right_guess_opens_the_session_and_uses_up_the_code",
    ),
    Guard(
        "and what ends a session ends that too",
        STORED,
        '    "shared_at": None,\n}',
        "}",
        "tests/bot/access/test_again.py::test_or_before_the_code_was_typed",
    ),
    Guard(
        "a code of a clock that ran ahead is none",
        CODES,
        "pending.otp_expiration - now > sign_in.CODE_LIFETIME",
        "False",
        "tests/bot/access/test_clock_that_ran_ahead.py::test_a_code_of_then_is_too_old",
    ),
    Guard(
        "a new code voids the old one",
        STORED,
        'replace_one({"_id": sign_in.id}, sign_in.stored(), upsert=True)',
        'update_one({"_id": sign_in.id}, {"$setOnInsert": sign_in.stored()}, upsert=True)',
        f"{ON_STORED}::test_a_new_code_takes_the_place_of_the_old_one_and_of_the_session",
    ),
    Guard(
        "to sign out voids a code that waits",
        STORED,
        '    "otp": None,\n    "otp_expiration": None,\n    "verified"',
        '    "verified"',
        "tests/bot/access/test_sessions.py"
        "::test_signing_out_a_partner_voids_their_codes_and_leaves_the_others",
    ),
    Guard(
        "nobody who was removed gets a code",
        CODES,
        "if user is None or not user.active:",
        "if user is None:",
        f"{ON_CODES}::test_a_removed_partner_gets_no_code",
    ),
    Guard(
        "nor comes in with one that was on its way",
        CODES,
        "not user.active or user.phone",
        "user.phone",
        f"{ON_CODES}::test_a_partner_removed_while_the_code_was_on_its_way_stays_out",
    ),
    Guard(
        "nor does who has another number by now",
        CODES,
        " or user.phone != guessed.phone",
        "",
        f"{ON_CODES}::test_a_code_sent_to_the_former_phone_is_worth_nothing",
    ),
    Guard(
        "a session that was opened since ends what the card proved",
        CODES,
        "    if _came_in_since(store, last):\n        return NotRegistered()\n",
        "",
        "tests/bot/access/test_again.py::test_what_came_in_between_ends_it",
    ),
    Guard(
        "no gateway leads a code elsewhere",
        GATEWAY,
        "follow_redirects=False",
        "follow_redirects=True",
        f"{ON_GATEWAY}::test_nothing_follows_a_redirect",
    ),
    Guard(
        "what may have arrived is not sent again",
        GATEWAY,
        "return Outcome.UNSURE",
        'raise NotSent("no answer") from None',
        f"{ON_GATEWAY}::test_a_connection_that_breaks_after_the_send_may_have_carried_it",
    ),
    Guard(
        "nor by another way",
        CHAIN,
        "is not Outcome.FAILED:",
        "is Outcome.ACCEPTED:",
        f"{ON_CHAIN}::test_what_may_have_arrived_goes_nowhere_else",
    ),
    Guard(
        "a channel that breaks is not quoted in the log",
        CHAIN,
        'why = f"it broke ({type(error).__name__})"',
        'why = f"it broke ({error})"',
        f"{ON_CHAIN}::test_a_channel_that_breaks_is_named_without_what_it_said",
    ),
    Guard(
        "a code does not stay in the chat",
        "handlers/sign_in.py",
        "menu=menu.keyboard(who), forget=True",
        "menu=menu.keyboard(who)",
        "tests/flows/test_sign_in.py::test_the_message_with_the_code_does_not_stay_in_the_chat",
    ),
]
