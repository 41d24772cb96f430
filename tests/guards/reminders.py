"""What keeps the morning's message to once, to whom it is for, and to what is really due."""

from tests.guards.guard import Guard

RULES, TICK, KEPT = "bot/reminders.py", "handlers/edge/tick.py", "storage/reminders.py"

ASIDE = "bot/aside.py"

ON_OTHERS = "tests/flows/test_reminders_of_others.py"
ON_RULES = "tests/bot/test_reminders.py"
ON_CHAT = "tests/flows/test_reminders.py"
ON_DEATH = "tests/flows/test_reminders_when_killed.py"
ON_FOLLOW_UPS = "tests/flows/test_follow_ups.py"

GUARDS = [
    Guard(
        "what was told is not told again",
        TICK,
        "        if store.reminders.is_sent(mine):\n",
        '        mine += f"{now}"\n        if store.reminders.is_sent(mine):\n',
        f"{ON_CHAT}::test_once_a_day_however_often_asked_and_across_restarts",
    ),
    Guard(
        "of two bots one has the claim",
        KEPT,
        '                "lease_until": {"$lte": instant_text(now)},\n',
        "",
        "tests/storage/test_reminders.py::test_of_many_at_once_one_gets_the_claim",
    ),
    Guard(
        "a claim ends by itself",
        KEPT,
        "            return self._documents.update_one(free, lease).matched_count == 1\n",
        "            return False\n",
        f"{ON_DEATH}::test_killed_at_a_write_everybody_is_told_after_the_next_start",
    ),
    Guard(
        "it is told at the set time and not before",
        TICK,
        "        return today if self.desk.clock.now() >= self._meant(today) else None\n",
        "        return today\n",
        f"{ON_CHAT}::test_at_the_set_time_and_not_before",
    ),
    Guard(
        "nobody is told that there is nothing",
        TICK,
        "        if now - meant > TOO_LATE or not due.was_there(meant):\n",
        "        if now - meant > TOO_LATE:\n",
        f"{ON_CHAT}::test_nothing_when_nothing_is_due",
    ),
    Guard(
        "nor of what they have made since",
        TICK,
        "        if now - meant > TOO_LATE or not due.was_there(meant):\n",
        "        if not due.count:\n",
        f"{ON_CHAT}::test_what_was_made_after_the_set_time_is_no_news",
    ),
    Guard(
        "what cannot be read of one partner holds up nobody",
        TICK,
        "        except (ValueError, LookupError) as error:\n",
        "        except StorageError as error:\n",
        f"{ON_CHAT}::test_what_cannot_be_read_of_one_holds_up_nobody",
    ),
    Guard(
        "what nobody can be told of goes to all others",
        RULES,
        "frozenset({partner_id, *nobodys})",
        "frozenset({partner_id})",
        f"{ON_CHAT}::test_when_a_partner_left_the_others_are_told",
    ),
    Guard(
        "of a muted customer nobody is reminded",
        RULES,
        "{**aside.asleep, **aside.promised, **muted}",
        "{**aside.asleep, **aside.promised}",
        f"{ON_FOLLOW_UPS}::test_a_muted_customer_is_in_nobodys_list_until_they_are_not",
    ),
    Guard(
        "what was promised for a later day is left in peace",
        ASIDE,
        "                asleep[invoice.id] = invoice\n",
        "                pass\n",
        f"{ON_RULES}::test_what_comes_back_on_a_later_day_is_left_in_peace",
    ),
    Guard(
        "what is paid by then is not promised any more",
        "storage/invoices.py",
        ' for one in found if one["remaining_balance"]]\n',
        " for one in found]\n",
        f"{ON_RULES}::test_a_promise_of_what_is_paid_by_then_is_silent",
    ),
    Guard(
        "what an advance covers is not asked for",
        ASIDE,
        "one.remaining_balance - self.covered.get(one.id, 0)",
        "one.remaining_balance",
        f"{ON_OTHERS}::test_what_an_advance_covers_is_not_asked_for",
    ),
    Guard(
        "who signs out while others are told hears nothing",
        TICK,
        "        if partner is None:\n            return None\n        screen = self._message",
        "        if partner is None:\n"
        "            partner = self.desk.store.users.get(partner_id)\n"
        "            assert partner\n"
        "        screen = self._message",
        f"{ON_OTHERS}::test_who_is_signed_out_while_others_are_told_is_told_nothing",
    ),
    Guard(
        "what is posted and not shown yet is not asked for",
        TICK,
        "        catch_up_all(store)\n        due = ",
        "        due = ",
        f"{ON_OTHERS}::test_what_is_posted_and_not_shown_yet_is_not_asked_for",
    ),
    Guard(
        "what was for one who cannot be reached is handed on",
        TICK,
        "            return self._handed_on(partner, reachable, day)\n",
        "            return None\n",
        f"{ON_OTHERS}::test_what_was_for_one_who_blocked_the_bot_is_told_to_the_other",
    ),
    Guard(
        "a message whose answers are lost comes a few times, and no more",
        KEPT,
        "        if doubts >= len(pauses):\n",
        "        doubts %= len(pauses)\n        if doubts >= len(pauses):\n",
        f"{ON_OTHERS}::test_a_message_of_unknown_outcome_comes_three_times_more_at_most",
    ),
    Guard(
        "a customer is written to in their own language",
        "bot/languages.py",
        "    with speaking(own or desk.store.firm.get().language, CUSTOMERS):\n",
        "    with speaking(desk.store.firm.get().language, CUSTOMERS):\n",
        "tests/flows/test_sharing.py::test_the_customer_reads_their_own_language",
    ),
]
