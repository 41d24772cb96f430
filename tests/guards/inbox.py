"""What keeps an update until it was answered, once, and everybody else's beside it."""

from tests.guards.guard import Guard

INBOX, INTAKE = "storage/inbox.py", "handlers/edge/intake.py"
RECEIVE, PATIENCE = "handlers/edge/receive.py", "handlers/edge/patience.py"
FAILURES, AWAY = "handlers/edge/failures.py", "handlers/edge/store_away.py"
ASIDE = "handlers/edge/aside.py"
MACHINE, TURN = "handlers/form_machine.py", "handlers/turn.py"

ON_INBOX, ON_INTAKE = "tests/storage/test_inbox.py", "tests/handlers/edge/test_intake.py"
ON_AGAIN, ON_FAILURE = "tests/flows/test_again.py", "tests/flows/test_when_it_fails.py"
ON_ASIDE = "tests/flows/test_set_aside.py"
ON_TURNS = "tests/handlers/edge/test_in_turn.py"
ON_MEMORY = "tests/storage/test_remembered.py"

GUARDS = [
    Guard(
        "a crowd does not go before partners",
        "handlers/edge/in_turn.py",
        "self._crowd if await self._is_held_back(whose) else nullcontext()",
        "nullcontext()",
        f"{ON_TURNS}::test_of_a_crowd_a_few_go_at_a_time_and_others_do_not_wait_for_it",
    ),
    Guard(
        "who goes with the crowd is whom the firm does not know",
        "handlers/edge/intake.py",
        "return len(self._here) > BUSY and not await asked(self._is_ours, line)",
        "return len(self._here) > BUSY",
        f"{ON_INTAKE}::test_while_much_waits_strangers_go_behind_partners_and_admins",
    ),
    Guard(
        "what was cut off on stopping is kept with what came after it",
        INTAKE,
        "        except BaseException:\n",
        "        except Exception:\n",
        f"{ON_INTAKE}::test_nothing_is_kept_without_what_came_before_it",
    ),
    Guard(
        "an update is kept before anybody has it",
        INTAKE,
        "            kept = await asked(self._keep, private)\n",
        '            kept = {one["update_id"] for one in private}\n',
        f"{ON_INTAKE}::test_what_is_let_through_is_in_the_store",
    ),
    Guard(
        "what cannot be kept stays at Telegram",
        INTAKE,
        "            await asyncio.gather(*told)\n            raise NotKept from error\n",
        "            return ()\n",
        f"{ON_INTAKE}::test_a_store_that_is_away_leaves_everything_at_telegram",
    ),
    Guard(
        "it is let through once",
        INTAKE,
        "        self._admitted.remove(update.update_id)\n",
        "",
        f"{ON_INTAKE}::test_what_comes_twice_is_let_through_once",
    ),
    Guard(
        "what is done is not let through again",
        INTAKE,
        "one is not None and one.waiting",
        "one is not None",
        f"{ON_INTAKE}::test_what_is_done_is_not_let_through_again",
    ),
    Guard(
        "what was kept unheard is",
        INTAKE,
        "return new | {one.update_id for one in unheard if one is not None and one.waiting}",
        "return new",
        f"{ON_INTAKE}::test_what_was_kept_unheard_is_let_through",
    ),
    Guard(
        "what cannot be read keeps back nothing",
        INTAKE,
        "    except Exception:  # noqa: BLE001 - whatever it is, the others are read\n"
        "        return None\n",
        "    finally:\n        pass\n",
        f"{ON_INTAKE}::test_what_cannot_be_read_keeps_back_nothing_beside_it",
    ),
    Guard(
        "a stranger takes fifty places",
        INTAKE,
        "room = IN_LINE if",
        "room = CROWD if",
        f"{ON_INTAKE}::test_no_flood_of_one_stranger_is_kept",
    ),
    Guard(
        "a few who send much leave everybody room",
        INTAKE,
        "IN_LINE if len(self._here) < CROWD else 1",
        "IN_LINE",
        f"{ON_INTAKE}::test_a_few_who_send_much_leave_everybody_room_for_one",
    ),
    Guard(
        "a crowd leaves room for partners",
        INTAKE,
        " and len(self._here) < MOST",
        "",
        f"{ON_INTAKE}::test_a_crowd_of_strangers_leaves_room_for_partners",
    ),
    Guard(
        "of what was handled only the id stays",
        INBOX,
        'handled = {"_id": str(update_id), "kept_at": _seconds(now)}',
        'handled = {**(self._documents.find_one({"_id": str(update_id)}) or {}), '
        '"_id": str(update_id), "waiting": None}',
        f"{ON_INBOX}::test_of_what_was_handled_only_the_id_stays",
    ),
    Guard(
        "what waits is not forgotten",
        INBOX,
        '"waiting": None}\n        return self',
        "}\n        return self",
        f"{ON_INBOX}::test_what_is_old_is_forgotten_but_for_what_waits",
    ),
    Guard(
        "one person's updates go in order",
        "handlers/edge/in_turn.py",
        "async with turn, self._crowd",
        "async with self._crowd",
        f"{ON_TURNS}::test_one_persons_updates_go_in_order",
    ),
    Guard(
        "a bot that died answers after the start",
        "bot/app.py",
        "        await receiver.answer_what_is_left(started)\n",
        "",
        f"{ON_AGAIN}::test_what_was_fetched_and_not_begun_is_answered_after_the_start",
    ),
    Guard(
        "what was being saved is saved",
        MACHINE,
        "        if self.began_saving(act, draft):\n"
        "            return self._go_on_saving(desk, who, act, draft)\n",
        "",
        f"{ON_AGAIN}::test_an_invoice_that_was_about_to_be_saved_is_saved",
    ),
    Guard(
        "what was typed is taken once",
        MACHINE,
        "            return self._go_on_saving(desk, who, act, draft)\n"
        "        if act.update_id in draft.seen:\n",
        "            return self._go_on_saving(desk, who, act, draft)\n        if False:\n",
        f"{ON_AGAIN}::test_what_was_typed_is_taken_once",
    ),
    Guard(
        "one update is one guess",
        "bot/access/codes.py",
        "pending.guessed_by == update_id and not expired",
        "False",
        f"{ON_AGAIN}::test_one_wrong_code_is_one_guess_however_often_it_is_answered",
    ),
    Guard(
        "what only waited is not taken for what kills it",
        PATIENCE,
        "                await self._note_that_it_waits()\n",
        "",
        f"{ON_AGAIN}::test_what_only_waited_is_not_taken_for_what_kills_it",
    ),
    Guard(
        "whoever cannot be told at once is told later",
        FAILURES,
        "await outgoing.send(bot, screen, chat_id, patience)",
        "await outgoing.send(bot, screen, chat_id)",
        f"{ON_FAILURE}::test_whoever_cannot_be_told_at_once_is_told_after_the_next_start",
    ),
    Guard(
        "others are told once",
        "handlers/edge/answering.py",
        "if await asked(inbox.is_marked, self._update.update_id, notice):",
        "if False:",
        f"{ON_AGAIN}::test_others_are_told_once",
    ),
    Guard(
        "an album that waits is answered",
        RECEIVE,
        "first not in (None, update.update_id)",
        "first is not None",
        f"{ON_AGAIN}::test_an_album_that_waits_is_answered_as_one",
    ),
    Guard(
        "of a code that fails nothing is kept",
        ASIDE,
        "isinstance(came, str) and holds_code(came)",
        "False",
        f"{ON_ASIDE}::test_of_a_code_that_cannot_be_answered_nothing_is_kept",
    ),
    Guard(
        "wherever in the update it stands",
        ASIDE,
        '_holds_code(json.loads(kept.body or "{}"))',
        '_holds_code(json.loads(kept.body or "{}").get("message", {}).get("text"))',
        f"{ON_ASIDE}::test_nor_one_below_a_picture",
    ),
    Guard(
        "also when nobody can read that",
        INTAKE,
        "await asked(lay_aside, self._store.inbox, update_id, reference, now=self._clock.now())",
        "await asked(self._store.inbox.set_aside, update_id, reference, "
        "now=self._clock.now(), keep_body=True)",
        f"{ON_ASIDE}::test_nor_one_in_what_cannot_be_read",
    ),
    Guard(
        "what goes on goes on where it was",
        "handlers/edge/answering.py",
        "                    patiently=patiently,\n",
        "",
        "tests/flows/test_sending.py::TestSlower::test_after_minutes_it_goes_on_where_it_was",
    ),
    Guard(
        "an Undo that nobody saw is told of",
        TURN,
        "if self.act.again else None",
        "if False else None",
        f"{ON_AGAIN}::test_money_is_taken_back_once",
    ),
    Guard(
        "only the update that opened a session is welcomed for it",
        "handlers/sign_in.py",
        " or session.opened_by != act.update_id",
        "",
        f"{ON_AGAIN}::test_what_was_typed_is_taken_once",
    ),
    Guard(
        "what kills the bot is set aside",
        RECEIVE,
        "            if tries >= TRIES:\n",
        "            if False:\n",
        f"{ON_AGAIN}::test_what_kills_the_bot_each_time_is_set_aside",
    ),
    Guard(
        "and nothing beside it",
        RECEIVE,
        "                await application.process_update(update)\n",
        "                pass\n",
        f"{ON_AGAIN}::test_nothing_beside_it_is_set_aside_with_it",
    ),
    Guard(
        "the admin hears of each cause once",
        "handlers/edge/failures.py",
        "        if cause in self._told:\n            return\n",
        "",
        f"{ON_FAILURE}::test_the_admin_is_told_once_of_each_cause_and_nothing_but_where_to_look",
    ),
    Guard(
        "whoever knows that the store is away is not told again",
        AWAY,
        "            if not known:\n",
        "            if True:\n",
        f"{ON_INTAKE}::test_a_store_that_is_away_leaves_everything_at_telegram",
    ),
    Guard(
        "what was read before a write is not remembered after it",
        "storage/remembered.py",
        "            if since != self._writes:\n                return\n",
        "",
        f"{ON_MEMORY}::test_what_was_read_before_a_write_is_not_remembered_after_it",
    ),
    Guard(
        "nor is what was read in the middle of one",
        "storage/remembered.py",
        "            alone = write.number == self._forget(query) - 1\n",
        "            alone = write.number == self._writes\n            write.number -= 1\n",
        f"{ON_MEMORY}::test_what_was_read_in_the_middle_of_a_write_is_not_remembered_after_it",
    ),
]
