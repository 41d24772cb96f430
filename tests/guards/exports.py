"""What holds an export: texts stay texts, the sums are whole, and it goes to partners alone."""

from tests.guards.guard import Guard

WORKBOOK, BOOKS, FORM = "bot/export/workbook.py", "bot/export/books.py", "handlers/export_form.py"
ON_WORKBOOK, ON_BOOKS = "tests/bot/export/test_workbook.py", "tests/bot/export/test_books.py"
ON_FORM = "tests/flows/test_export.py"
IS_TEXT = f"{ON_WORKBOOK}::test_a_text_is_that_text_and_nothing_else"
FOLLOWS = f"{ON_BOOKS}::test_periods_follow_each_other_without_a_gap"

GUARDS = [
    Guard(
        "no text is taken for a formula or an address",
        WORKBOOK,
        "sheet.write_string(row, at, text(value), style)",
        "sheet.write(row, at, text(value), style)",
        IS_TEXT,
    ),
    Guard(
        "nor when its cell is opened and left again",
        WORKBOOK,
        ' "quote_prefix": True,',
        "",
        IS_TEXT,
    ),
    Guard(
        "nor for XML",
        "bot/export/cells.py",
        'return f"{kept} " if kept.startswith("<r>") and kept.endswith("</r>") else kept',
        "return kept",
        IS_TEXT,
    ),
    Guard(
        "what was before the period is in its opening balance",
        BOOKS,
        "sum(entry.amount for entry in in_order if period.is_after(entry.day))",
        "0",
        FOLLOWS,
    ),
    Guard(
        "nothing is left on a cancelled invoice",
        BOOKS,
        "return 0 if self.cancelled else self.invoice.total_amount - self.paid",
        "return self.invoice.total_amount - self.paid",
        f"{ON_BOOKS}::test_all_days_are_what_is_shown",
    ),
    Guard(
        "nothing is left out at the end of a page",
        "storage/accounts.py",
        "if len(page) < PAGE:",
        "if page:",
        "tests/storage/test_accounts.py::test_every_customer_is_there_once_with_all_their_entries",
    ),
    Guard(
        "books that leave are noted once",
        FORM,
        '        id=f"{moment.draft.op}:{EventKind.EXPORT}",\n',
        "",
        f"{ON_FORM}::test_it_is_noted_once_although_the_bot_died",
    ),
    Guard(
        "whoever is signed out meanwhile gets nothing",
        FORM,
        "if user is None or user.id != who.partner.id:",
        "if False:",
        f"{ON_FORM}::test_who_is_signed_out_meanwhile_gets_nothing",
    ),
]
