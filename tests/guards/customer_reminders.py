"""What keeps customers from being reminded twice, by night, or of what is paid."""

from tests.guards.guard import Guard

RULES, SENDING = "bot/customer_reminders.py", "bot/reminding.py"
STORED, TICK = "storage/customer_reminders.py", "handlers/edge/customer_tick.py"
APPRISE, FOLLOW_UPS = "bot/delivery/apprise_url.py", "bot/follow_ups.py"

ON_RULES = "tests/bot/test_customer_reminders.py"
ON_STORED = "tests/storage/test_customer_reminders.py"
ON_APPRISE = "tests/bot/delivery/test_apprise_url.py"
FLOWS = "tests/flows/customer_reminders"
ON_WHO, ON_WHEN, ON_ONCE = (
    f"{FLOWS}/test_who.py",
    f"{FLOWS}/test_when.py",
    f"{FLOWS}/test_at_most_once.py",
)

GUARDS = [
    Guard(
        "while the firm has no name nobody is written to",
        "bot/customer_reminders.py",
        "    if not has_name(desk):\n        return []\n",
        "",
        "tests/flows/customer_reminders/test_who.py"
        "::test_while_the_firm_has_no_name_nobody_is_written_to",
    ),
    Guard(
        "of what was made today nobody is reminded",
        "bot/customer_reminders.py",
        "        if not _is_news(desk, invoice.id)\n",
        "",
        "tests/flows/customer_reminders/test_when.py"
        "::test_of_what_was_made_today_the_customer_is_reminded_tomorrow",
    ),
    Guard(
        "no customer is reminded for whom nobody switched it on",
        "storage/customers.py",
        '        query = {"reminded_from": {"$gt": ""}}\n',
        "        query = {}\n",
        f"{ON_WHO}::test_only_those_who_were_switched_on_are_looked_at",
    ),
    Guard(
        "nor of what was due before that",
        RULES,
        "since else None",
        "dt.date.min else None",
        f"{ON_WHO}::test_nobody_is_reminded_of_old_things_when_it_is_switched_on",
    ),
    Guard(
        "nor of a day that is long past",
        RULES,
        " or late - newest > CAUGHT_UP",
        "",
        f"{ON_WHEN}::test_two_days_down_a_rung_is_made_up_for_and_three_days_down_it_is_not",
    ),
    Guard(
        "nor by night",
        TICK,
        "now >= self._left_alone_until and hours.include(\n"
        "            now.astimezone(self.desk.clock.zone)\n"
        "        )",
        "now >= self._left_alone_until and bool(hours)",
        f"{ON_WHEN}::test_at_night_it_waits_until_ten",
    ),
    Guard(
        "nor in the evening to which a slow gateway leads",
        TICK,
        "                # Anew for each: a slow gateway may take until the evening.\n"
        "                if not self._may_send():\n"
        "                    return\n",
        "",
        f"{ON_WHEN}::test_a_run_that_lasts_until_the_evening_ends_there",
    ),
    Guard(
        "nor of what was promised or put off",
        RULES,
        "max(switched_on, agreed.until) if agreed else switched_on",
        "switched_on",
        f"{ON_WHEN}::test_what_was_promised_or_put_off_is_left_in_peace",
    ),
    Guard(
        "nor while they are muted",
        RULES,
        " or customer.muted_at",
        "",
        f"{ON_WHEN}::test_a_muted_customer_is_left_in_peace",
    ),
    Guard(
        "nor afterwards of what fell in that time",
        FOLLOW_UPS,
        "            desk.store.customers.remind_from_now(customer.id, now)\n",
        "            pass\n",
        f"{ON_WHEN}::test_a_muted_customer_is_left_in_peace",
    ),
    Guard(
        "nor of what was paid a moment ago",
        SENDING,
        "    due = due_of(desk, customer_id)\n    customer =",
        "    customer =",
        f"{ON_WHEN}::test_what_is_paid_between_listing_and_sending_is_not_asked_for",
    ),
    Guard(
        "what is left is what the ledger says",
        RULES,
        "    asked = [one for one in due if one.left]\n",
        "    asked = due\n",
        f"{ON_RULES}::test_what_the_ledger_does_not_know_as_open_is_not_asked_for",
    ),
    Guard(
        "what an advance covers is not owed",
        "bot/ledger.py",
        "                return max(part.due - held, 0)\n",
        "                return part.due\n",
        f"{ON_WHEN}::test_who_owes_nothing_for_the_advance_that_is_held_is_not_asked",
    ),
    Guard(
        "an opt-in ends with the phone that it was given for",
        "storage/customers.py",
        '{"reminded_from": None} if "phone" in changes else {}',
        "{}",
        f"{ON_WHO}::test_with_another_phone_it_is_to_be_switched_on_anew",
    ),
    Guard(
        "a reminder is claimed by one",
        STORED,
        "            except DuplicateKeyError:\n                return False\n",
        "            except DuplicateKeyError:\n                return True\n",
        f"{ON_STORED}::test_of_many_at_once_one_claims_it",
    ),
    Guard(
        "once it was released too",
        STORED,
        '"state": Reminding.FREE.value, "refusals": was.refusals}',
        '"refusals": was.refusals}',
        f"{ON_STORED}::test_what_was_released_is_claimed_by_one",
    ),
    Guard(
        "and by nobody who read it before a refusal",
        STORED,
        ', "refusals": was.refusals}',
        "}",
        f"{ON_STORED}::test_who_read_it_before_it_was_refused_cannot_claim_it",
    ),
    Guard(
        "a claim of which nobody knows what came of it never ends",
        RULES,
        "kept.state is not Reminding.FREE or ",
        "kept.state is Reminding.SENT or ",
        f"{ON_RULES}::test_it_is_tried_thrice_with_pauses_if_nobody_got_it",
    ),
    Guard(
        "it is claimed before it is sent",
        SENDING,
        "        if not reminders.claim(one.id, one.invoice.id, was=kept, now=now):\n",
        "        if False:\n",
        f"{ON_ONCE}::test_two_bots_on_one_store_send_it_once",
    ),
    Guard(
        "what was taken is never released",
        STORED,
        'claimed = {"_id": id, "state": Reminding.CLAIMED.value}',
        'claimed = {"_id": id}',
        f"{ON_STORED}::test_what_was_sent_is_not_claimed_nor_released_nor_refused",
    ),
    Guard(
        "of a gateway that breaks nobody knows whether it sent",
        APPRISE,
        "error=(?:40[013456]|41[0345]|422|429)",
        "error=[345][0-9]{2}",
        f"{ON_APPRISE}::test_of_a_gateway_that_breaks_it_is_not",
    ),
    Guard(
        "nor of an answer that was lost",
        APPRISE,
        'reached = not isinstance(getattr(error, "reason", None), NewConnectionError)',
        "reached = False",
        f"{ON_APPRISE}::test_of_an_answer_that_was_lost_it_is_not",
    ),
    Guard(
        "a gateway of which nobody knows uses up two reminders an hour",
        TICK,
        "        elif self._in_doubt >= DOUBTFUL:\n",
        "        elif self._in_doubt >= 9 * DOUBTFUL:\n",
        f"{ON_ONCE}::test_a_gateway_that_leaves_it_open_is_asked_nothing_more_for_an_hour",
    ),
    Guard(
        "a partner hears of what could not be confirmed",
        "handlers/due_lines.py",
        "    line += told(desk, invoice.id)\n",
        "",
        f"{ON_ONCE}::test_and_the_mornings_list_says_so",
    ),
]
