"""What keeps a list on show true, and lets nothing else be written over."""

from tests.guards.guard import Guard

TICK, MENU = "handlers/edge/live_lists.py", "handlers/follow_ups.py"

ON_LISTS = "tests/flows/test_live_lists.py"

GUARDS = [
    Guard(
        "what took a list's place is not written over, and follows too",
        MENU,
        '    return Screen(text, rows, list_of=f"{VERB}:{invoice_id}:{here}")\n',
        "    return Screen(text, rows)\n",
        f"{ON_LISTS}::test_what_took_its_place_follows_too",
    ),
    Guard(
        "who is signed out sees no more of the books",
        TICK,
        "        if partner is None:\n            continue\n",
        "        if partner is None:\n"
        "            partner = desk.store.users.by_telegram_user(int(shown.id))\n"
        "            assert partner\n",
        f"{ON_LISTS}::test_who_is_signed_out_is_told_nothing",
    ),
    Guard(
        "what was said above a list stays until the books move",
        TICK,
        "            self._moved, self._fresh = True, fresh\n",
        "            self._moved, self._fresh = True, set()\n",
        f"{ON_LISTS}::test_what_it_was_told_in_place_of_is_not_taken_off_at_once",
    ),
    Guard(
        "what looks the same is not sent again",
        TICK,
        "        if _looks(screen) != shown.looks:\n            drawn",
        "        if screen:\n            drawn",
        f"{ON_LISTS}::test_nothing_is_sent_where_nothing_has_changed",
    ),
    Guard(
        "what could not be drawn now is drawn in a moment",
        TICK,
        "            self._moved = True\n            log",
        "            log",
        f"{ON_LISTS}::test_while_the_store_is_away_it_waits",
    ),
]
