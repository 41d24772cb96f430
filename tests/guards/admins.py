"""What holds the admins: how one becomes it, and that what they do to partners is noted."""

from tests.guards.guard import Guard

ADMINS, CLAIMS, DEEDS = "bot/admins.py", "storage/admins.py", "bot/users.py"
ON_ADMINS, ON_CLAIMS = "tests/bot/test_admins.py", "tests/storage/test_admins.py"
CARD, ON_AGAIN = "handlers/users.py", "tests/flows/test_again_signing_in.py"
ON_DEATH = "tests/flows/test_death_at_every_write.py::test_it_is_done_once"
NOTED = (
    "tests/bot/test_users.py"
    "::test_a_kill_leaves_no_deed_that_is_not_noted_and_the_next_attempt_notes_it_once"
)

GUARDS = [
    Guard(
        "where `ADMIN_IDS` are set, they alone count",
        ADMINS,
        "settings.admin_ids or frozenset(",
        "settings.admin_ids | frozenset(",
        f"{ON_ADMINS}::test_where_admin_ids_are_set_they_alone_count",
    ),
    Guard(
        "there is no link while there is an admin",
        ADMINS,
        "    if admin_ids(desk.settings, desk.store):\n        return None\n",
        "",
        f"{ON_ADMINS}::test_there_is_no_link_while_there_is_an_admin",
    ),
    Guard(
        "one that nobody opened is void then",
        ADMINS,
        "    if admin_ids(desk.settings, desk.store) - {who.telegram_id}:\n        return False\n",
        "",
        f"{ON_ADMINS}::test_a_link_that_nobody_opened_is_void_once_there_is_an_admin",
    ),
    Guard(
        "a link makes one admin",
        CLAIMS,
        'offered = {"_id": token_hash, "telegram_user_id": None}',
        'offered = {"_id": token_hash}',
        f"{ON_CLAIMS}::test_the_first_to_open_the_link_is_admin",
    ),
    Guard(
        "a new one voids the old",
        CLAIMS,
        '        self._documents.delete_many({"telegram_user_id": None})\n',
        "",
        f"{ON_CLAIMS}::test_a_new_link_replaces_the_one_that_nobody_opened",
    ),
    Guard(
        "of a link a digest is kept",
        ADMINS,
        "desk.store.admins.offer(_digest(token))",
        "desk.store.admins.offer(token)",
        f"{ON_ADMINS}::test_the_link_itself_is_not_kept",
    ),
    Guard(
        "whom they add is noted before",
        DEEDS,
        '    note(desk, EventKind.ADD, by, id=f"{op}:add", about=user, detail=mask_phone(phone))\n'
        "    try:\n"
        "        return desk.store.users.add(user)\n",
        "    try:\n"
        "        added = desk.store.users.add(user)\n"
        '        note(desk, EventKind.ADD, by, id=f"{op}:add", about=user)\n'
        "        return added\n",
        NOTED,
    ),
    Guard(
        "whom they change",
        DEEDS,
        '    note(desk, EventKind.CHANGE, by, id=f"{op}:change",',
        "    desk.store.users.change(user_id, changes)\n"
        '    note(desk, EventKind.CHANGE, by, id=f"{op}:change",',
        NOTED,
    ),
    Guard(
        "and whom they remove or let in again",
        DEEDS,
        "    if user.active is not active:\n",
        "    desk.store.users.set_active(user_id, active)\n    if user.active is not active:\n",
        NOTED,
    ),
    Guard(
        "a partner is added once in the audit",
        DEEDS,
        'id=f"{op}:add", ',
        "",
        NOTED,
    ),
    Guard(
        "removed or let in again too",
        DEEDS,
        'id=f"{user_id}:{kind}:{user.turns}", ',
        "",
        NOTED,
    ),
    Guard(
        "what another admin undid stays undone",
        CARD,
        "    if first:\n        deed(turn=at)\n",
        "    deed(turn=at)\n",
        f"{ON_AGAIN}::test_what_another_admin_undid_stays_undone",
    ),
    Guard(
        "also when they did it at that very moment",
        CARD,
        "deed(turn=at)",
        "deed()",
        f"{ON_AGAIN}::test_nor_does_a_tap_that_others_overtake",
    ),
    Guard(
        "or between the look and the write",
        "storage/users.py",
        '"turns": {"$in": [user.turns, None]}},  # an',
        "},  # an",
        "tests/storage/test_users.py"
        "::test_nor_is_what_others_overtake_between_the_look_and_the_write",
    ),
    Guard(
        "of two taps the second tells nobody",
        CARD,
        "if first or act.again else ()",
        "if True else ()",
        f"{ON_AGAIN}::test_of_two_taps_the_second_tells_nobody",
    ),
    Guard(
        "the partner hears of it although the bot died",
        CARD,
        "if first or act.again else ()",
        "if first else ()",
        f"{ON_AGAIN}::test_the_partner_hears_of_it_once",
    ),
    Guard(
        "who has signed in since stays in",
        CARD,
        "    if act.again and desk.store.inbox.is_marked(act.update_id, DONE):\n        return\n",
        "",
        f"{ON_AGAIN}::test_who_has_signed_in_since_stays_signed_in",
    ),
    Guard(
        "who knocked hears it although the bot died",
        "handlers/partner_form.py",
        "    if not answers.user_id:\n        return _added(desk, answers, user)\n",
        "    if not answers.user_id:\n        return _said(desk, user)\n",
        "tests/flows/test_again_telling_others.py::test_who_knocked_hears_that_they_are_let_in",
    ),
    Guard(
        "an unlock is in the audit once",
        "bot/access/limits.py",
        'id = None if update_id is None else f"{update_id}:{EventKind.UNLOCK}"',
        "id = None",
        ON_DEATH,
    ),
]
