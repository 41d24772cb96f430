"""What holds the ledger: every balance rests on these lines."""

from tests.guards.guard import Guard

LEDGER, POSTING, REVERSALS = "storage/ledger.py", "bot/posting.py", "bot/reversals.py"
UNIQUE = (
    "tests/storage/test_ledger.py::test_of_two_writers_who_want_the_same_the_second_is_outpaced"
)
DEATH = (
    "tests/ledger/test_death_at_every_write.py::test_death_at_any_write_changes_nothing_in_the_end"
)
SLOW_WRITER = "tests/bot/test_posting.py::test_showing_an_earlier_entry_again_changes_nothing"

GUARDS = [
    Guard(
        "one entry follows another: `position` is unique",
        LEDGER,
        'create_index("position", unique=True)',
        'create_index("position")',
        "tests/bot/test_posting.py::test_who_is_outpaced_reads_again_and_decides_again",
    ),
    Guard(
        "an operation posts once: `_id` is the operation",
        LEDGER,
        '{**entry.stored(), "position": place}',
        '{**entry.stored(), "_id": place, "position": place}',
        "tests/bot/test_reversals.py::test_asking_again_gives_the_first_result",
    ),
    Guard(
        "a number is taken once: `number_key` is unique",
        LEDGER,
        '("number_key", {"$type": "number"}), ("invoice_number", HAS_TEXT)):',
        '("invoice_number", HAS_TEXT),):',
        UNIQUE,
    ),
    Guard(
        "nor is it printed twice: `invoice_number` is unique",
        LEDGER,
        ', ("invoice_number", HAS_TEXT)):',
        ",):",
        UNIQUE,
    ),
    Guard(
        "whoever is outpaced forgets the last number that it knew",
        LEDGER,
        "            self._last_numbers.clear()\n",
        "",
        "tests/bot/test_posting.py::test_two_processes_take_the_numbers_in_turn",
    ),
    Guard(
        "whoever is refused looks whether it was posted",
        POSTING,
        "posted = store.ledger.by_op(op)",
        "posted = None",
        "tests/bot/test_payments.py"
        "::test_posting_again_shows_the_first_result_whatever_happened_since",
    ),
    Guard(
        "an operation has one content: `payload_hash`",
        POSTING,
        "if posted.payload_hash != asked:",
        "if False:",
        "tests/bot/test_payments.py"
        "::test_one_operation_with_two_contents_is_refused_and_the_first_stands",
    ),
    Guard(
        "nothing is posted on another balance than the one shown: `standing_on`",
        POSTING,
        "if standing_on is not None and",
        "if False and",
        "tests/bot/test_payments.py"
        "::test_nothing_is_recorded_on_another_balance_than_the_one_shown",
    ),
    Guard(
        "asking again shows what was posted",
        POSTING,
        "    catch_up(store, posted.customer_id)\n",
        "",
        DEATH,
    ),
    Guard(
        "the next entry shows the ones before it",
        POSTING,
        "if not _show(store, entry):",
        "if not _show(store, entry) and False:",
        DEATH,
    ),
    Guard(
        "a start shows what was posted",
        POSTING,
        "for customer_id in store.ledger.customers_behind():",
        "for customer_id in ():",
        DEATH,
    ),
    Guard(
        "the customer is shown last",
        POSTING,
        "    for invoice in shown.invoices:\n",
        "    store.customers.bring_up_to(\n"
        "        entry.customer_id,\n"
        "        seq=entry.seq,\n"
        "        outstanding=shown.balance.outstanding,\n"
        "        advance=shown.balance.advance,\n"
        "        used_at=entry.at,\n"
        "    )\n"
        "    for invoice in shown.invoices:\n",
        DEATH,
    ),
    Guard(
        "a customer's balance is the next one: `applied_seq`",
        "storage/customers.py",
        '{"_id": id, "applied_seq": seq - 1}',
        '{"_id": id}',
        SLOW_WRITER,
    ),
    Guard(
        "an invoice or a payment never goes back: `applied_seq`",
        "storage/collection.py",
        '{"_id": view["_id"], "applied_seq": {"$lt": view["applied_seq"]}}',
        '{"_id": view["_id"]}',
        SLOW_WRITER,
    ),
    Guard(
        "what is cancelled or undone is not so again",
        REVERSALS,
        "    if by is None:\n",
        "    if True:\n",
        "tests/bot/test_reversals.py::test_what_is_taken_back_already_is_refused_by_name_and_time",
    ),
    Guard(
        "what is put back is not put back again",
        REVERSALS,
        "if account.in_force(reversal):",
        "if True:",
        "tests/bot/test_reversals.py::test_an_undo_that_was_put_back_can_be_tapped_again",
    ),
    Guard(
        "money that was undone does not go again with its invoice",
        REVERSALS,
        "if origin.paid and op not in account.undone else",
        "if origin.paid else",
        "tests/bot/test_reversals.py"
        "::test_undo_of_an_invoice_whose_money_was_undone_before_does_not_give_it_back_twice",
    ),
    Guard(
        "a second tap on Undo shows what the first one posted",
        REVERSALS,
        "    catch_up(store, entry.customer_id)\n",
        "",
        "tests/bot/test_reversals.py::test_a_tap_whose_answer_was_lost_shows_at_the_next_tap",
    ),
    Guard(
        "Undo works for ten minutes",
        REVERSALS,
        "    return clock.now() - entry.at > UNDO_FOR\n",
        "    return False\n",
        "tests/bot/test_reversals.py::test_undo_works_for_ten_minutes",
    ),
    Guard(
        "no balance passes what the books can hold",
        "bot/ledger.py",
        "            check_cap(amount)\n",
        "            pass\n",
        "tests/bot/test_entries.py::test_no_advance_passes_what_the_books_can_hold",
    ),
    Guard(
        "no more advance is used than there is",
        "bot/payments.py",
        "if order.amount > min(before.advance, due):",
        "if False:",
        "tests/bot/test_payments.py::test_no_more_advance_is_used_than_there_is_or_than_is_due",
    ),
]
