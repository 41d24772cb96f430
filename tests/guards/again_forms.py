"""What lets a form be opened, taken and ended once by one update, and be answered all the same."""

from tests.guards.guard import Guard

MACHINE, OPENING = "handlers/form_machine.py", "handlers/opening.py"
CUSTOMER, TURN = "handlers/customer_form.py", "handlers/turn.py"
ITEMS, KEYBOARDS = "bot/items.py", "handlers/edge/keyboards.py"

ON_AGAIN, ON_FORMS = "tests/flows/test_again.py", "tests/flows/test_again_forms.py"
ON_SAVING = "tests/flows/test_again_saving.py"
ON_TAPS, ON_ITEMS = "tests/flows/test_quick_taps.py", "tests/bot/test_items.py"

GUARDS = [
    Guard(
        "what has ended a form is known until it is answered",
        MACHINE,
        "        desk.store.inbox.note_ended(act.update_id, draft)\n        waiting = ",
        "        waiting = ",
        f"{ON_FORMS}::test_text_that_ends_a_form_is_no_search_afterwards",
    ),
    Guard(
        "also what has dropped one",
        MACHINE,
        "        desk.store.inbox.note_ended(act.update_id, draft)\n        return ",
        "        return ",
        f"{ON_FORMS}::test_what_was_dropped_is_said_to_be",
    ),
    Guard(
        "one cancel drops one form",
        MACHINE,
        "parent = desk.store.drafts.save(_taken(waiting, act, desk, rev=draft.rev))",
        'parent = desk.store.drafts.save(waiting.model_copy(update={"rev": draft.rev}))',
        f"{ON_FORMS}::test_one_cancel_that_was_not_noted_drops_one_form",
    ),
    Guard(
        "what was being saved, and is, is told",
        MACHINE,
        "        if told and (receipt := told(desk, draft)):\n            desk.",
        "        if told and (receipt := told(desk, draft)) and False:\n            desk.",
        f"{ON_SAVING}::test_what_was_posted_is_told_as_saved",
    ),
    Guard(
        "what another has posted meanwhile is shown before it is saved",
        MACHINE,
        "        return self.take(desk, who, act, draft.model_copy(update=before))\n",
        "        now = self._moment(desk, who, draft.model_copy(update=before))\n"
        "        facts = self.forms[draft.flow].step(draft.step).look(desk, now, act)\n"
        "        return self._finish(desk, act, replace(now, facts=facts))\n",
        f"{ON_SAVING}::test_two_who_save_the_same_money_book_it_once_although_the_bot_died",
    ),
    Guard(
        "an undo takes back nothing that was put back since",
        "bot/reversals.py",
        "    if turns is not None and turns < done and not _is_long_ago(origin, clock):\n",
        "    if False:\n",
        f"{ON_SAVING}::test_an_undo_that_comes_again_leaves_what_another_put_back",
    ),
    Guard(
        "it is told to whom it is theirs",
        MACHINE,
        "        who.check(admin=form.admin)\n",
        "",
        f"{ON_FORMS}::test_a_statement_is_not_shown_to_whoever_is_signed_out_by_then",
    ),
    Guard(
        "what waits for a form goes on",
        TURN,
        "return (*ended, self._ask(self.draft)) if self.draft else ended",
        "return ended",
        f"{ON_FORMS}::test_what_waits_for_a_form_that_was_saved_goes_on",
    ),
    Guard(
        "a receipt that nobody saw comes with its paper",
        TURN,
        "if ended := FORMS.ended(self.desk, self.who, self.act):",
        "if ended := ():",
        f"{ON_AGAIN}::test_an_invoice_that_was_saved_is_told_of_with_its_paper",
    ),
    Guard(
        "a change is made once",
        MACHINE,
        "return form.receipt(desk, draft) or ()\n",
        "return form.finish(desk, self._moment(desk, who, draft))\n",
        f"{ON_FORMS}::test_a_change_that_another_partner_changed_since_is_not_made_again",
    ),
    Guard(
        "it is said to be made where it is",
        CUSTOMER,
        "for key, value in wanted.items() if value != before[key]",
        "for key, value in wanted.items()",
        f"{ON_FORMS}::test_a_change_is_said_to_be_made_beside_another_partners",
    ),
    Guard(
        "one form takes the place of another at once",
        OPENING,
        "        begun = FORMS.begin(",
        "        if lying is not None:\n"
        "            self.desk.store.drafts.drop(lying.id, lying.rev)\n"
        "        begun = FORMS.begin(",
        f"{ON_FORMS}::test_what_is_opened_in_the_place_of_another_is_opened",
    ),
    Guard(
        "what has opened a form opens it once",
        OPENING,
        "        itself = self.act.update_id in self.draft.seen\n",
        "        itself = False\n",
        f"{ON_FORMS}::test_the_admins_line_is_asked_about_once",
    ),
    Guard(
        "two quick taps open one form",
        OPENING,
        'return (Screen(toast=_("This is open already.")),)',
        "return ()",
        f"{ON_TAPS}::test_two_quick_taps_open_a_form_once",
    ),
    Guard(
        "also in the place of another",
        TURN,
        "self._opening().opened() or self._stale(op)",
        "self._stale(op)",
        f"{ON_TAPS}::test_two_quick_taps_open_a_form_once",
    ),
    Guard(
        "another form is opened however soon",
        OPENING,
        "self.opened(alike=alike)",
        "self.opened()",
        f"{ON_TAPS}::test_another_form_is_opened_however_soon",
    ),
    Guard(
        "a number as programs write it is no name",
        ITEMS,
        '_NO_NAME.sub("", ascii_digits(text))',
        "text",
        f"{ON_ITEMS}::test_a_number_as_programs_write_it_is_no_name",
    ),
    Guard(
        "nor is it in the middle of a line",
        ITEMS,
        'return _NO_NUMBER.sub(lambda found: "1" * len(found[0]), ascii_digits(brief(line)))',
        "return ascii_digits(brief(line))",
        f"{ON_ITEMS}::test_a_bad_price_in_its_place_is_refused",
    ),
    Guard(
        "what tells two names apart stays on a button",
        KEYBOARDS,
        "    parts[parts.index(longest)] = shortened(longest, room)\n",
        "",
        "tests/handlers/edge/test_keyboards.py::test_the_longest_part_gives_way",
    ),
    Guard(
        "a button that Telegram would refuse is found by a test",
        "handlers/screen.py",
        'if len(self.data.encode(errors="surrogatepass")) > DATA_BYTES:',
        "if False:",
        "tests/handlers/test_screen.py::test_a_button_keeps_sixty_four_bytes",
    ),
]
