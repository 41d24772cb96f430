"""What keeps the morning's message to once, to whom it is for, and to what is really due."""

from tests.guards.guard import Guard

RULES, TICK, KEPT = "bot/reminders.py", "handlers/edge/tick.py", "storage/reminders.py"

ON_RULES = "tests/bot/test_reminders.py"
ON_CHAT = "tests/flows/test_reminders.py"
ON_DEATH = "tests/flows/test_reminders_when_killed.py"
ON_FOLLOW_UPS = "tests/flows/test_follow_ups.py"

GUARDS = [
    Guard(
        "what was told is not told again",
        TICK,
        "        if store.reminders.is_sent(occurrence):\n            return None\n",
        '        occurrence += f"{self.desk.clock.now()}"\n',
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
        "        if not due.was_there(meant := self._meant(day)):\n            return None\n",
        "        meant = self._meant(day)\n",
        f"{ON_CHAT}::test_nothing_when_nothing_is_due",
    ),
    Guard(
        "nor of what they have made since",
        TICK,
        "        if not due.was_there(meant := self._meant(day)):\n            return None\n",
        "        meant = self._meant(day)\n        if not due.count:\n            return None\n",
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
        "        aside = {one.id: one for one in muted}\n",
        "        aside: dict[str, DueInvoice] = {}\n",
        f"{ON_FOLLOW_UPS}::test_a_muted_customer_is_in_nobodys_list_until_they_are_not",
    ),
    Guard(
        "what was promised for a later day is left in peace",
        RULES,
        "            if comes_later or follow_up.promised:\n",
        "            if follow_up.promised and not comes_later:\n",
        f"{ON_RULES}::test_what_comes_back_on_a_later_day_is_left_in_peace",
    ),
    Guard(
        "what is paid by then is not promised any more",
        RULES,
        "            if invoice is None or invoice.id in aside:\n                continue\n",
        "            assert invoice is not None\n",
        f"{ON_RULES}::test_a_promise_of_what_is_paid_by_then_is_silent",
    ),
    Guard(
        "a customer is written to in their own language",
        "bot/languages.py",
        "    with speaking(own or desk.store.firm.get().language, CUSTOMERS):\n",
        "    with speaking(desk.store.firm.get().language, CUSTOMERS):\n",
        "tests/flows/test_sharing.py::test_the_customer_reads_their_own_language",
    ),
]
