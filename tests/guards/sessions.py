"""What holds a session: until when, of whom alone, and who may end it."""

from tests.guards.guard import Guard

RULES, STORED = "bot/sign_in.py", "storage/sign_ins.py"
CODES, SESSIONS = "bot/access/codes.py", "bot/access/sessions.py"

ON_SESSIONS, ON_OBJECTIONS, ON_EVENTS = (
    f"tests/bot/access/test_{name}.py" for name in ("sessions", "objections", "events")
)
ON_USERS = "tests/storage/test_users.py"
ENDED = (
    f"{ON_EVENTS}::test_a_kill_while_a_session_ends_leaves_its_event_and_the_next_attempt_ends_it"
)

GUARDS = [
    Guard(
        "a session ends after thirty days",
        RULES,
        "dt.timedelta(0) < left <= SESSION_LIFETIME + SKEW",
        "True",
        f"{ON_SESSIONS}::test_a_session_ends_after_thirty_days_however_busy",
    ),
    Guard(
        "and after seven without use",
        RULES,
        " and unseen < SESSION_IDLE",
        "",
        f"{ON_SESSIONS}::test_a_session_ends_after_seven_idle_days",
    ),
    Guard(
        "what was somebody else's meanwhile is ended for good",
        "bot/access/sessions.py",
        "        store.sign_ins.end_session(session)\n        return None\n",
        "        return None\n",
        f"{ON_SESSIONS}::test_a_session_that_was_not_theirs_once_is_never_again",
    ),
    Guard(
        "it holds only while they are active",
        SESSIONS,
        "        and user.active\n",
        "",
        f"{ON_SESSIONS}::test_a_removed_partner_is_nobody_at_once",
    ),
    Guard(
        "and have the phone that they signed in with",
        SESSIONS,
        "        and user.phone == session.phone\n",
        "",
        f"{ON_SESSIONS}::test_a_partner_whose_phone_changed_is_nobody",
    ),
    Guard(
        "and the Telegram account",
        SESSIONS,
        "        and str(user.telegram_user_id) == session.id\n",
        "",
        f"{ON_SESSIONS}::test_who_signs_in_from_another_account_is_signed_out_on_the_first",
    ),
    Guard(
        "an account that signs in as another partner is only that one",
        "storage/users.py",
        '{"telegram_user_id": telegram_user_id, "_id": {"$ne": id}},',
        '{"_id": None},',
        f"{ON_SESSIONS}::test_an_account_that_signs_in_as_another_partner_is_only_that_one",
    ),
    Guard(
        "an account is one partner's: `telegram_user_id` is unique",
        "storage/users.py",
        '            "telegram_user_id",\n            unique=True,\n',
        '            "telegram_user_id",\n',
        f"{ON_USERS}::test_an_account_that_many_sign_in_with_at_once_is_one_partners",
    ),
    Guard(
        "a phone is one partner's: `phone` is unique",
        "storage/users.py",
        'create_index("phone", unique=True)',
        'create_index("phone")',
        f"{ON_USERS}::test_a_phone_is_one_partners_even_once_they_are_removed",
    ),
    Guard(
        "nobody but a partner learns that a session ended",
        SESSIONS,
        " or partner_of(store, session) is None:",
        ":",
        f"{ON_SESSIONS}::test_nobody_else_learns_that_there_was_a_session",
    ),
    Guard(
        "whoever was removed and let in again signs in anew",
        "bot/users.py",
        "    desk.store.sign_ins.end_of_user(user_id)\n    desk.store.users.set_active",
        "    desk.store.users.set_active",
        "tests/bot/test_users.py::test_whoever_was_removed_and_let_in_again_is_to_sign_in_anew",
    ),
    Guard(
        "and whose number was changed, though it is the old one again",
        "bot/users.py",
        "        desk.store.sign_ins.end_of_user(user_id)\n    try:",
        "        pass\n    try:",
        "tests/bot/test_users.py::test_a_number_that_comes_back_brings_no_session_back",
    ),
    Guard(
        "whoever was told of a sign-in may object, and nobody else",
        SESSIONS,
        "if by.telegram_id not in (noted.telegram_user_id, noted.former_telegram_user_id):",
        "if False:",
        f"{ON_OBJECTIONS}::test_nobody_else_may_object",
    ),
    Guard(
        "only against the session that it opened",
        SESSIONS,
        "if session.challenge == noted.id",
        "if True",
        f"{ON_OBJECTIONS}::test_an_old_notice_does_nothing_to_a_later_sign_in",
    ),
    Guard(
        "not against one that comes in between",
        STORED,
        '"session_token": session.session_token},\n            {"$set": {**NOTHING_OPEN',
        '},\n            {"$set": {**NOTHING_OPEN',
        f"{ON_OBJECTIONS}::test_a_sign_in_that_comes_in_between_is_not_ended",
    ),
    Guard(
        "an account that was signed out has no say any more",
        CODES,
        "session is None or not session.verified or",
        "session is None or",
        f"{ON_OBJECTIONS}::test_an_account_that_was_signed_out_has_no_say_any_more",
    ),
    Guard(
        "a sign-in is noted before anything of it is done",
        CODES,
        "    noted = store.audit.note(\n",
        "    store.users.link_telegram(user.id, by.telegram_id, guessed.chat_id)\n"
        "    noted = store.audit.note(\n",
        f"{ON_EVENTS}::test_a_kill_at_any_write_of_a_sign_in_loses_neither_it_nor_its_event",
    ),
    Guard(
        "a sign-out is noted before",
        SESSIONS,
        "    user = partner_of(store, session)\n    if user is not None:\n",
        "    user = partner_of(store, session)\n"
        "    store.sign_ins.end(by.telegram_id)\n    if user is not None:\n",
        ENDED,
    ),
    Guard(
        "by the admin too",
        SESSIONS,
        "    for session in sessions_of(store, clock, user.id):\n",
        "    live = sessions_of(store, clock, user.id)\n"
        "    store.sign_ins.end_of_user(user.id)\n"
        "    for session in live:\n",
        ENDED,
    ),
    Guard(
        "and by an objection",
        SESSIONS,
        "    _note_end(store, clock, opened, user, by=by, detail=OBJECTED)\n"
        "    return user if store.sign_ins.end_session(opened, update_id) else None",
        "    ended = store.sign_ins.end_session(opened, update_id)\n"
        "    _note_end(store, clock, opened, user, by=by, detail=OBJECTED)\n"
        "    return user if ended else None",
        ENDED,
    ),
    Guard(
        "who has objected is told so although the bot died",
        SESSIONS,
        "return user if _was_ended_by(store, noted, update_id) else None",
        "return None",
        "tests/flows/test_again_signing_in.py::test_of_an_objection_the_admins_hear",
    ),
    Guard(
        "by the update that ended it alone",
        SESSIONS,
        "(session.challenge, session.ended_by) == (noted.id, update_id)",
        "session.challenge == noted.id",
        "tests/flows/test_again_signing_in.py::test_another_update_ends_nothing_any_more",
    ),
    Guard(
        "a lock is noted by the one guess that led to it",
        CODES,
        "    if locks:\n",
        "    if True:\n",
        "tests/bot/access/test_locks.py"
        "::test_accounts_that_guess_at_one_phone_at_once_lock_it_with_one_event",
    ),
    Guard(
        "no phone is noted whole",
        "bot/audit_trail.py",
        'return _NUMBER.sub("…", shown(text, limit))',
        "return shown(text, limit)",
        "tests/bot/test_audit_trail.py::test_a_name_that_is_a_number_is_not_kept_as_it_is",
    ),
]
