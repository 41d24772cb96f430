"""What keeps the site to what it serves, to whom, and as often."""

from tests.guards.guard import Guard

WEBHOOK, LINKS, SITE = "handlers/web/webhook.py", "bot/links.py", "handlers/web/links.py"
CALLS = "handlers/edge/webhook.py"

ON_WEBHOOK = "tests/flows/web/test_webhook.py"
ON_LINKS = "tests/flows/web/test_links.py"
ON_LINK = "tests/flows/web/test_invoice_link.py"
ON_SITE = "tests/flows/web/test_site.py"

GUARDS = [
    Guard(
        "a call without Telegram's secret brings nothing",
        WEBHOOK,
        "        if not hmac.compare_digest(shown, self._secret):\n",
        "        if shown and not self._secret:\n",
        f"{ON_WEBHOOK}::test_without_its_secret_nothing_is_taken",
    ),
    Guard(
        "nobody fills the memory by a call",
        WEBHOOK,
        "        if len(body) > LONGEST:\n            raise TooLong\n",
        "",
        f"{ON_WEBHOOK}::test_nor_when_it_does_not_say_how_long_it_is",
    ),
    Guard(
        "what cannot be kept now is Telegram's to bring again",
        CALLS,
        "                self._counts.keeping = False\n                raise Busy from error\n",
        "                return\n",
        f"{ON_WEBHOOK}::test_while_the_store_is_away_telegram_keeps_it",
    ),
    Guard(
        "a link that was guessed opens no invoice",
        LINKS,
        "    return invoice_id if right and link.open else None\n",
        "    return invoice_id if link.open else None\n",
        f"{ON_LINKS}::test_any_other_opens_nothing",
    ),
    Guard(
        "nor one that was stopped",
        LINKS,
        "    return invoice_id if right and link.open else None\n",
        "    return invoice_id\n",
        f"{ON_LINK}::test_once_stopped_it_opens_nothing_and_is_sent_to_nobody",
    ),
    Guard(
        "the one that took its place revives none before it",
        LINKS,
        'f"{INVOICE} {turn}"',
        'f"{INVOICE}"',
        f"{ON_LINK}::test_a_new_one_opens_it_and_the_old_one_does_not",
    ),
    Guard(
        "an old button stops no later link",
        LINKS,
        "    if link.open and link.turn == turn:\n",
        "    if link.open:\n",
        f"{ON_LINK}::test_a_second_tap_on_stop_does_not_stop_the_next_one",
    ),
    Guard(
        "no picture is shown by an invoice's token",
        LINKS,
        " or not hmac.compare_digest(token, _token(desk, IMAGE, image_id)):\n",
        ":\n",
        f"{ON_LINKS}::test_a_picture_is_shown_by_its_own_link_alone",
    ),
    Guard(
        "whoever guesses waits",
        SITE,
        "        await self._clients.fine(request, WRONG - 1)\n",
        "",
        f"{ON_LINKS}::test_whoever_guesses_waits",
    ),
    Guard(
        "the metrics are for who has the token",
        "handlers/web/condition.py",
        '        if not hmac.compare_digest(shown, b"Bearer " + self._token):\n',
        "        if shown and not self._token:\n",
        f"{ON_SITE}::test_the_metrics_are_for_who_has_the_token",
    ),
    Guard(
        "no failure quotes the books",
        "handlers/web/shell.py",
        '    log.error("[%s] A request failed: %s", reference, way_of(error))\n',
        '    log.error("[%s] A request failed: %s", reference, error)\n',
        f"{ON_SITE}::test_what_fails_is_told_under_a_reference_and_not_why",
    ),
    Guard(
        "who asks nothing is left",
        "handlers/web/impatient.py",
        "self.transport.abort()",
        "pass",
        "tests/flows/web/test_impatient.py::test_who_asks_nothing_is_left",
    ),
    Guard(
        "nor do many of them keep out who comes next",
        "handlers/web/impatient.py",
        "            self._make_room()\n",
        "            pass\n",
        "tests/flows/web/test_impatient.py"
        "::test_however_many_ask_nothing_the_next_who_asks_is_served",
    ),
    Guard(
        "of two bots that are called the earlier one stops",
        CALLS,
        "                await self._give_way()\n                return\n",
        "                pass\n",
        f"{ON_WEBHOOK}::TestWhereTelegramCalls"
        "::test_elsewhere_another_bot_has_taken_over_and_this_one_stops",
    ),
    Guard(
        "of two of which one asks that one does",
        "handlers/edge/reporter.py",
        '        if "webhook" in conflict.message:\n',
        "        if not conflict.message:\n",
        "tests/handlers/edge/test_reporter.py"
        "::test_beside_one_that_telegram_calls_it_stops_however_long_it_has_worked",
    ),
    Guard(
        "while nothing can be kept it is not well",
        CALLS,
        "                self._counts.keeping = False\n",
        "",
        f"{ON_WEBHOOK}::test_while_nothing_can_be_kept_it_is_not_well",
    ),
    Guard(
        "what cannot be written is in no error",
        "storage/database.py",
        "{found[0]}",
        "{error}",
        "tests/storage/test_database.py::test_what_was_to_be_written_is_in_no_error",
    ),
    Guard(
        "a platform's next bot is well before the last is stopped",
        "bot/process.py",
        "alone_on(settings, wait=door.wait)",
        "alone_on(settings)",
        "tests/process/test_web.py::test_a_platforms_next_bot_is_well_before_the_last_is_stopped",
    ),
]
