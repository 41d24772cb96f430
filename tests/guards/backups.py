"""What holds a backup: of one moment, whole, unreadable for others, and written over nothing."""

from tests.guards.guard import Guard

READING, FILLING = "storage/reading.py", "storage/filling.py"
ON_READING, ON_FILLING = "tests/storage/test_reading.py", "tests/storage/test_filling.py"
ARCHIVE, AGE, MOVING = "bot/backup/archive.py", "bot/backup/age.py", "bot/move_data.py"
ON_ARCHIVE, ON_AGE = "tests/bot/backup/test_archive.py", "tests/bot/backup/test_age.py"
ON_MOVING = "tests/bot/test_move_data.py"
ON_RESTORING = "tests/bot/backup/test_restoring.py"
IN_THE_MIDDLE = (
    f"{ON_READING}::test_whatever_is_posted_in_the_middle_the_books_that_were_read_are_right"
)
IS_NOTICED = f"{ON_AGE}::test_whatever_is_changed_in_it_is_noticed"

GUARDS = [
    Guard(
        "invoice numbers in a backup have no gap",
        READING,
        "while missing := self._missing(cut):",
        "while missing := {}:",
        f"{ON_READING}::test_a_number_that_was_passed_by_is_fetched",
    ),
    Guard(
        "whoever came meanwhile shows nothing that is not in it",
        READING,
        "yield {**customer, **NOTHING_SHOWN}",
        "yield customer",
        IN_THE_MIDDLE,
    ),
    Guard(
        "what shows the ledger is read before it",
        "storage/contents.py",
        'BACKED_UP = (*BEFORE_THE_LEDGER, "ledger", *AFTER_THE_LEDGER)',
        "BEFORE_THE_LEDGER, AFTER_THE_LEDGER = (), (*BEFORE_THE_LEDGER, *AFTER_THE_LEDGER)\n"
        'BACKED_UP = ("ledger", *AFTER_THE_LEDGER)',
        IN_THE_MIDDLE,
    ),
    Guard(
        "nothing is restored that is not as it was written",
        ARCHIVE,
        "if (len(ids), digest.hexdigest()) != (right.documents, right.sha256):",
        "if len(ids) != right.documents:",
        f"{ON_ARCHIVE}::test_a_change_is_found",
    ),
    Guard(
        "nor one that a later version made",
        "bot/backup/restoring.py",
        "if archive.manifest.schema_version > NEWEST:",
        "if False:",
        f"{ON_RESTORING}::test_a_later_schema_is_not_read",
    ),
    Guard(
        "nobody's books are written over",
        FILLING,
        "if found := self._found():",
        "if found := {}:",
        f"{ON_RESTORING}::test_nobodys_books_are_written_over",
    ),
    Guard(
        "no bot starts on half of a restore",
        FILLING,
        'self._marks.insert_one({"_id": FILLING, "source": source})',
        "",
        f"{ON_RESTORING}::test_it_may_die_at_any_write_and_goes_on",
    ),
    Guard(
        "what is there is not put twice",
        FILLING,
        'if document["_id"] not in here]',
        "]",
        f"{ON_FILLING}::test_what_is_there_is_not_put_twice",
    ),
    Guard(
        "a changed header is noticed",
        AGE,
        "if not hmac.compare_digest(mac, _mac(file_key, header[0])):",
        "if False:",
        IS_NOTICED,
    ),
    Guard(
        "a backup that ends early is noticed",
        AGE,
        r'(b"\0" if following else b"\1")',
        r'b"\0"',
        f"{ON_AGE}::test_pieces_that_changed_places_are_noticed",
    ),
    Guard(
        "a passphrase costs whoever guesses",
        AGE,
        "WORK = 17",
        "WORK = 10",
        f"{ON_AGE}::test_a_passphrase_costs_whoever_guesses_as_much_as_it_should",
    ),
    Guard(
        "no session is in a backup",
        "storage/contents.py",
        'AFTER_THE_LEDGER = ("users",',
        'AFTER_THE_LEDGER = ("authentication", "users",',
        "tests/flows/test_backup.py::TestAskedFor::test_nothing_that_lets_somebody_in_is_in_it",
    ),
    Guard(
        "whoever is no admin by then gets none",
        "handlers/backup.py",
        "if who.telegram_id not in admin_ids(desk.settings, desk.store):",
        "if False:",
        "tests/flows/test_backup.py::TestAskedFor::"
        "test_who_is_no_admin_by_the_time_it_is_made_gets_none",
    ),
    Guard(
        "what moved is what there was",
        MOVING,
        "if here != there:",
        "if False:",
        f"{ON_MOVING}::test_a_document_that_arrives_otherwise_stops_it",
    ),
    Guard(
        "what changed here since the last attempt goes along",
        MOVING,
        "target.filling.drop_others(name, partial(source.reading.these, name))",
        "pass",
        f"{ON_MOVING}::test_what_changed_here_between_two_attempts_is_so_there",
    ),
    Guard(
        "nor one that waited while they moved",
        "bot/commands.py",
        "            store.filling.check()\n",
        "            pass\n",
        "tests/process/test_move_data.py::"
        "test_a_bot_that_waited_for_the_move_does_not_work_on_what_moved",
    ),
    Guard(
        "a move that stood still hands nothing over",
        MOVING,
        "    still_ours()\n",
        "",
        f"{ON_MOVING}::test_whoever_lost_the_books_meanwhile_hands_nothing_over",
    ),
    Guard(
        "two bots never go on from the same books",
        MOVING,
        "source.filling.mark_moved(target.address)",
        "",
        f"{ON_MOVING}::test_only_the_new_side_goes_on",
    ),
    Guard(
        "whoever works on restored books hears how old they are",
        "bot/backup/restoring.py",
        "        _note(archive, store, now)",
        "        pass",
        f"{ON_RESTORING}::test_that_it_was_restored_is_noted_once_however_often_it_died",
    ),
    Guard(
        "and once alone",
        "handlers/edge/restored_tick.py",
        "self.desk.store.filling.restored_told()",
        "pass",
        "tests/flows/test_restored.py::test_once",
    ),
]
