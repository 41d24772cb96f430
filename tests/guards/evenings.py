"""What keeps the evening summary true, and from coming twice or to whoever did not ask for it."""

from tests.guards.guard import Guard

RULES, SCREEN = "bot/evening.py", "handlers/evening.py"
TICK = "handlers/edge/tick.py"
ON_RULES, ON_FLOW, ON_CLOCK, ON_DEATH = (
    "tests/bot/test_evening.py",
    "tests/flows/test_evening.py",
    "tests/flows/test_evening_by_the_clock.py",
    "tests/flows/test_evening_when_killed.py",
)

GUARDS = [
    Guard(
        "nobody gets it who did not ask for it",
        RULES,
        "partner.evening_from or dt.date.max",
        "partner.evening_from or last",
        f"{ON_FLOW}::test_nobody_gets_it_who_did_not_ask_for_it",
    ),
    Guard(
        "it comes once",
        TICK,
        "        return replace(screen, occurrence=name, until=told.until)\n",
        "        return screen if name else None\n",
        f"{ON_DEATH}::test_two_bots_on_one_store_tell_it_once",
    ),
    Guard(
        "when its time changes each posting is told once",
        TICK,
        "occurrence=name, until=told.until)",
        "occurrence=name)",
        "tests/flows/test_evening_by_the_clock.py"
        "::test_when_its_time_changes_each_posting_is_told_once",
    ),
    Guard(
        "what was told before them is not told again",
        RULES,
        " and not store.reminders.is_sent(occurrence(partner.id, day))",
        "",
        f"{ON_RULES}::test_what_was_told_before_them_is_not_told_again",
    ),
    Guard(
        "a week is the most that is made up for",
        RULES,
        "MOST_DAYS = 7\n",
        "MOST_DAYS = 70\n",
        f"{ON_RULES}::test_a_week_is_the_most_that_is_made_up_for",
    ),
    Guard(
        "what comes after it is in the next",
        RULES,
        "return day if moment < self.moment(day) else day + DAY",
        "return day",
        f"{ON_RULES}::test_each_entry_is_in_one_summary_and_each_balance_follows_from_the_last",
    ),
    Guard(
        "its balance is that of the evening, however late it comes",
        RULES,
        "totals.outstanding - (goods - placed)",
        "totals.outstanding",
        f"{ON_CLOCK}::test_missed_in_the_evening_it_comes_in_the_morning",
    ),
    Guard(
        "and of the moment at which the entries were read",
        RULES,
        "if totals.entries == store.ledger.count():",
        "if True:",
        f"{ON_RULES}::test_what_is_posted_while_the_books_are_read_is_in_all_of_it_or_in_none",
    ),
    Guard(
        "a tap that comes again switches nothing",
        RULES,
        "    if (partner.evening_from is not None) == on:\n        return partner\n",
        "",
        f"{ON_FLOW}::test_a_button_pressed_twice_switches_once",
    ),
    Guard(
        "what is late says so",
        SCREEN,
        " if late else screen",
        " if not late else screen",
        f"{ON_CLOCK}::test_three_days_down_are_one_message_that_says_so",
    ),
]
